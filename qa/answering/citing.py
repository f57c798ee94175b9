"""From ranked passages to citations: what is quoted of each, and which are folded because they say the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from qa.answer import Citation, OtherPlace, Relevance
from qa.answering.folding import Foldable, fold
from qa.answering.quoting import MAX_SENTENCES, decisive_span, quotable_spans
from qa.document import Document
from qa.library import DocumentRecord, Library, PassageRecord
from qa.parliament.formal_reference import formal_reference
from qa.retrieval import ScoredPassage
from qa.table_rows import QuotedTable, quoted_table
from qa.text.words import QuestionWord
from qa.understanding.asked_for import AskedFor


@dataclass(frozen=True)
class JudgedPassage:
    """A passage that will be shown: how sure it is that it answers, as a number and as a word."""

    scored: ScoredPassage
    score: float
    relevance: Relevance


def cite(
    library: Library,
    judged: Sequence[JudgedPassage],
    top_k: int,
    *,
    wanted: AskedFor | None = None,
    words: Sequence[QuestionWord] = (),
) -> tuple[Citation, ...]:
    """Return at most `top_k` citations of the passages, best first; of those that say the same, the newest.

    All of the passages are compared, however few are shown, so that fewer citations are the first of more.

    Args:
        library: that holds the passages.
        judged: best first.
        top_k: at most so many.
        wanted: what the question wants to know, for choosing the quote.
        words: the content words of the question, for the same.
    """
    spans = [decisive_span(one.scored.record.passage.text, one.scored.matches, wanted, words) for one in judged]
    documents = library.records({one.scored.record.document_id for one in judged})
    foldables = [
        _foldable(one, span, documents[one.scored.record.document_id].metadata.date)
        for one, span in zip(judged, spans, strict=True)
    ]
    folds = fold(foldables)[:top_k]
    shown = [place for one in folds for place in (one.shown, *one.also_in)]
    cited = [judged[place] for place in shown]
    tables = _tables(library, [one.scored.record for one in cited], [spans[place] for place in shown])
    citations = {
        place: _cited(
            one.scored.record, documents[one.scored.record.document_id], spans[place], table, one.relevance, score=one.score
        )
        for place, one, table in zip(shown, cited, tables, strict=True)
    }
    return tuple(
        replace(citations[one.shown], number=number, also_in=tuple(_place(citations[other]) for other in one.also_in))
        for number, one in enumerate(folds, start=1)
    )


def cite_directly(
    library: Library, records: Sequence[PassageRecord], *, spans: Mapping[int, tuple[int, int]] | None = None
) -> tuple[Citation, ...]:
    """Return a citation of each of these passages, in their order; they are what was asked for.

    Args:
        library: that holds the passages.
        records: the passages.
        spans: what to quote, by passage id, in characters of the passage; of the others the first sentences are quoted.
    """
    documents = library.records({record.document_id for record in records})
    quoted = [(spans or {}).get(record.passage_id) or _opening(record.passage.text) for record in records]
    tables = _tables(library, records, quoted)
    return tuple(
        replace(_cited(record, documents[record.document_id], span, table, Relevance.STRONG, score=1.0), number=number)
        for number, (record, span, table) in enumerate(zip(records, quoted, tables, strict=True), start=1)
    )


def _tables(library: Library, records: Sequence[PassageRecord], spans: Sequence[tuple[int, int]]) -> list[QuotedTable | None]:
    """Return for each quote the row of a table that it is, if it is one; only a document whose table is quoted is read for it."""
    documents = {one: library.document(one) for one in dict.fromkeys(record.document_id for record in records if record.in_table)}
    return [
        _row_with_heads(documents[record.document_id], *(record.passage.start + offset for offset in span))
        if record.in_table
        else None
        for record, span in zip(records, spans, strict=True)
    ]


def _opening(text: str) -> tuple[int, int]:
    """Return the span of the first sentences of a text."""
    first, *others = quotable_spans(text)[:MAX_SENTENCES] or [(0, len(text))]
    goes_on = others and "\n" not in text[first[1] : others[0][0]]
    return (first[0], others[0][1]) if goes_on else first


def _cited(
    record: PassageRecord,
    document: DocumentRecord,
    span: tuple[int, int],
    table: QuotedTable | None,
    relevance: Relevance,
    *,
    score: float,
) -> Citation:
    """Return the citation of a passage; what it quotes is cut from the document's canonical text, as it is stored with the passage."""
    passage, metadata = record.passage, document.metadata
    start, end = (passage.start + offset for offset in span)
    return Citation(
        number=1,
        passage_id=record.passage_id,
        document_id=document.document_id,
        title=metadata.title,
        source=document.source,
        official_id=metadata.official_id,
        date=metadata.date,
        kind=metadata.kind,
        role=passage.role,
        numbers=passage.numbers,
        page=record.page_at(start),
        start=passage.start,
        end=passage.end,
        passage=passage.text,
        quote=passage.text[slice(*span)],
        quote_start=start,
        quote_end=end,
        relevance=relevance,
        score=round(score, 4),
        reference=formal_reference(metadata, passage.role, passage.numbers),
        asked_by=metadata.asked_by,
        answered_by=metadata.answered_by,
        table=table,
        speaker=passage.speaker,
    )


def _row_with_heads(document: Document, start: int, end: int) -> QuotedTable | None:
    """Return the row of a table that the text from `start` to `end` is, with its heads; None if it is no whole row."""
    for table in document.structure.tables_between(start, end):
        row = table.row_at(start)
        if row is not None and table.row_spans[row] == (start, end):
            return quoted_table(document.text, table, [row])
    return None


def _foldable(judged: JudgedPassage, span: tuple[int, int], date: str | None) -> Foldable:
    passage = judged.scored.record.passage
    return Foldable(
        role=passage.role,
        quote=passage.text[slice(*span)],
        context=passage.embedding_text,
        date=date,
        relevance=judged.relevance,
        score=round(judged.score, 4),
    )


def _place(citation: Citation) -> OtherPlace:
    return OtherPlace(
        passage_id=citation.passage_id,
        document_id=citation.document_id,
        title=citation.title,
        official_id=citation.official_id,
        date=citation.date,
        kind=citation.kind,
        role=citation.role,
        numbers=citation.numbers,
        quote_start=citation.quote_start,
        quote_end=citation.quote_end,
    )
