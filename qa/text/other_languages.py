"""`is_other_language`: whether a text is in neither of the two languages that are understood here, Dutch and English."""

import re

_WORD = re.compile(r"[^\W_]+")
_OTHER_LANGUAGES = [
    frozenset(words.split())
    for words in (
        "le la les des du une est sont quel quelle quels quelles combien pourquoi comment qui que avec pour dans sur aux et ou bonjour merci ce cette ces il elle nous vous",
        (
            "der die das was und ist sind nicht ein eine wie viele wieviel wieviele warum welche welcher welches wer wann wo woher mit von zu zum zur auf aus bei für über den dem im am vom haben "
            "hat werden wird wurde wurden gibt es ich sie wir ihr uns danke guten kann können muss müssen darf dürfen sagt leben kein keine dass"
        ),
        "el los las una es son cuantos cuántos cuántas cuantas por qué que cómo como quién cuándo con para en sobre hola gracias del y hay está",
        "il lo gli una è sono quanti quante perché come chi quando con per nel sulla della ciao grazie che cosa di e",
        "o os as um uma é são quantos quantas porque como quem quando com para na no sobre olá obrigado que da do",
        "i w na z do jest są ile dlaczego jak kto kiedy dla nie czy się o dzień dobry dziękuję",
        "ve bir bu ne kaç neden kim için ile mi nedir merhaba teşekkürler",
    )
]  # fmt: skip
_HOME = frozenset(
    """de het een en van in op dat die is zijn niet met voor te er aan om ook als bij naar wat hoe hoeveel wie waarom welke worden wordt heeft hebben over
the a and of in on that is are not with for to there at as by what how many who why which does do has have about was were it""".split()
)


_FOREIGN_LETTERS = re.compile("[äößñ¿¡ğışçœæøåąęłńśźż]|ü(?!l)")
"""Letters that Dutch and English words hardly have."""


def is_other_language(text: str) -> bool:
    """Tell whether a text is in neither Dutch nor English, by its function words or its letters; short texts never are."""
    words = [word.casefold() for word in _WORD.findall(text)]
    letters = [letter for word in words for letter in word if letter.isalpha()]
    if letters and sum(letter > "\u024f" for letter in letters) > len(letters) / 2:
        return True
    if len(words) < 3:
        return False
    home = sum(word in _HOME for word in words)
    other = max(sum(word in known for word in words) for known in _OTHER_LANGUAGES)
    is_foreign = bool(_FOREIGN_LETTERS.search(text.casefold()))
    return other >= len(words) / 4 and ((other >= 3 and other > home) or (other == 2 and (not home or (is_foreign and home < 2))))
