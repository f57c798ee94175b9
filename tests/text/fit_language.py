"""Fits the weights by which `qa.text.language` tells Dutch from English: `python -m tests.text.fit_language TEXTS.tsv [HELD_OUT.tsv]`.

Each line is `nl` or `en`, a tab and a text. Two to five words in a row of each text are learnt as a text too, since questions can be that short. Those that
the program comes with were fitted to 34,200 pairs of sentences in both languages (captions, everyday sentences, law, government pages) and 4,450 questions
written for this project.
"""

import random
import sys
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from qa.text.language import N_PLACES, WEIGHTS, language_of, places_of

STRENGTH = 0.3
LARGEST = 127


def main() -> None:
    texts = read(Path(sys.argv[1]))
    weights = fit([*texts, *parts_of(texts)])
    np.save(WEIGHTS, weights)
    for language, text in read(Path(sys.argv[2])) if len(sys.argv) > 2 else []:
        if language_of(text) != language:
            print(language, text, sep="\t")  # noqa: T201 - a program for the terminal


def read(path: Path) -> list[tuple[str, str]]:
    """Return language and text of every line."""
    lines = (line.split("\t", maxsplit=1) for line in path.read_text(encoding="utf-8").splitlines())
    return [(language, text) for language, text in lines]


def parts_of(texts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    choose, parts = random.Random(1), []  # noqa: S311 - nothing secret
    for language, text in texts:
        words = text.split()
        if len(words) > 4:
            n_words = choose.randint(2, 5)
            start = choose.randrange(len(words) - n_words + 1)
            parts.append((language, " ".join(words[start : start + n_words])))
    return parts


def fit(texts: list[tuple[str, str]]) -> np.ndarray:
    """Return the weights, `(N_PLACES + 1,)` int8."""
    places = [places_of(text) for _language, text in texts]
    borders, flat = np.cumsum([0, *map(len, places)]), np.concatenate([np.array(one, np.int64) for one in places])
    features = csr_matrix((np.ones(len(flat), np.float32), flat, borders), shape=(len(texts), N_PLACES))
    model = LogisticRegression(C=STRENGTH, max_iter=1000).fit(features, [language == "en" for language, _text in texts])
    weights = np.append(model.coef_[0], model.intercept_)
    return np.rint(weights / np.abs(weights).max() * LARGEST).astype(np.int8)


if __name__ == "__main__":
    main()
