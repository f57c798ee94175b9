import pytest

from qa.text.language import language_of


@pytest.mark.parametrize(
    "text",
    [
        "Hoeveel vreemdelingen verblijven onrechtmatig in Nederland?",
        "Wat is het IMRF?",
        "Wanneer is het VN-migratiepact aangenomen en door wie?",
        "IMRF migratieforum waar en wanneer",
        "En daarna?",
        "Wie tekende de brief?",
        "Wat zegt de minister over the Global Compact on Migration?",
        "hoeveel doelen",
        "overtreding",
        "begroting onderwijs",
    ],
)
def test_dutch_is_recognised(text: str) -> None:
    assert language_of(text) == "nl"


@pytest.mark.parametrize(
    "text",
    [
        "How many people stay in the Netherlands without a right to do so?",
        "What is the IMRF?",
        "When was the Global Compact adopted?",
        "Who signed the letter?",
        "And what about voluntary return?",
        "What did the Staatssecretaris say about terugkeer?",
        "How many goals does it have",
        "hydrogen subsidies",
        "nitrogen",
    ],
)
def test_english_is_recognised(text: str) -> None:
    assert language_of(text) == "en"


@pytest.mark.parametrize("text", ["", " ", "?", "123", "2018"])
def test_where_nothing_tells_the_language_is_dutch(text: str) -> None:
    assert language_of(text) == "nl"


@pytest.mark.parametrize("text", ["Wo wohnt der Minister?", "Où habite le ministre ?"])
def test_another_language_is_one_of_the_two(text: str) -> None:
    assert language_of(text) in {"nl", "en"}
