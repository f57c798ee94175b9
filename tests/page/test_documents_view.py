from pathlib import Path

import gradio as gr
import pytest
from starlette.requests import Request

from qa.page.documents.view import build_documents_view
from tests.page.file_library import desk_over_files


def visitor(**state: object) -> gr.Request:
    return gr.Request(request=Request({"type": "http", "method": "POST", "headers": [], "state": state}))


@pytest.mark.parametrize(
    ("named", "n_removable", "said"),
    [
        (visitor(may_remove=False), 0, {"error": "Alleen wie daarvoor is aangewezen, kan documenten verwijderen."}),
        (visitor(may_remove=True), 4, {"said": "Verwijderd: Kamerbrief over de dijken"}),
        (visitor(), 4, {"said": "Verwijderd: Kamerbrief over de dijken"}),  # nobody signs in
    ],
    ids=["not a keeper", "a keeper", "anybody"],
)
def test_who_may_not_remove_documents_sees_no_button_and_is_refused(
    tmp_path: Path, named: gr.Request, n_removable: int, said: dict[str, str]
) -> None:
    desk = desk_over_files(tmp_path)
    view = build_documents_view(desk)
    assert view.draw_library(named, {"language": "nl"})["list"].count('class="remove"') == n_removable
    [letter] = desk.catalogue().listing(words="dijken").records
    assert view.remove_document(named, {"document_id": letter.document_id, "language": "nl"}) == said
    desk.close()
