from qa.text.reading_help import explained


def test_words_are_explained_but_names_are_not_and_the_pieces_are_the_text() -> None:
    text = "Landen informeren de Kamer. “Landen” van de Minister voor Buitenlandse Handel: raamwerk."
    pieces = list(explained(text))
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.text for piece in pieces if piece.meaning] == ["Landen", "informeren", "Landen", "raamwerk"]
