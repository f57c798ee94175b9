"""What questions name: documents by their numbers, people by their names."""

from qa.naming.names import Named, Names

__all__ = ["Named", "Names"]
