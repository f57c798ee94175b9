"""The library in a database that many servers and indexers share: PostgreSQL holds everything, pgvector finds neighbours. Only this package knows either.

What people wrote is always a parameter: every statement is a constant of its module (tests/library/test_statements.py).
"""
