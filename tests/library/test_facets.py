from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.document import Kind, Metadata, Person
from qa.library import Catalogue, DocumentRecord, Order, open_library
from qa.library.catalogue import person_name
from qa.library.filters import DIMENSIONS, Filters
from tests.builders import catalogue_of, index, make_library, write_files
from tests.fake_embedder import FakeEmbedder

DATES = [None, "2022-05-16", "2023-01-01", "2023-12-31", "2024-06-28"]
PARTIES = ["PVV", "SP", "VVD"]
MINISTERS = ["Hermans", "E. van der Burg"]


def record(number: int, kind: Kind, date: str | None, parties: Sequence[str], ministers: Sequence[str]) -> DocumentRecord:
    metadata = Metadata(
        title=f"Onderwerp {number}",
        kind=kind,
        date=date,
        dossier="30573" if kind is Kind.LETTER else None,
        number="7",
        asked_by=tuple(Person(name=f"Lid{party}", affiliation=party) for party in parties),
        answered_by=tuple(Person(name=name, affiliation="Financiën") for name in ministers),
    )
    return DocumentRecord(f"{number:016x}", metadata, f"/bestanden/{number}.pdf", f"2026-01-01T00:00:{number:02}+00:00", 3)


records = st.lists(
    st.tuples(
        st.sampled_from(list(Kind)),
        st.sampled_from(DATES),
        st.lists(st.sampled_from(PARTIES), unique=True),
        st.lists(st.sampled_from(MINISTERS), unique=True),
    ),
    max_size=30,
).map(lambda rows: [record(number, *row) for number, row in enumerate(rows)])
some_filters = st.builds(
    Filters,
    kinds=st.lists(st.sampled_from(list(Kind)), unique=True, max_size=2).map(tuple),
    date_from=st.sampled_from(DATES[:3]),
    date_to=st.sampled_from([None, *DATES[3:]]),
    parties=st.lists(st.sampled_from([*PARTIES, "onbekend"]), unique=True, max_size=2).map(tuple),
    ministers=st.lists(st.sampled_from(["Hermans", "Van der Burg"]), unique=True, max_size=2).map(tuple),
)


def fits(found: DocumentRecord, filters: Filters) -> bool:
    """Worked out document by document, in the words of the definition."""
    metadata = found.metadata
    dated = metadata.date is not None and (filters.date_from or "") <= metadata.date <= (filters.date_to or "9999")
    return all(
        [
            not filters.kinds or metadata.kind in filters.kinds,
            not (filters.date_from or filters.date_to) or dated,
            not filters.parties or {person.affiliation for person in metadata.asked_by} & set(filters.parties),
            not filters.ministers or {person_name(person) for person in metadata.answered_by} & set(filters.ministers),
        ]
    )


@given(held=records, filters=some_filters)
def test_the_documents_that_match_are_those_that_fit_one_by_one(held: list[DocumentRecord], filters: Filters) -> None:
    expected = {found.document_id for found in held if fits(found, filters)}
    assert catalogue_of(held).documents_matching(filters) == expected


@given(held=records, filters=some_filters)
def test_a_count_is_the_number_of_documents_that_its_value_alone_would_leave(
    held: list[DocumentRecord], filters: Filters
) -> None:
    catalogue = catalogue_of(held)
    for dimension, counts in catalogue.facets(filters).counts.items():
        for count in counts:
            value = Kind(count.value) if dimension == "kinds" else count.value
            alone = replace(filters, **{dimension: ()}).joined(Filters(**{dimension: (value,)}))
            assert count.n_documents == len(catalogue.documents_matching(alone))


@given(held=records, filters=some_filters)
def test_the_parts_of_a_list_are_the_whole_list(held: list[DocumentRecord], filters: Filters) -> None:
    catalogue = catalogue_of(held)
    listed = [found for start in range(0, 30, 7) for found in catalogue.listing(filters, start=start, n_most=7).records]
    assert {found.document_id for found in listed} == catalogue.documents_matching(filters)
    assert len(listed) == catalogue.facets(filters).n_documents == catalogue.listing(filters).n_documents


@pytest.fixture
def catalogue() -> Catalogue:
    return catalogue_of(
        [
            record(1, Kind.LETTER, "2022-05-16", [], ["E. van der Burg"]),
            record(2, Kind.ANSWERS, "2024-06-28", ["SP", "PVV"], ["Van der Burg"]),
            record(3, Kind.OTHER, None, [], []),
        ]
    )


def listed(catalogue: Catalogue, words: str = "", order: Order = Order.NEWEST) -> list[str]:
    return [found.metadata.title for found in catalogue.listing(words=words, order=order).records]


def test_one_minister_has_one_name_whether_signing_or_answering(catalogue: Catalogue) -> None:
    assert catalogue.values("ministers") == ["Van der Burg"]


def test_a_document_without_a_date_is_in_no_period(catalogue: Catalogue) -> None:
    assert "0000000000000003" not in catalogue.documents_matching(Filters(date_from="0001-01-01"))


def test_the_newest_document_stands_first_and_one_without_date_last(catalogue: Catalogue) -> None:
    assert listed(catalogue) == ["Onderwerp 2", "Onderwerp 1", "Onderwerp 3"]


def test_the_last_indexed_can_stand_first(catalogue: Catalogue) -> None:
    assert listed(catalogue, order=Order.INDEXED) == ["Onderwerp 3", "Onderwerp 2", "Onderwerp 1"]


@pytest.mark.parametrize(
    "words", ["onderwerp 1", "ONDERWERP 30573", "kamerstuk 30 573", "burg 2022-05", "1.pdf"], ids=lambda words: words
)
def test_a_document_is_found_by_what_it_says_about_itself(catalogue: Catalogue, words: str) -> None:
    assert listed(catalogue, words) == ["Onderwerp 1"]


def test_a_chosen_value_of_no_document_keeps_its_place_with_a_count_of_nothing(catalogue: Catalogue) -> None:
    counts = catalogue.facets(Filters(parties=("XYZ",))).counts["parties"]
    assert [(count.value, count.n_documents) for count in counts] == [("PVV", 1), ("SP", 1), ("XYZ", 0)]


def test_an_empty_library_has_no_values() -> None:
    facets = catalogue_of(()).facets(Filters(kinds=(Kind.LETTER,)))
    assert (facets.n_documents, [count.n_documents for count in facets.counts["kinds"]]) == (0, [0])


def test_every_kind_of_filter_has_values_in_the_catalogue(catalogue: Catalogue) -> None:
    assert all(catalogue.values(dimension) for dimension in DIMENSIONS)


def test_a_library_says_what_was_added_since(tmp_path: Path, fake_embedder: FakeEmbedder) -> None:
    library = make_library(tmp_path, fake_embedder)
    n_before, before = len(library.catalogue()), library.catalogue()
    index(open_library(library.folder), fake_embedder, write_files(tmp_path / "more", {"zon.txt": "Er zijn zonnepanelen."}))
    assert (n_before, len(library.catalogue()), library.catalogue() is before) == (2, 3, False)


def test_the_nearest_passages_among_some_documents_are_those_of_brute_force(tmp_path: Path, fake_embedder: FakeEmbedder) -> None:
    library = make_library(tmp_path, fake_embedder)
    filters = Filters(parties=("ABC",))
    (chosen,) = library.catalogue().documents_matching(filters)
    stored = library.passages_of(chosen)
    query = fake_embedder.embed_queries(["hoeveel dijken zijn er in het noorden"]).vectors
    scores = fake_embedder.embed_passages([passage.passage.embedding_text for passage in stored]).vectors @ query[0]
    best = [stored[place].passage_id for place in np.lexsort(([passage.passage_id for passage in stored], -scores))[:2]]
    (found,) = library.search(query, (), n_nearest=2, n_by_words=0, filters=filters)
    assert [candidate.record.passage_id for candidate in found] == best
