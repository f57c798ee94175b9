"""The columns that records are made of, in the order of `qa/library/kept.py`."""

RECORD = (
    "d.document_id, d.metadata, d.indexed_at, d.n_passages, d.doubts, (SELECT min(path) FROM files f WHERE f.document = d.number)"
)
"""What `document_record` reads, of `documents d`."""

PASSAGE = "p.passage_id, d.document_id, p.role, p.numbers, p.first, p.after, p.pages, p.in_table, p.speaker, p.text, p.context"
"""What `passage_record` reads, of `passages p` and `documents d`."""
