"""`Judgement`: how sure it is that what was found answers, for the whole answer and for each passage.

1. How sure the whole answer is decides what it is called: found, probable, or no clear answer.
2. No passage is called better than the answer, nor than one above it, so that order and words agree.
3. Nothing is found where the first passage by itself is hardly possible. A follow-up, whose few words match much, is found where that is strong by itself.
   One that stands best in the passage that answered the question before is probably answered there: what it goes on with is known to be there.
4. A few words without a sentence around them are too little for what was fitted on questions: there, what holds one of them is probably what is looked for,
   what holds none is at best near to it, and the order stays that of retrieval.
5. The head of a set of questions, which resembles every question about its set, is left out where there is anything else, unless it is asked who asked, and so is a
   line that only repeats its title. The head names people and dates, so who or when is only found in it where asking or answering is what the question is about.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from qa.answer import Certainty, Language, Relevance
from qa.answering.citing import JudgedPassage
from qa.calibration import Calibration
from qa.calibration.far_off import FarOff
from qa.calibration.relevance import LEAST_POSSIBLE
from qa.document import Kind
from qa.passage import Passage, Role
from qa.retrieval import Retrieval, ScoredPassage
from qa.retrieval.signals import SIGNALS, is_about_asking
from qa.text.words import terms_of

N_REORDERED = 5
"""The first passages are put in the order of their probability, which weighs what stands out; relevance is fitted on so many."""

_ASKS_OF_SET = re.compile(
    r"\b(vroeg(en)?|vra(ag|gen)|gevraagd|(be)?antwoord(de|den)?|ingezonden|ingediend|(ge)?stelden?|gesteld|asked|asks?|asking|answer(s|ed)?|submitted|raised|put|"
    r"questions?|Kamervragen)\b",
    re.IGNORECASE,
)
FOLLOW_UP_MARGIN = 1.5
"""How much surer it must be that a follow-up is about something else, since it says less by itself (see the journal)."""

MAX_TITLE = 300
_SUBJECT_LINE = frozenset(terms_of("onderwerp betreft nr"))
_WORDS = SIGNALS.index("words")

_ORDER = (Relevance.WEAK, Relevance.POSSIBLE, Relevance.STRONG)
_BEST = {
    Certainty.FOUND: Relevance.STRONG,
    Certainty.PROBABLE: Relevance.POSSIBLE,
    Certainty.UNCLEAR: Relevance.WEAK,
    Certainty.NONE: Relevance.WEAK,
}


@dataclass(frozen=True)
class Judgement:
    """What is worth showing, best first, and how sure it is; nothing if the question is certainly about something else."""

    passages: Sequence[JudgedPassage]
    certainty: Certainty

    @property
    def is_likely(self) -> bool:
        """Whether there is more than the nearest passages."""
        return self.certainty in {Certainty.FOUND, Certainty.PROBABLE}

    def at_most(self, certainty: Certainty) -> "Judgement":
        """Return the same, said to be no surer than this."""
        if _ORDER.index(_BEST[certainty]) >= _ORDER.index(_BEST[self.certainty]):
            return self
        passages = [replace(one, relevance=min(one.relevance, _BEST[certainty], key=_ORDER.index)) for one in self.passages]
        return Judgement(passages, certainty)


def judge(
    retrieval: Retrieval,
    calibration: Calibration,
    *,
    question: str,
    language: Language,
    n_judged: int,
    kind_of: Callable[[str], Kind | None],
    far_off: FarOff | None = None,
    may_refuse: bool = True,
    is_keywords: bool = False,
    is_known: Callable[[], bool] = lambda: True,
) -> Judgement:
    """Return what of a retrieval is worth showing.

    Args:
        retrieval: what was found.
        calibration: of the model.
        question: as it was searched.
        language: of the question.
        n_judged: passages to judge.
        kind_of: tells what a document is, by its id.
        far_off: tells questions about something else, where it was fitted for the model; else `refusal` does.
        may_refuse: whether the question may be about something else; what asks for a task is not.
        is_keywords: whether the question is a few words to search for rather than a sentence.
        is_known: tells whether any word of the question occurs in the library.
    """
    ranked = retrieval.passages
    fitted = calibration.languages.get(language)
    if not ranked:
        return Judgement((), Certainty.NONE)
    if fitted is None:
        shown = _worth_showing(ranked, question, kind_of)[:n_judged]
        passages = [JudgedPassage(one, float(one.signals[:2].mean()), Relevance.POSSIBLE) for one in shown]
        return Judgement(passages, Certainty.PROBABLE)
    answerability = fitted.answerability.probability(ranked, question)
    unlikely = not retrieval.continues and answerability < fitted.refusal
    margin = FOLLOW_UP_MARGIN if retrieval.continues else 0.0
    is_far = far_off.refuses(retrieval.vector, answerability, margin=margin) if far_off else unlikely
    is_keywords = is_keywords and not retrieval.continues
    is_held = is_keywords and any(one.signals[_WORDS] > 0 for one in ranked)
    if may_refuse and not is_held and (is_far or (unlikely and not is_known())):
        return Judgement((), Certainty.NONE)
    sure = fitted.sureness.probability(ranked, question)
    if unlikely:
        sure = 0.0
    certainty = Certainty.FOUND if sure >= fitted.found else Certainty.PROBABLE if sure >= fitted.probable else Certainty.UNCLEAR
    probabilities = dict(zip(map(id, ranked), fitted.relevance.probabilities(ranked, n_judged * 2), strict=False))
    shown = [one for one in _worth_showing(ranked, question, kind_of) if id(one) in probabilities][:n_judged]
    if not shown:
        return Judgement((), Certainty.NONE)
    first = shown[:N_REORDERED]
    if is_keywords:
        certainty = _of_keywords(certainty, is_held=bool(first[0].signals[_WORDS] > 0))
    else:
        first.sort(key=lambda one: -probabilities[id(one)])
        least = calibration.strong if retrieval.continues else LEAST_POSSIBLE
        certainty = _of_first(certainty, first[0], probabilities[id(first[0])], retrieval, least=least)
    if certainty is Certainty.FOUND and _is_head_of_set(first[0], kind_of) and not _ASKS_OF_SET.search(question):
        certainty = Certainty.PROBABLE
    return Judgement(_called([*first, *shown[N_REORDERED:]], probabilities, calibration, _BEST[certainty]), certainty)


def _of_first(certainty: Certainty, first: ScoredPassage, probability: float, retrieval: Retrieval, *, least: float) -> Certainty:
    """Return how sure an answer is, with what is known of its first passage: where the question before was answered, and how probable it is by itself."""
    before = retrieval.before
    if certainty is Certainty.UNCLEAR and before and first.record.passage_id == before.passage_id:
        certainty = Certainty.PROBABLE
    if certainty is Certainty.FOUND and probability < least:
        return Certainty.PROBABLE
    return Certainty.FOUND if retrieval.continues and certainty is Certainty.PROBABLE and probability >= least else certainty


def _of_keywords(certainty: Certainty, *, is_held: bool) -> Certainty:
    if not is_held:
        return Certainty.UNCLEAR
    return Certainty.FOUND if certainty is Certainty.FOUND else Certainty.PROBABLE


def _called(
    ordered: Sequence[ScoredPassage], probabilities: dict[int, float], calibration: Calibration, best: Relevance
) -> list[JudgedPassage]:
    """Return passages in this order with what each is called, none better than the one above it."""
    judged: list[JudgedPassage] = []
    score, relevance = 1.0, best
    for place, one in enumerate(ordered):
        score = min(score, probabilities[id(one)])
        relevance = min(relevance, calibration.in_words(score), key=_ORDER.index) if place else best
        judged.append(JudgedPassage(one, score, relevance))
    return judged


def _worth_showing(ranked: Sequence[ScoredPassage], question: str, kind_of: Callable[[str], Kind | None]) -> list[ScoredPassage]:
    if is_about_asking(question):
        return list(ranked)
    return [one for one in ranked if not (_is_head_of_set(one, kind_of) or _repeats_its_title(one.record.passage))] or list(
        ranked
    )


def _repeats_its_title(passage: Passage) -> bool:
    if passage.role not in {Role.PARAGRAPH, Role.INTRODUCTION} or len(passage.text) > MAX_TITLE:
        return False
    said = {term for term in terms_of(passage.text) if not term.isdigit()} - _SUBJECT_LINE
    return bool(said) and said <= set(terms_of(passage.context))


def _is_head_of_set(one: ScoredPassage, kind_of: Callable[[str], Kind | None]) -> bool:
    return one.record.passage.role is Role.INTRODUCTION and kind_of(one.record.document_id) in {Kind.ANSWERS, Kind.NOTICE}
