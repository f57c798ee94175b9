"""Quotes that a reader kept, from all conversations."""
