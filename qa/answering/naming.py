"""What is shown of the documents that a question names and asks nothing else about."""

from collections.abc import Sequence

from qa.answer import Language
from qa.library import Library, PassageRecord
from qa.library.catalogue import fits
from qa.library.filters import EVERYTHING, Filters
from qa.passage import Role
from qa.understanding import Named
from qa.understanding.mentions import missing_parts, passages_named
from qa.wording.missing import say_missing_parts


def passages_to_show(
    library: Library, named: Named, language: Language, n_passages: int, *, chosen: Filters = EVERYTHING
) -> tuple[Sequence[PassageRecord], str]:
    """Return the passages of what is named, and in a sentence which answers and questions it does not have.

    Of a paper those that are named, or all its passages; of a person the introductions of their documents.

    Args:
        library: that holds the documents.
        named: what the question names.
        language: of the question.
        n_passages: at most so many.
        chosen: which documents may be shown.
    """
    shown: list[PassageRecord] = []
    lacking: list[str] = []
    document_ids = _fitting(library, named.document_ids, chosen)[:n_passages]
    for document_id, passages in library.passages_of_each(document_ids).items():
        if named.is_person:
            shown += [record for record in passages if record.passage.role is Role.INTRODUCTION] or passages[:1]
            continue
        shown += passages_named(passages, named.mentions)
        answers, questions = missing_parts(passages, named.mentions)
        if answers or questions:
            title = library.document(document_id).metadata.title
            lacking.append(say_missing_parts(title, answers=answers, questions=questions, language=language))
    return shown[:n_passages], " ".join(lacking)


def _fitting(library: Library, document_ids: Sequence[str], chosen: Filters) -> Sequence[str]:
    if not chosen:
        return document_ids
    records = library.records(document_ids)
    return [one for one in document_ids if one in records and fits(records[one], chosen)]
