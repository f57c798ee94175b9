"""What an empty conversation shows: what this is, what is in the library, and questions to begin with."""

from collections.abc import Sequence
from dataclasses import dataclass

import gradio as gr

from qa.address import document_link
from qa.answer import Language
from qa.desk import Desk
from qa.library import Catalogue, Order
from qa.library.filters import Filters
from qa.page.chat.examples import Examples
from qa.templates import macros
from qa.wording.documents import say_date, say_kind
from qa.wording.filters import say_value
from qa.wording.interface import TEXTS, as_language
from qa.wording.library import LIBRARY_TEXTS, say_n_documents
from qa.wording.sentence import say_number

_TEMPLATE = "page/chat/welcome.html"
N_NEWEST = 3
N_MINISTRIES = 4


@dataclass(frozen=True, kw_only=True)
class Newest:
    """One of the newest documents."""

    title: str
    link: str
    facts: str


@dataclass(frozen=True, kw_only=True)
class Holdings:
    """What is in a library, in words.

    Attributes:
        n_documents: how many.
        period: when they were written, if they say so.
        kinds: each kind with how many there are, those of most documents first.
        ministries: that wrote most of them.
        newest: the newest documents.
    """

    n_documents: str
    period: str
    kinds: Sequence[tuple[str, str]]
    ministries: Sequence[str]
    newest: Sequence[Newest]


def build_welcome_view(desk: Desk, examples: Examples) -> gr.HTML:
    """Build the welcome; it is drawn whenever the page is opened or the library changes, the questions last since they are tried first."""

    def draw_welcome(language: object) -> str:
        return welcome_html(desk, as_language(language))

    def draw_examples(language: object) -> str:
        questions, asked_in = examples.of(as_language(language))
        return str(macros(_TEMPLATE).examples(questions, asked_in, TEXTS[as_language(language)]))

    return gr.HTML(
        None,
        elem_id="welcome",
        html_template='<div class="welcome"></div>',
        apply_default_css=False,
        js_on_load="bronvraag.startWelcome(element, server)",
        server_functions=[draw_welcome, draw_examples],
    )


def welcome_html(desk: Desk, language: Language) -> str:
    """Return the welcome without its questions; an empty library invites to add documents."""
    catalogue, texts = desk.catalogue(), TEXTS[language]
    if not len(catalogue):
        return str(macros(_TEMPLATE).empty(texts, can_add=desk.intake is not None))
    return str(macros(_TEMPLATE).welcome(holdings_of(catalogue, language), texts))


def holdings_of(catalogue: Catalogue, language: Language) -> Holdings:
    """Return what a library holds."""
    counts = catalogue.facets().counts
    newest = catalogue.listing(order=Order.NEWEST, n_most=N_NEWEST).records
    return Holdings(
        n_documents=say_n_documents(len(catalogue), language),
        period=_period(catalogue, language),
        kinds=[(say_value("kinds", count.value, language), say_number(count.n_documents, language)) for count in counts["kinds"]],
        ministries=[count.value for count in counts["ministries"][:N_MINISTRIES]],
        newest=[
            Newest(
                title=record.metadata.title,
                link=document_link(record.document_id),
                facts=" · ".join(
                    filter(None, [say_kind(record.metadata.kind, language), say_date(record.metadata.date or "", language)])
                ),
            )
            for record in newest
        ],
    )


def _period(catalogue: Catalogue, language: Language) -> str:
    """Return between which days the documents were written, a single one once, and how many do not say when."""
    dates = catalogue.period()
    if not dates:
        return ""
    texts = LIBRARY_TEXTS[language]
    first, last = (say_date(day, language) for day in dates)
    period = texts.between.format(first=first, last=last) if first != last else texts.on_day.format(day=first)
    n_undated = len(catalogue) - catalogue.n_matching(Filters(date_from=dates[0], date_to=dates[1]))
    return f"{period}, {texts.undated.format(n=say_number(n_undated, language))}" if n_undated else period
