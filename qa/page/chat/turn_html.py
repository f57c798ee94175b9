"""A turn of the conversation as blocks of HTML: the answer's message, its quotes by document, and what can be done with it.

Blocks are sent one after another while an answer comes in. Facts are in the language of the answer, buttons in that of the page.
"""

import json
from itertools import groupby

from qa.answer import Answer, Certainty, Language
from qa.conversation import Turn
from qa.page.chat.quotes import groups_of
from qa.templates import macros
from qa.wording.interface import TEXTS
from qa.wording.sentence import say_number

_TEMPLATE = "page/chat/turn.html"


def turn_blocks(turn: Turn, language: Language) -> list[str]:
    """Return the blocks of the reply in a turn, for a page in `language`."""
    texts, draw = TEXTS[language], macros(_TEMPLATE)
    if turn.answer is None:
        return [draw.failure(turn.failure or texts.unreadable_turn, language), draw.actions((), texts, language)]
    answer = turn.answer
    said = [draw.nothing(answer.unknown_words, texts, language)] if answer.refused else _quoted(answer)
    if answer.links:
        links = [
            (link.label, json.dumps(dict(link.filters)), say_number(link.n_documents, answer.language)) for link in answer.links
        ]
        said.append(draw.links(links, answer.language))
    heading = texts.try_these if answer.refused else texts.follow_up
    numbers = [citation.number for citation in answer.citations]
    last = draw.actions(numbers, texts, language) + draw.suggestions(answer.examples or turn.suggestions, heading, language)
    return [draw.message(answer.message, answer.language), *said, last]


def unreadable_blocks(language: Language) -> list[str]:
    """Return the blocks of a reply that was kept and cannot be read any more."""
    return turn_blocks(Turn(question=""), language)


def _quoted(answer: Answer) -> list[str]:
    draw, language, texts = macros(_TEMPLATE), answer.language, TEXTS[answer.language]
    shown, folded = answer.citations[: answer.n_open], answer.citations[answer.n_open :]
    blocks = []
    for part, cited in groupby(shown, key=lambda citation: citation.part):  # of a message that asks several things
        groups = groups_of(cited, language, with_lead=answer.certainty is not Certainty.UNCLEAR)
        drawn = [draw.group(group, texts, language, level=4 if part else 3) for group in groups]
        blocks += [draw.part(part, language) + drawn[0], *drawn[1:]] if part else drawn
    if folded:
        name = (texts.left_out_one if len(folded) == 1 else texts.left_out_n).format(n=len(folded))
        blocks.append(draw.folded(name, groups_of(folded, language, with_lead=False), texts, language))
    return blocks
