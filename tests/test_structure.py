from qa.structure import Block, BlockKind, Cell, Structure, Table

TEXT = "Meldingen\n\nRegio | 2021 | 2022\n\nNoord | Friesland | 12 | 15\n\nGroningen | 3\n\nTotaal | 15 | 15"


def cell(text: str, column: int, n_columns: int = 1, n_rows: int = 1, *, after: int = 0) -> Cell:
    start = TEXT.index(text, after)
    return Cell(start, start + len(text), column, n_columns, n_rows)


TABLE = Table(
    n_header_rows=1,
    n_header_columns=1,
    rows=(
        (cell("Regio", 0, 2), cell("2021", 2), cell("2022", 3)),
        (cell("Noord", 0, 1, 2), cell("Friesland", 1), cell("12", 2), cell("15", 3)),
        (cell("Groningen", 1), cell("3", 2), Cell(72, 72, 3)),
        (cell("Totaal", 0, 2), cell("15", 2, after=77), cell("15", 3, after=85)),
    ),
)


def text(cells: list[Cell] | tuple[Cell, ...]) -> list[str]:
    return [TEXT[one.start : one.end] for one in cells]


def test_a_structure_is_read_as_it_was_kept() -> None:
    structure = Structure(blocks=(Block(0, 9, BlockKind.HEADING, 2),), tables=(TABLE,))
    assert Structure.from_json(structure.to_json()) == structure


def test_a_row_is_found_by_any_of_its_characters_and_not_by_what_stands_between() -> None:
    start = TEXT.index("Groningen")
    assert [TABLE.row_at(start + n) for n in (-2, 0, 12, 13)] == [None, 2, 2, None]


def test_a_cell_reaches_over_the_rows_that_it_takes() -> None:
    assert text(TABLE.reaching[2]) == ["Noord", "Groningen", "3", ""]


def test_a_merged_head_stands_over_all_its_columns() -> None:
    assert [text(TABLE.heads_of(column)) for column in range(4)] == [["Regio"], ["Regio"], ["2021"], ["2022"]]


def test_only_tables_with_text_between_two_places_are_given() -> None:
    structure = Structure(tables=(TABLE, TABLE.shifted(100)))
    assert [list(structure.tables_between(*span)) for span in ((0, 11), (60, 111), (60, 112))] == [
        [],
        [TABLE],
        [*structure.tables],
    ]
