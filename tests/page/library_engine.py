"""A real library of small documents with the fake embedder, served for the tests of filters, documents and uploads.

Run as a program with a folder it serves the page on a free port and prints the address; `--read-only` as in `bronvraag serve`, `--many` with 130 documents.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qa.answering import Answerer
from qa.desk import Desk
from qa.exceptions import BronvraagError
from qa.indexing import Indexer
from qa.intake import Intake
from qa.intake.uploads import UploadLimits
from qa.library import create_library, library_exists, open_library
from qa.workspace import Workspace
from tests.calibrations import calibration
from tests.fake_embedder import FakeEmbedder

MAX_FILE_BYTES = 200_000
HOSTILE_TITLE = (
    '<img src=x onerror="window.__xss=1"> ${window.__xss=2} {{window.__xss=3}} [klik](javascript:window.__xss=4) \u202eomgekeerd'
)
_FILLER = "Het kabinet voert daarover overleg met gemeenten en informeert de Kamer wanneer er meer bekend is. " * 3


def answers(member: str, party: str, minister: str, subject: str, year: int, answer: str) -> str:
    """Return a set of written questions with one answer."""
    return f"""Vragen van het lid {member} ({party}) aan de Minister van Financiën over {subject} (ingezonden 1 maart {year}).

Antwoord van Minister {minister} (Financiën) (ontvangen 4 april {year}).

Vraag 1
Hoe staat het met {subject}?

Antwoord 1
{answer} {_FILLER}
"""


def letter(subject: str, text: str) -> str:
    """Return a letter to parliament."""
    return f"""Met deze brief informeer ik uw Kamer over {subject}.

{text} {_FILLER}

De Minister van Infrastructuur en Waterstaat,
J. Jansen
"""


FILES = {
    "fietspaden.txt": answers("De Vries", "ABC", "Heinen", "fietspaden", 2023, "Er zijn negentig fietspaden in het noorden."),
    "huizen.txt": answers("Keijzer", "BBB", "Hermans", "huizen", 2024, "Er zijn tachtig huizen gebouwd in het zuiden."),
    "dijken.txt": letter("de dijken", "De dijken zijn versterkt met drie miljoen euro."),
    "gevaar.txt": answers(
        "Gevaar", "<b onclick=window.__xss=5>P</b>", "Heinen", HOSTILE_TITLE, 2024, "Er is gevaar voor fietspaden."
    ),
}


def make_workspace(folder: Path, *, n_more: int = 0) -> Workspace:
    """Return a workspace over a library in the folder; made of the files above and more, if there is none yet."""
    library_folder, embedder = folder / "library", FakeEmbedder()
    if library_exists(library_folder):
        return Workspace(open_library(library_folder), embedder)
    files = folder / "files"
    files.mkdir()
    more = {f"meer-{number}.txt": letter(f"onderwerp {number}", f"Dit is brief {number}.") for number in range(n_more)}
    for name, text in (FILES | more).items():
        (files / name).write_text(text, encoding="utf-8")
    library = create_library(library_folder, embedder.identity)
    Indexer(library, embedder).index([files])
    return Workspace(library, embedder)


@contextmanager
def library_server(folder: Path, *options: str) -> Iterator[str]:
    """Serve the library in a folder from a process of its own; give the address of the page."""
    command = [sys.executable, "-m", "tests.page.library_engine", str(folder), *options]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stderr is not None
            url = process.stdout.readline().strip()
            assert url, process.stderr.read()
            yield url
        finally:
            process.terminate()
            process.communicate(timeout=60)


def _say(url: str) -> None:
    sys.stdout.write(f"{url}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    from qa.server.serving import serve

    options = sys.argv[2:]
    workspace = make_workspace(Path(sys.argv[1]), n_more=126 if "--many" in options else 0)
    limits = UploadLimits(max_file_bytes=MAX_FILE_BYTES)
    intake = (
        None
        if "--read-only" in options
        else Intake(workspace.library, Indexer(workspace.library, workspace.embedder), limits=limits)
    )
    answerer = Answerer(workspace.library, workspace.embedder, calibration=calibration(refusal=0.05))
    engine = Desk(workspace.library, answerer, intake=intake)
    try:
        serve(engine, host="127.0.0.1", port=next((int(option) for option in options if option.isdigit()), 0), on_ready=_say)
    except BronvraagError as error:
        sys.exit(str(error))
