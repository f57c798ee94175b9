"""`LibraryTexts`: every text of the list of documents, the filters and the upload, in Dutch and in English."""

from dataclasses import dataclass

from qa.answer import Language


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
    recognised_label: str
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


LIBRARY_TEXTS: dict[Language, LibraryTexts] = {
    "nl": LibraryTexts(
        documents="Documenten",
        search_label="Zoek in de documenten",
        search_placeholder="Titel, Kamerlid, bewindspersoon, dossier …",
        order_label="Volgorde",
        order_newest="nieuwste eerst",
        order_title="op titel",
        order_indexed="laatst toegevoegd eerst",
        one_document="1 document",
        n_documents="{n} documenten",
        n_of="{found} van {all} documenten",
        none_fit="Geen document past hierbij. Haal een filter weg of zoek met andere woorden.",
        none_yet="De bibliotheek is nog leeg. Voeg hierboven documenten toe.",
        pages_label="Bladeren door de documenten",
        previous="Vorige",
        next="Volgende",
        shown="{first} tot en met {last} van {n}",
        one_passage="1 passage",
        n_passages="{n} passages",
        no_date="zonder datum",
        indexed_at="toegevoegd {when}",
        ask_document="Vraag stellen over dit document",
        ask_documents="Vraag stellen over deze documenten",
        remove="Verwijderen",
        remove_title="Document verwijderen?",
        remove_uploaded="Het document gaat uit de bibliotheek en het toegevoegde bestand wordt gewist.",
        remove_from_disk="Het document gaat uit de bibliotheek. Het bestand zelf blijft staan en kan opnieuw worden geïndexeerd.",
        removed="Verwijderd: {title}",
        remove_failed="Het document kan niet worden verwijderd.",
        cancel="Annuleren",
        filters="Filters",
        filters_of="Kies in welke documenten wordt gezocht",
        filters_hide="Filters sluiten",
        period="Datum",
        period_from="vanaf",
        period_to="tot en met",
        period_wrong="Deze periode bestaat niet: de eerste dag moet voor de laatste liggen.",
        narrow="Zoek bij {name}",
        more_values="nog {n}: typ een deel van de naam",
        chosen="Filters die gelden",
        searched_in="Zoekt in {found} van {all} documenten",
        remove_filter="Filter weghalen: {name}",
        remove_all="Alle filters weghalen",
        recognised="uit uw vraag",
        recognised_label="{name}, herkend in uw vraag",
        suggested="Alleen zoeken in:",
        suggest="Alleen zoeken in documenten met filter: {name}",
        upload="Documenten toevoegen",
        upload_drop="Sleep bestanden hierheen of",
        upload_choose="kies bestanden",
        upload_kinds="PDF, Word (.docx), ODT, HTML, officiële XML, tekst en Markdown; tot {size} per bestand",
        upload_list="Toegevoegde bestanden",
        upload_waiting="wacht",
        upload_sending="wordt verstuurd",
        upload_indexing="wordt gelezen en geïndexeerd",
        upload_indexed="toegevoegd, {n}",
        upload_present="stond al in de bibliotheek",
        upload_refused="niet toegevoegd: {reason}",
        upload_failed="niet toegevoegd: de server is niet bereikbaar of weigerde het bestand",
        upload_too_large="niet toegevoegd: het bestand is groter dan {size}",
        upload_summary="{added} toegevoegd, {present} al aanwezig, {refused} niet toegevoegd.",
        upload_closed="Deze bibliotheek kan alleen worden gelezen; er kunnen geen documenten bij of af.",
        failed="De documenten kunnen nu niet worden getoond. Controleer of Bronvraag nog draait en probeer het opnieuw.",
    ),
    "en": LibraryTexts(
        documents="Documents",
        search_label="Search the documents",
        search_placeholder="Title, member, minister, dossier …",
        order_label="Order",
        order_newest="newest first",
        order_title="by title",
        order_indexed="last added first",
        one_document="1 document",
        n_documents="{n} documents",
        n_of="{found} of {all} documents",
        none_fit="No document fits. Remove a filter or search with other words.",
        none_yet="The library is still empty. Add documents above.",
        pages_label="Pages of the list of documents",
        previous="Previous",
        next="Next",
        shown="{first} to {last} of {n}",
        one_passage="1 passage",
        n_passages="{n} passages",
        no_date="without date",
        indexed_at="added {when}",
        ask_document="Ask about this document",
        ask_documents="Ask about these documents",
        remove="Remove",
        remove_title="Remove this document?",
        remove_uploaded="The document leaves the library and the added file is deleted.",
        remove_from_disk="The document leaves the library. The file itself stays and can be indexed again.",
        removed="Removed: {title}",
        remove_failed="The document cannot be removed.",
        cancel="Cancel",
        filters="Filters",
        filters_of="Choose which documents are searched",
        filters_hide="Close the filters",
        period="Date",
        period_from="from",
        period_to="until",
        period_wrong="This period does not exist: the first day must come before the last.",
        narrow="Search: {name}",
        more_values="{n} more: type part of the name",
        chosen="Filters in use",
        searched_in="Searches {found} of {all} documents",
        remove_filter="Remove filter: {name}",
        remove_all="Remove all filters",
        recognised="from your question",
        recognised_label="{name}, recognised in your question",
        suggested="Search only in:",
        suggest="Search only documents with filter: {name}",
        upload="Add documents",
        upload_drop="Drop files here or",
        upload_choose="choose files",
        upload_kinds="PDF, Word (.docx), ODT, HTML, official XML, text and Markdown; up to {size} each",
        upload_list="Added files",
        upload_waiting="waiting",
        upload_sending="being sent",
        upload_indexing="being read and indexed",
        upload_indexed="added, {n}",
        upload_present="was in the library already",
        upload_refused="not added: {reason}",
        upload_failed="not added: the server cannot be reached, or refused the file",
        upload_too_large="not added: the file is larger than {size}",
        upload_summary="{added} added, {present} present already, {refused} not added.",
        upload_closed="This library can only be read; no documents can be added or removed.",
        failed="The documents cannot be shown now. Check that Bronvraag is still running and try again.",
    ),
}


def say_number(number: int, language: Language) -> str:
    """Return a whole number as the language writes it: `20.000` or `20,000`."""
    grouped = f"{number:,}"
    return grouped.replace(",", ".") if language == "nl" else grouped


def say_n_documents(number: int, language: Language) -> str:
    """Return a number of documents."""
    texts = LIBRARY_TEXTS[language]
    return texts.one_document if number == 1 else texts.n_documents.format(n=say_number(number, language))


def say_n_passages(number: int, language: Language) -> str:
    """Return a number of passages."""
    texts = LIBRARY_TEXTS[language]
    return texts.one_passage if number == 1 else texts.n_passages.format(n=say_number(number, language))
