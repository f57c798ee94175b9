"""The library in one folder on one machine: SQLite holds everything, FAISS finds neighbours. Only this package knows either."""
