from qa.measuring import judge
from tests.measuring.outcomes import answer, answered, citation, found, labelled, refused

WRONG = citation(1, "Iets anders.", "Iets anders.")
RIGHT = citation(2, "Het kost drie miljoen euro. Dat is veel.", "Het kost drie miljoen euro.")
RIGHT_BUT_QUOTED_ELSEWHERE = citation(1, "Het kost drie miljoen euro. Dat is veel.", "Dat is veel.")


def test_the_rank_is_that_of_the_first_passage_with_the_evidence() -> None:
    assert judge(labelled(), answer(WRONG, RIGHT)).rank == 2


def test_without_the_evidence_there_is_no_rank() -> None:
    assert judge(labelled(), answer(WRONG)).rank is None


def test_any_one_of_the_evidence_texts_is_enough() -> None:
    assert judge(labelled(evidence=("vier miljoen", "drie miljoen")), answer(RIGHT)).rank == 2


def test_line_breaks_in_the_evidence_do_not_count() -> None:
    assert judge(labelled(evidence=("drie\n  miljoen",)), answer(RIGHT)).rank == 2


def test_a_quote_elsewhere_in_the_right_passage_is_no_quote_hit() -> None:
    outcome = judge(labelled(), answer(RIGHT_BUT_QUOTED_ELSEWHERE))
    assert (outcome.rank, outcome.quote_hit) == (1, False)


def test_a_quote_with_the_evidence_in_the_fourth_place_is_no_quote_hit() -> None:
    outcome = judge(labelled(), answer(WRONG, citation(4, RIGHT.passage, RIGHT.quote)))
    assert (outcome.rank, outcome.quote_hit) == (4, False)


def test_the_first_citation_is_remembered_by_its_formal_reference() -> None:
    outcome = judge(labelled(), answer(citation(1, "Iets.", "Iets.", official_id="ah-tk-20232024-878")))
    assert outcome.first
    assert outcome.first.reference == "Aanhangsel Handelingen II 2023/24, nr. 878"


def test_a_citation_without_formal_reference_is_remembered_by_its_title() -> None:
    first = judge(labelled(), answer(WRONG)).first
    assert first
    assert first.reference == "Brief over dijken"


def test_a_refused_question_has_no_first_citation() -> None:
    assert judge(labelled(), answer()).first is None


def test_a_question_is_right_when_the_first_citation_is_a_hit() -> None:
    assert [found(rank).is_right for rank in (1, 2, None)] == [True, False, False]


def test_an_unanswerable_question_is_right_when_refused() -> None:
    assert (refused(answerable=False).is_right, answered().is_right, refused(answerable=True).is_right) == (True, False, False)
