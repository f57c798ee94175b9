import pytest

from qa.document import Kind, Metadata
from qa.parliament.formal_reference import formal_reference
from qa.parliament.references import find_references
from qa.passage import Role

ANSWERS = Metadata(title="Vragen", kind=Kind.ANSWERS, official_id="ah-tk-20232024-878", session="2023-2024", number="878")


def paper(dossier: str, number: str, session: str | None = "2021-2022") -> Metadata:
    return Metadata(title="Brief", kind=Kind.LETTER, session=session, dossier=dossier, number=number)


@pytest.mark.parametrize(
    ("role", "numbers", "reference"),
    [
        (Role.ANSWER, (3,), "Aanhangsel Handelingen II 2023/24, nr. 878, antwoord 3"),
        (Role.ANSWER, (5, 6), "Aanhangsel Handelingen II 2023/24, nr. 878, antwoord 5 en 6"),
        (Role.ANSWER, (4, 5, 6, 7), "Aanhangsel Handelingen II 2023/24, nr. 878, antwoord 4, 5, 6 en 7"),
        (Role.QUESTION, (3,), "Aanhangsel Handelingen II 2023/24, nr. 878, vraag 3"),
        (Role.FOOTNOTE, (2,), "Aanhangsel Handelingen II 2023/24, nr. 878, voetnoot 2"),
        (Role.INTRODUCTION, (), "Aanhangsel Handelingen II 2023/24, nr. 878"),
        (Role.NOTICE, (), "Aanhangsel Handelingen II 2023/24, nr. 878"),
    ],
)
def test_a_passage_of_answers_is_cited_by_its_numbers(role: Role, numbers: tuple[int, ...], reference: str) -> None:
    assert formal_reference(ANSWERS, role, numbers) == reference


@pytest.mark.parametrize(
    ("metadata", "reference"),
    [
        (paper("30573", "185"), "Kamerstukken II 2021/22, 30 573, nr. 185"),
        (paper("36410-IV", "15", "2023-2024"), "Kamerstukken II 2023/24, 36 410 IV, nr. 15"),
        (paper("21501-02", "2498"), "Kamerstukken II 2021/22, 21 501-02, nr. 2498"),
        (paper("35925", "E"), "Kamerstukken I 2021/22, 35 925, E"),
        (paper("26824", "A", "1999-2000"), "Kamerstuk 26 824, A"),
        (paper("30573", "185", None), "Kamerstuk 30 573, nr. 185"),
        (Metadata(title="Brief", kind=Kind.LETTER, official_id="kst-30573-185"), "Kamerstuk 30 573, nr. 185"),
    ],
)
def test_a_paper_is_cited_by_dossier_and_number(metadata: Metadata, reference: str) -> None:
    assert formal_reference(metadata, Role.PARAGRAPH, ()) == reference


@pytest.mark.parametrize("official_id", [None, "kv-tk-2021Z03234"])
def test_what_has_no_formal_reference_gets_none(official_id: str | None) -> None:
    metadata = Metadata(title="Vragen", kind=Kind.ANSWERS, official_id=official_id, date="2022-05-16")
    assert formal_reference(metadata, Role.ANSWER, (3,)) is None


@pytest.mark.parametrize(
    ("metadata", "identifier"),
    [(ANSWERS, "ah-tk-20232024-878"), (paper("36410-IV", "15"), "kst-36410-IV-15"), (paper("35925", "E"), "kst-35925-E")],
)
def test_a_formal_reference_is_found_again_as_a_reference(metadata: Metadata, identifier: str) -> None:
    formal = formal_reference(metadata, Role.PARAGRAPH, ())
    assert [found.identifier for found in find_references(formal or "")] == [identifier]
