"""The entry point of the page: `python app.py` serves it on http://127.0.0.1:7860, and takes the options of `bronvraag serve`.

A library that holds nothing yet is first filled with the documents in `seeds/`.
"""

import sys
from pathlib import Path

from qa.cli import main

SEEDS = Path(__file__).parent / "seeds"

if __name__ == "__main__":
    main(["serve", "--first-index", str(SEEDS), *sys.argv[1:]])
