"""Indexing: files and folders into the library, only what changed."""

from qa.indexing.indexer import Indexer
from qa.indexing.report import Failure, IndexReport, Progress

__all__ = ["Failure", "IndexReport", "Indexer", "Progress"]
