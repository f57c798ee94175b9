"""Indexing: files and folders into the library, only what changed."""

from qa.indexing.indexer import Indexer
from qa.indexing.report import Doubtful, Failure, IndexReport, Progress

__all__ = ["Doubtful", "Failure", "IndexReport", "Indexer", "Progress"]
