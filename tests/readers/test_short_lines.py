"""Files of nothing but short lines: none of their lines is lost, whatever kind of file they stand in."""

from pathlib import Path

import pytest

from qa.readers import read
from qa.segmenter import n_words_outside, segment
from tests.readers.files import docx, html, odt, paragraph, table

FILES: dict[str, bytes] = {
    "bedragen.docx": docx(
        table(("Jaar", "Ponten", "Bedrag"), ("2041", "3", "12 miljoen euro"), ("2042", "4", "15 miljoen euro"))
    ),
    "bedragen.html": html("<table><tr><th>Jaar<th>Ponten<tr><td>2041<td>3<tr><td>2042<td>4</table>"),
    "lijst.html": html("<h1>Bruggen</h1><ul><li>Eelderbrug: open<li>Lage Brug: dicht</ul>"),
    "lijst.md": b"# Bruggen\n\n- Eelderbrug: open\n- Lage Brug: dicht\n",
    "lijst.odt": odt("<text:list><text:list-item><text:p>Eelderbrug: open</text:p></text:list-item></text:list>"),
    "besluiten.docx": docx(
        paragraph("Punt 1: Bruggeld"), paragraph("Besluit: akkoord"), paragraph("Punt 2: Sluisgeld"), paragraph("Besluit: nee")
    ),
    "besluiten.txt": b"Lijst van besluiten\n\nPunt 1: Bruggeld\n\nBesluit: akkoord\n\nPunt 2: Sluisgeld\n\nBesluit: aangehouden\n",
    "agenda.txt": b"Agenda\n\n1. Opening\n\n2. Notulen\n\n3. Rondvraag\n",
    "koppen.docx": docx(
        paragraph("Bruggen", style="Kop1"), paragraph("Sluizen", style="Kop1"), paragraph("Ponten", style="Kop2")
    ),
    "regel.txt": b"De pont van Oeverdam vaart niet op 3 mei 2041",
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_short_lines_has_passages_that_hold_all_its_words(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(FILES[name])
    document = read(tmp_path / name)
    passages = segment(document)
    assert (bool(passages), n_words_outside(document, passages)) == (True, 0)
