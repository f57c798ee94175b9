"""`Texts`: the names of every text of the interface; what they say stands in the file of each language."""

from dataclasses import asdict, dataclass
from typing import get_args

from qa.answer import Language
from qa.wording.sentence import words

EXAMPLES_ARE_ABOUT = "International Migration Review Forum"
"""Words in the title of a document that answers the examples."""


@dataclass(frozen=True, kw_only=True)
class Texts:
    """The texts of the interface in one language."""

    welcome: str
    introduction: str
    conversation: str
    question_label: str
    question_placeholder: str
    new_conversation: str
    views: str
    view_chat: str
    view_documents: str
    view_questions: str
    side: str
    """Names the column with the conversations and the filters."""
    close_side: str
    conversations: str
    conversations_kept: str
    conversations_none: str
    rename: str
    conversation_name: str
    save: str
    cancel: str
    delete: str
    deleted: str
    undo: str
    dropped_oldest: str
    not_kept: str
    unreadable_turn: str
    library_empty: str
    export: str
    export_markdown: str
    export_html: str
    export_word: str
    export_failed: str
    print: str
    asked: str
    answer: str
    searching: str
    answer_ready: str
    """Said to who hears the page when an answer is there, before the number of its citations."""
    stop: str
    stopped: str
    retry: str
    copy_answer: str
    copied: str
    copy_failed: str
    follow_up: str
    try_these: str
    unknown_words: str
    hints: str
    hint_words: str
    hint_one_subject: str
    hint_documents: str
    also_in: str
    also_in_n: str
    """Said before the number of other passages."""
    relevance_strong: str
    relevance_possible: str
    relevance_weak: str
    feedback: str
    feedback_about: str
    feedback_whole: str
    feedback_citation: str
    feedback_right: str
    feedback_partly: str
    feedback_wrong: str
    feedback_remark: str
    feedback_send: str
    feedback_thanks: str
    feedback_failed: str
    examples: str
    send: str
    other_language: str
    """The name of the other language, in that language."""
    switch_theme: str
    skip: str
    close: str
    source: str
    open_source: str
    document_text: str
    file: str
    published: str
    leaves: str
    """Says that a link leads to a page on the internet."""
    left_out: str
    """Said before the number of citations that are folded."""
    question_warning: str
    footnote: str
    table: str
    footnote_back: str
    page: str
    open_failed: str
    open_failed_server: str
    open_wrong: str
    document_gone: str
    asked_one: str
    asked_many: str
    members_words: str
    fact_kind: str
    fact_date: str
    fact_sent: str
    fact_asked_by: str
    fact_answered_by: str
    fact_signed_by: str
    fact_on_behalf_of: str
    fact_moved_by: str
    fact_request: str
    fact_outcome: str
    fact_speakers: str
    fact_own_reference: str
    fact_sender: str
    fact_addressee: str
    fact_not_stated: str
    fact_dossier: str
    fact_number: str
    fact_reference: str
    facts: str
    own_copy: str
    source_tools: str
    previous_citation: str
    next_citation: str
    citation_place: str
    out_of: str
    back_to_citation: str
    source_views: str
    source_text: str
    source_page: str
    copy: str
    copy_reference: str
    copy_quote: str
    copy_markdown: str
    copy_link: str
    footnote_close: str
    footnote_below: str
    previous_page: str
    next_page: str
    page_of_quote: str
    quote_is_marked: str
    quote_goes_on: str
    quote_began: str
    quote_not_placed: str
    page_loading: str
    page_file_gone: str
    page_file_changed: str
    page_failed: str
    page_failed_server: str
    list_introduction: str
    list_label: str
    list_start: str
    list_file: str
    list_kinds: str
    list_read: str
    list_caption: str
    list_question: str
    list_quote: str
    list_place: str
    list_relevance: str
    list_nothing: str
    list_excel: str
    list_csv: str
    failed: str
    sign_in: str
    sign_in_failed: str
    sign_in_busy: str
    unknown_host: str
    """With `{name}`, as the next has `{most}`: filled in by the server."""
    body_too_slow: str
    server_busy: str
    broken: str
    body_too_large: str
    other_site: str
    only_posts: str
    no_such_address: str
    question_too_long: str
    answers_question: str
    reading_help: str
    show_more: str
    show_less: str
    collect: str
    collected: str
    left_out_one: str
    left_out_n: str
    holdings: str
    holdings_by: str
    holdings_newest: str
    welcome_empty: str
    add_documents: str
    drop_anywhere: str
    server_away: str
    server_back: str
    server_renewed: str
    again: str
    question_waits: str
    box_keys: str
    view_collected: str
    today: str
    yesterday: str
    this_week: str
    pinned: str
    pin: str
    unpin: str
    search_conversations: str
    no_conversation_found: str
    export_weak: str
    collected_title: str
    collected_introduction: str
    collected_none: str
    collected_note: str
    collected_up: str
    collected_down: str
    collected_removed: str
    collected_full: str
    source_loading: str
    zoom: str
    zoom_in: str
    zoom_out: str
    search_document: str
    next_match: str
    previous_match: str
    not_in_document: str
    contents: str
    contents_cited: str
    answer_here: str
    list_open: str
    list_name: str
    list_new: str
    list_resume: str
    list_word: str
    list_keep: str
    list_keep_short: str
    list_not_kept: str
    list_too_large: str
    list_count: str
    verdict_good: str
    verdict_doubtful: str
    verdict_nothing: str


TEXTS: dict[Language, Texts] = {language: Texts(**words(language)["interface"]) for language in get_args(Language)}


def examples(language: Language) -> tuple[str, ...]:
    """Return questions that the documents about `EXAMPLES_ARE_ABOUT` answer."""
    return tuple(words(language)["examples"]["questions"])


def as_language(value: object) -> Language:
    """Return the language that a value from outside names, Dutch if it names none."""
    return next((language for language in get_args(Language) if language == value), "nl")


def preferred_language(accept_language: str) -> Language:
    """Return the first of our languages in an `Accept-Language` header, Dutch if it holds none (RFC 9110, section 12.5.4)."""
    ranges = [entry.strip().partition(";q=") for entry in accept_language.lower().split(",")]
    ranked = sorted(ranges, key=lambda entry: -_quality(entry[2]))
    known = (tag.split("-")[0] for tag, _, quality in ranked if _quality(quality) > 0)
    return as_language(next((tag for tag in known if tag in TEXTS), "nl"))


def as_dictionary(language: Language) -> dict[str, str]:
    """Return the texts by name."""
    return asdict(TEXTS[language])


def _quality(value: str) -> float:
    try:
        return float(value or 1)
    except ValueError:
        return 0
