"""`SelfLabel`: a question made of a library's own text, with the places where its answer stands.

1. A member's question belongs to the answer with its number. Answers that say little without their question ("Ja.") or only point to another
   ("zie antwoord 2") are left out.
2. A footnote belongs to its document: it names, often in a newspaper's words, what the sentence before its mark is about. Web addresses are left out of the
   question, and so are footnotes that name another official publication, which a reader would rather be shown.
3. A sentence belongs to the passage that it stands in, and to every other one in which it stands word for word. Heads of sets and answers that only
   point to another are left out: a reader is shown what stands below them and what they point to.
4. The first question of a set belongs to its document, whatever passage is shown of it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from qa.answer import Citation
from qa.answering import MAX_QUESTION
from qa.document import Document, Kind
from qa.library import Library
from qa.parliament.headings import parse_pointer
from qa.passage import Passage, Role
from qa.text.sentences import sentence_spans

SEED = 4
MIN_WORDS = 8
"""Shorter answers, sentences and footnotes ("Ja.", "Zie hierboven.") stand in many documents, and label nothing."""
SENTENCES_OF_DOCUMENT = 5
FOOTNOTES_OF_DOCUMENT = 3

_WEB_ADDRESS = re.compile(r"\(?(?:https?://|www\.)\S+\)?")
_PUBLICATION = re.compile(r"\b(?:kamerstuk\w*|handelingen|aanhangsel|staatsblad|staatscourant|TK|bijlage)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class StoredDocument:
    """A document of a library with its passages."""

    document: Document
    passages: Sequence[Passage]

    def texts_of(self, role: Role) -> dict[int, str]:
        """Return what is asked or answered under each number, its paragraphs joined, in the order of the document."""
        texts: dict[int, str] = {}
        for passage in self.passages:
            for number in passage.numbers if passage.role is role else ():
                texts[number] = f"{texts[number]} {passage.text}" if number in texts else passage.text
        return texts


@dataclass(frozen=True)
class SelfLabel:
    """A question with where its answer stands.

    Attributes:
        query: what is asked.
        document_id: of the document that answers.
        spans: of its text; a citation that overlaps one is a hit.
        text: a passage that holds this is a hit wherever it stands.
    """

    query: str
    document_id: str
    spans: tuple[tuple[int, int], ...]
    text: str | None = None

    def is_hit(self, citation: Citation) -> bool:
        """Tell whether a citation, or a passage that was folded into it, is an answer."""
        places = [(citation.document_id, citation.start, citation.end)]
        places += [(other.document_id, other.quote_start, other.quote_end) for other in citation.also_in]
        return any(self._holds(*place) for place in places) or (self.text is not None and self.text in citation.passage)

    def _holds(self, document_id: str, start: int, end: int) -> bool:
        return document_id == self.document_id and any(start < last and first < end for first, last in self.spans)


def sample_documents(library: Library, n: int) -> list[StoredDocument]:
    """Return `n` documents of a library at random, always the same ones, or all if there are no more."""
    ids = sorted(record.document_id for record in library.documents())
    places = np.random.default_rng(SEED).permutation(len(ids))[:n]
    return [
        StoredDocument(library.document(ids[place]), [record.passage for record in library.passages_of(ids[place])])
        for place in places
    ]


def own_answers(stored: StoredDocument) -> Iterator[SelfLabel]:
    """Yield every question of a set, to be answered by its own answer."""
    answers = stored.texts_of(Role.ANSWER)
    for number, question in stored.texts_of(Role.QUESTION).items():
        answer = answers.get(number, "")
        if _n_words(answer) >= MIN_WORDS and not parse_pointer(answer) and len(question) <= MAX_QUESTION:
            spans = [(p.start, p.end) for p in stored.passages if p.role is Role.ANSWER and number in p.numbers]
            yield SelfLabel(question, stored.document.document_id, tuple(spans))


def footnotes(stored: StoredDocument) -> Iterator[SelfLabel]:
    """Yield the first telling footnotes of a document, to be answered by any passage of it."""
    text = stored.document.text
    bodies = (_WEB_ADDRESS.sub("", text[note.start : note.end]).strip() for note in stored.document.footnotes)
    telling = [body for body in bodies if _n_words(body) >= MIN_WORDS and not _PUBLICATION.search(body)]
    for body in telling[:FOOTNOTES_OF_DOCUMENT]:
        yield _of_document(body[:MAX_QUESTION], stored.document)


def sentences(stored: StoredDocument) -> Iterator[SelfLabel]:
    """Yield some sentences of a document at random, always the same ones, to be answered by their passage."""
    is_set = stored.document.metadata.kind in {Kind.ANSWERS, Kind.NOTICE}
    left_out = Role.INTRODUCTION if is_set else None
    evidence = [p for p in stored.passages if p.role.is_evidence and p.role is not left_out and not _points(p)]
    places = [(passage, start, end) for passage in evidence for start, end in sentence_spans(passage.text)]
    long = [place for place in places if _n_words(place[0].text[place[1] : place[2]]) >= MIN_WORDS]
    chosen = np.random.default_rng(SEED).permutation(len(long))[:SENTENCES_OF_DOCUMENT]
    for passage, start, end in (long[place] for place in sorted(chosen)):
        sentence = passage.text[start:end]
        if len(sentence) <= MAX_QUESTION:
            spans = ((passage.start + start, passage.start + end),)
            yield SelfLabel(sentence, stored.document.document_id, spans, text=sentence)


def first_question(stored: StoredDocument) -> Iterator[SelfLabel]:
    """Yield the first question of a set, to be answered by any passage of it."""
    question = next(iter(stored.texts_of(Role.QUESTION).values()), "")
    if question and len(question) <= MAX_QUESTION:
        yield _of_document(question, stored.document)


def _of_document(query: str, document: Document) -> SelfLabel:
    return SelfLabel(query, document.document_id, ((0, len(document.text)),))


def _points(passage: Passage) -> bool:
    return passage.role is Role.ANSWER and bool(parse_pointer(passage.text))


def _n_words(text: str) -> int:
    return len(_WORD.findall(text))
