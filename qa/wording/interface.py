"""`Texts`: every text of the interface, in Dutch and in English."""

from dataclasses import asdict, dataclass
from typing import get_args

from qa.answer import Language

DUTCH_EXAMPLES = (
    "Hoeveel vreemdelingen verblijven onrechtmatig in Nederland?",
    "Wanneer en waar vindt het International Migration Review Forum plaats?",
)
ENGLISH_EXAMPLES = (
    "When was the Global Compact on Migration adopted?",
    "Which organisations were consulted about the GCM?",
)

EXAMPLES_ARE_ABOUT = "International Migration Review Forum"
"""Words in the title of a document that answers the examples."""


@dataclass(frozen=True, kw_only=True)
class Texts:
    """The texts of the interface in one language."""

    tagline: str
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
    server_gone: str
    unreadable_turn: str
    question_too_long: str
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
    refusal_ready: str
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
    set_introduction: str
    set_label: str
    set_start: str
    set_file: str
    set_kinds: str
    set_read: str
    set_caption: str
    set_question: str
    set_quote: str
    set_place: str
    set_relevance: str
    set_nothing: str
    set_found: str
    set_excel: str
    set_csv: str
    set_empty: str
    set_too_many: str
    set_too_long: str
    set_unreadable: str
    failed: str
    sign_in: str
    sign_in_failed: str
    sign_in_busy: str
    unknown_host: str
    """With `{name}`, as the next has `{most}`: filled in by the server."""
    body_too_large: str
    other_site: str
    no_such_address: str


TEXTS: dict[Language, Texts] = {
    "nl": Texts(
        tagline="Vragen aan Kamerstukken, met letterlijke citaten",
        welcome="Wat staat er in de Kamerstukken?",
        introduction="Stel een vraag. U krijgt letterlijke citaten; kies het nummer om het citaat in het hele document te lezen.",
        conversation="Gesprek",
        question_label="Uw vraag",
        question_placeholder="Stel een vraag over de documenten …",
        new_conversation="Nieuw gesprek",
        views="Onderdelen",
        view_chat="Gesprek",
        view_documents="Documenten",
        view_questions="Vragenlijst",
        side="Gesprekken en filters",
        close_side="Gesprekken en filters sluiten",
        conversations="Gesprekken",
        conversations_kept="Alleen bewaard in deze browser",
        conversations_none="Uw gesprekken komen hier te staan.",
        rename="Naam wijzigen",
        conversation_name="Naam van het gesprek",
        save="Opslaan",
        cancel="Annuleren",
        delete="Verwijderen",
        deleted="Gesprek verwijderd",
        undo="Ongedaan maken",
        dropped_oldest="De ruimte in deze browser is vol. Het oudste gesprek is daarom verwijderd:",
        not_kept="Dit gesprek wordt niet bewaard, omdat deze browser dat niet toestaat.",
        question_too_long="De vraag is langer dan 2.000 tekens. Stel de vraag in enkele zinnen.",
        library_empty="Er zijn nog geen documenten om in te zoeken. Voeg ze toe bij Documenten.",
        server_gone="Bronvraag is niet bereikbaar. Controleer of het programma nog draait en probeer het opnieuw.",
        unreadable_turn="Bij deze vraag is geen antwoord bewaard. Stel de vraag opnieuw.",
        export="Exporteren",
        export_markdown="Markdown (.md)",
        export_html="Webpagina (.html)",
        export_word="Word (.docx)",
        export_failed="Exporteren is niet gelukt. Controleer of Bronvraag nog draait en probeer het opnieuw.",
        print="Afdrukken",
        asked="Vraag",
        answer="Antwoord",
        searching="Zoeken in de documenten …",
        answer_ready="Antwoord gevonden. Aantal citaten:",
        refusal_ready="Geen antwoord gevonden.",
        stop="Stoppen",
        stopped="Gestopt. Er is niet verder gezocht.",
        retry="Opnieuw zoeken",
        copy_answer="Kopiëren met bronnen",
        copied="Gekopieerd",
        copy_failed="Kopiëren is niet gelukt.",
        follow_up="Vervolgvragen",
        try_these="Vragen waarop de documenten wel ingaan",
        unknown_words="Deze woorden komen nergens in de documenten voor:",
        hints="Wat u kunt proberen",
        hint_words="Gebruik de woorden die in Kamerstukken staan, en schrijf afkortingen voluit.",
        hint_one_subject="Vraag naar één onderwerp tegelijk.",
        hint_documents="Controleer of het document waarin het antwoord staat is toegevoegd.",
        also_in="Ook in",
        also_in_n="Ook op andere plaatsen:",
        relevance_strong="Sterk: bij metingen stond in drie van de vier zulke passages het antwoord. Lees het citaat in zijn verband.",
        relevance_possible="Mogelijk: bij metingen stond in iets minder dan de helft van zulke passages het antwoord. De andere gaan over het onderwerp.",
        relevance_weak="Zwak: bij metingen stond in ongeveer één op de elf zulke passages het antwoord.",
        feedback="Oordeel geven",
        feedback_about="Waarover",
        feedback_whole="het hele antwoord",
        feedback_citation="citaat",
        feedback_right="Goed",
        feedback_partly="Deels goed",
        feedback_wrong="Fout",
        feedback_remark="Opmerking (niet verplicht)",
        feedback_send="Versturen",
        feedback_thanks="Dank u wel. Uw oordeel is bewaard op de computer waarop Bronvraag draait.",
        feedback_failed="Uw oordeel kon niet worden bewaard. Probeer het opnieuw.",
        examples="Voorbeeldvragen",
        send="Vraag versturen",
        other_language="English",
        switch_theme="Licht of donker",
        skip="Naar de vraag",
        close="Document sluiten",
        source="Bron",
        open_source="Open de bron",
        document_text="Tekst van het document",
        file="Bestand",
        published="Officiële publicatie",
        leaves="opent een pagina op internet, buiten deze computer",
        left_out="Passages die minder goed passen",
        question_warning="Dit is een vraag van een Kamerlid, niet het antwoord van de regering.",
        footnote="Voetnoot",
        footnote_back="Terug naar de plaats van voetnoot",
        page="pagina",
        open_failed="Deze bron kan niet worden geopend: het document staat niet in de bibliotheek, of de verwijzing klopt niet.",
        open_failed_server="Deze bron kan nu niet worden geopend. Controleer of Bronvraag nog draait en probeer het opnieuw.",
        open_wrong="Deze verwijzing klopt niet: ze noemt geen plaats in een document van deze bibliotheek. Zoek het citaat opnieuw met uw vraag.",
        document_gone="Dit document staat niet meer in de bibliotheek. Het is gewijzigd of verwijderd nadat deze verwijzing werd gemaakt; stel de vraag opnieuw om het citaat in een nieuwere versie te vinden.",
        asked_one="Vraag waarop dit het antwoord is",
        asked_many="Vragen waarop dit het antwoord is",
        members_words="woorden van een Kamerlid",
        fact_kind="Soort",
        fact_date="Datum",
        fact_sent="Vragen ingezonden",
        fact_asked_by="Gevraagd door",
        fact_answered_by="Beantwoord door",
        fact_signed_by="Ondertekend door",
        fact_on_behalf_of="Mede namens",
        fact_dossier="Dossier",
        fact_number="Nummer",
        fact_reference="Formele verwijzing",
        facts="Gegevens van het document",
        own_copy="opent het document uit deze bibliotheek",
        source_tools="Bladeren, weergave en kopiëren",
        previous_citation="Vorig citaat",
        next_citation="Volgend citaat",
        citation_place="Citaat",
        out_of="van",
        back_to_citation="Terug naar het citaat",
        source_views="Weergave",
        source_text="Tekst",
        source_page="Pagina",
        copy="Kopiëren",
        copy_reference="Formele verwijzing",
        copy_quote="Citaat met verwijzing",
        copy_markdown="Markdown met link",
        copy_link="Link naar dit citaat",
        footnote_close="Voetnoot sluiten",
        footnote_below="Onderaan het document",
        previous_page="Vorige pagina",
        next_page="Volgende pagina",
        page_of_quote="Naar de pagina van het citaat",
        quote_is_marked="het citaat is gemarkeerd",
        quote_goes_on="Het citaat loopt door op de volgende pagina.",
        quote_began="Het citaat begint op de vorige pagina.",
        quote_not_placed="De plaats van het citaat op de pagina is niet bekend.",
        page_loading="De pagina wordt getekend …",
        page_file_gone="De pagina kan niet worden getoond: het bestand staat niet meer op de plaats waar het is ingelezen. De tekst is wel bewaard.",
        page_file_changed="De pagina kan niet worden getoond: het bestand is gewijzigd sinds het is ingelezen. De tekst van toen is wel bewaard.",
        page_failed="De pagina kan niet worden getoond. Het bestand is misschien beschadigd; de tekst is wel te lezen.",
        page_failed_server="De pagina kan nu niet worden getoond. Controleer of Bronvraag nog draait en probeer het opnieuw.",
        set_introduction="Plak de vragen van een nieuwe set, of kies een bestand. Per vraag zoekt Bronvraag de eerdere antwoorden die het best passen, met vindplaats, in een tabel die u in Excel of als CSV kunt bewaren.",
        set_label="Vragen: één per regel of genummerd",
        set_start="Antwoorden zoeken",
        set_file="Bestand kiezen …",
        set_kinds="Tekst, Word, Excel, PDF, ODT, HTML, XML of CSV",
        set_read="Vragen gelezen uit het bestand:",
        set_caption="Eerdere antwoorden per vraag",
        set_question="Vraag",
        set_quote="Eerder antwoord",
        set_place="Vindplaats",
        set_relevance="Relevantie",
        set_nothing="Hierover is in de documenten niets gevonden.",
        set_found="vragen met eerdere antwoorden",
        set_excel="Excel downloaden",
        set_csv="CSV downloaden",
        set_empty="Er staat geen vraag in de lijst. Zet elke vraag op een eigen regel, of nummer de vragen.",
        set_too_many="De lijst bevat meer dan 200 vragen. Splits de lijst.",
        set_too_long="Een vraag is langer dan 2.000 tekens. Kort de vraag in, of zet elke vraag op een eigen regel.",
        set_unreadable="De lijst kan niet worden gelezen.",
        failed="Er ging iets mis bij het zoeken naar een antwoord. Probeer het opnieuw.",
        sign_in="Meld u aan met uw gebruikersnaam en wachtwoord.",
        sign_in_failed="Deze gebruikersnaam en dit wachtwoord horen niet bij elkaar. Probeer het opnieuw.",
        sign_in_busy="Er melden zich nu te veel mensen tegelijk aan. Probeer het over tien seconden opnieuw.",
        unknown_host="Deze server is niet bekend onder de naam {name}. Open hem onder zijn eigen adres, of vraag de beheerder hem te starten met --public-host {name}.",
        body_too_large="Dit verzoek is te groot: {most} is het meeste dat de server aanneemt.",
        other_site="Dit verzoek komt van een andere website en is geweigerd. Open Bronvraag zelf en probeer het daar.",
        no_such_address="Dit adres is er niet.",
    ),
    "en": Texts(
        tagline="Questions to Dutch parliamentary documents, with verbatim quotes",
        welcome="What do the documents say?",
        introduction="Ask in English or Dutch. You get verbatim quotes; choose the number to read the quote in its whole document.",
        conversation="Conversation",
        question_label="Your question",
        question_placeholder="Ask a question about the documents …",
        new_conversation="New conversation",
        views="Sections",
        view_chat="Chat",
        view_documents="Documents",
        view_questions="Question list",
        side="Conversations and filters",
        close_side="Close conversations and filters",
        conversations="Conversations",
        conversations_kept="Kept in this browser only",
        conversations_none="Your conversations will be listed here.",
        rename="Rename",
        conversation_name="Name of the conversation",
        save="Save",
        cancel="Cancel",
        delete="Delete",
        deleted="Conversation deleted",
        undo="Undo",
        dropped_oldest="There is no room left in this browser. The oldest conversation has been deleted:",
        not_kept="This conversation is not kept, because this browser does not allow it.",
        question_too_long="The question is longer than 2,000 characters. Ask it in a few sentences.",
        library_empty="There are no documents to search yet. Add them under Documents.",
        server_gone="Bronvraag cannot be reached. Check that the program is still running and try again.",
        unreadable_turn="No answer to this question was kept. Please ask it again.",
        export="Export",
        export_markdown="Markdown (.md)",
        export_html="Web page (.html)",
        export_word="Word (.docx)",
        export_failed="The export failed. Check that Bronvraag is still running and try again.",
        print="Print",
        asked="Question",
        answer="Answer",
        searching="Searching the documents …",
        answer_ready="Answer found. Number of quotes:",
        refusal_ready="No answer found.",
        stop="Stop",
        stopped="Stopped. The search did not go on.",
        retry="Search again",
        copy_answer="Copy with sources",
        copied="Copied",
        copy_failed="Copying failed.",
        follow_up="Follow-up questions",
        try_these="Questions that the documents do discuss",
        unknown_words="These words occur nowhere in the documents:",
        hints="What you can try",
        hint_words="Use the words of parliamentary papers, and write abbreviations in full.",
        hint_one_subject="Ask about one subject at a time.",
        hint_documents="Check that the document that holds the answer has been added.",
        also_in="Also in",
        also_in_n="Also in other places:",
        relevance_strong="Strong: in measurements, three in four such passages held the answer. Read the quote in its context.",
        relevance_possible="Possible: in measurements, somewhat fewer than half of such passages held the answer. The others are about the subject.",
        relevance_weak="Weak: in measurements, about one in eleven such passages held the answer.",
        feedback="Give feedback",
        feedback_about="About",
        feedback_whole="the whole answer",
        feedback_citation="quote",
        feedback_right="Right",
        feedback_partly="Partly right",
        feedback_wrong="Wrong",
        feedback_remark="Remark (optional)",
        feedback_send="Send",
        feedback_thanks="Thank you. Your feedback is kept on the computer that runs Bronvraag.",
        feedback_failed="Your feedback could not be kept. Please try again.",
        examples="Example questions",
        send="Send the question",
        other_language="Nederlands",
        switch_theme="Light or dark",
        skip="To the question",
        close="Close the document",
        source="Source",
        open_source="Open the source",
        document_text="Text of the document",
        file="File",
        published="Official publication",
        leaves="opens a page on the internet, outside this computer",
        left_out="Passages that fit less well",
        question_warning="This is a member's question, not the government's answer.",
        footnote="Footnote",
        footnote_back="Back to the place of footnote",
        page="page",
        open_failed="This source cannot be opened: the document is not in the library, or the link is wrong.",
        open_failed_server="This source cannot be opened now. Check that Bronvraag is still running and try again.",
        open_wrong="This link is wrong: it names no place in a document of this library. Find the quote again by asking your question.",
        document_gone="This document is no longer in the library. It was changed or removed after this link was made; ask your question again to find the quote in a newer version.",
        asked_one="The question that this answers",
        asked_many="The questions that this answers",
        members_words="words of a member of parliament",
        fact_kind="Kind",
        fact_date="Date",
        fact_sent="Questions sent in",
        fact_asked_by="Asked by",
        fact_answered_by="Answered by",
        fact_signed_by="Signed by",
        fact_on_behalf_of="On behalf of",
        fact_dossier="Dossier",
        fact_number="Number",
        fact_reference="Formal reference",
        facts="About the document",
        own_copy="opens the document from this library",
        source_tools="Browse, view and copy",
        previous_citation="Previous quote",
        next_citation="Next quote",
        citation_place="Quote",
        out_of="of",
        back_to_citation="Back to the quote",
        source_views="View",
        source_text="Text",
        source_page="Page",
        copy="Copy",
        copy_reference="Formal reference",
        copy_quote="Quote with reference",
        copy_markdown="Markdown with link",
        copy_link="Link to this quote",
        footnote_close="Close the footnote",
        footnote_below="At the end of the document",
        previous_page="Previous page",
        next_page="Next page",
        page_of_quote="To the page of the quote",
        quote_is_marked="the quote is marked",
        quote_goes_on="The quote goes on on the next page.",
        quote_began="The quote begins on the previous page.",
        quote_not_placed="The place of the quote on the page is not known.",
        page_loading="Drawing the page …",
        page_file_gone="The page cannot be shown: the file is no longer where it was when it was indexed. Its text has been kept.",
        page_file_changed="The page cannot be shown: the file has changed since it was indexed. Its text as it was then has been kept.",
        page_failed="The page cannot be shown. The file may be damaged; its text can still be read.",
        page_failed_server="The page cannot be shown now. Check that Bronvraag is still running and try again.",
        set_introduction="Paste the questions of a new set, or choose a file. For each question Bronvraag looks for the earlier answers that fit best, with their references, in a table that you can keep as Excel or CSV.",
        set_label="Questions: one per line, or numbered",
        set_start="Find answers",
        set_file="Choose a file …",
        set_kinds="Text, Word, Excel, PDF, ODT, HTML, XML or CSV",
        set_read="Questions read from the file:",
        set_caption="Earlier answers to each question",
        set_question="Question",
        set_quote="Earlier answer",
        set_place="Reference",
        set_relevance="Relevance",
        set_nothing="Nothing was found about this in the documents.",
        set_found="questions with earlier answers",
        set_excel="Download Excel",
        set_csv="Download CSV",
        set_empty="There is no question in the list. Give each question a line of its own, or number them.",
        set_too_many="The list holds more than 200 questions. Divide it.",
        set_too_long="A question is longer than 2,000 characters. Shorten it, or give each question a line of its own.",
        set_unreadable="The list cannot be read.",
        failed="Something went wrong while looking for an answer. Please try again.",
        sign_in="Sign in with your user name and password.",
        sign_in_failed="This user name and this password do not go together. Please try again.",
        sign_in_busy="Too many people are signing in at once. Please try again in ten seconds.",
        unknown_host="This server is not known by the name {name}. Open it at its own address, or ask its administrator to start it with --public-host {name}.",
        body_too_large="This request is too large: {most} is the most that the server takes.",
        other_site="This request comes from another web site and was refused. Open Bronvraag itself and try it there.",
        no_such_address="There is nothing at this address.",
    ),
}


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
