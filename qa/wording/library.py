"""`LibraryTexts`: the names of every text of the list of documents, the filters and the upload."""

from dataclasses import dataclass
from typing import get_args

from qa.answer import Language
from qa.wording.sentence import say_number, words


@dataclass(frozen=True, kw_only=True)
class LibraryTexts:
    """The texts in one language; braces stand for what is filled in."""

    documents: str
    search_label: str
    search_placeholder: str
    order_label: str
    order_newest: str
    order_title: str
    order_indexed: str
    one_document: str
    n_documents: str
    n_of: str
    none_fit: str
    none_yet: str
    pages_label: str
    previous: str
    next: str
    shown: str
    one_passage: str
    n_passages: str
    no_date: str
    indexed_at: str
    ask_document: str
    ask_documents: str
    remove: str
    remove_title: str
    remove_uploaded: str
    remove_from_disk: str
    removed: str
    remove_failed: str
    remove_for_keepers: str
    cancel: str
    filters: str
    filters_of: str
    filters_hide: str
    period: str
    period_from: str
    period_to: str
    period_wrong: str
    narrow: str
    more_values: str
    chosen: str
    searched_in: str
    remove_filter: str
    remove_all: str
    recognised: str
    suggested: str
    suggest: str
    upload: str
    upload_drop: str
    upload_choose: str
    upload_kinds: str
    upload_list: str
    upload_waiting: str
    upload_sending: str
    upload_indexing: str
    upload_indexed: str
    upload_present: str
    upload_refused: str
    upload_failed: str
    upload_too_large: str
    upload_summary: str
    upload_closed: str
    failed: str
    between: str
    on_day: str
    undated: str
    in_texts: str
    in_texts_none: str
    ask_words: str
    again: str
    upload_show: str
    upload_all: str
    upload_only_refused: str
    upload_only_indexed: str
    upload_running: str
    upload_open: str


LIBRARY_TEXTS: dict[Language, LibraryTexts] = {
    language: LibraryTexts(**words(language)["library"]) for language in get_args(Language)
}


def say_n_documents(number: int, language: Language) -> str:
    """Return a number of documents."""
    texts = LIBRARY_TEXTS[language]
    return texts.one_document if number == 1 else texts.n_documents.format(n=say_number(number, language))


def say_n_passages(number: int, language: Language) -> str:
    """Return a number of passages."""
    texts = LIBRARY_TEXTS[language]
    return texts.one_passage if number == 1 else texts.n_passages.format(n=say_number(number, language))
