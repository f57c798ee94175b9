"""A small real library of files with the fake embedder, for the tests of filters, documents and uploads."""

from pathlib import Path

from qa.answering import Answerer
from qa.desk import Desk
from qa.indexing import Indexer
from qa.intake import Intake
from qa.intake.uploads import UploadLimits
from qa.library import create_library, library_exists, open_library
from qa.readers import read
from qa.segmenter import segment
from tests.builders import write_files
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


def desk_over_files(folder: Path, *, n_more: int = 0, read_only: bool = False) -> Desk:
    """Return a desk over a library in the folder; made of the files above and more, if there is none yet."""
    embedder, library_folder, files = FakeEmbedder(), folder / "library", folder / "files"
    if library_exists(library_folder):
        library = open_library(library_folder)
    else:
        library = create_library(library_folder, embedder.identity)
        more = {f"meer-{number}.txt": letter(f"onderwerp {number}", f"Dit is brief {number}.") for number in range(n_more)}
        paths = [write_files(files, {name: text}) / name for name, text in (FILES | more).items()]
        documents = [read(path) for path in paths]
        Indexer(library, embedder).add([(document, segment(document)) for document in documents])
    intake = Intake(library, Indexer(library, embedder), limits=UploadLimits(max_file_bytes=MAX_FILE_BYTES))
    answerer = Answerer(library, embedder, calibration=calibration(refusal=0.05))
    return Desk(library, answerer, intake=None if read_only else intake)
