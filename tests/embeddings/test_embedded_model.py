"""Unpacking of the embedded model: whole or not at all, whatever stood there before."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from embeddings import ModelError
from embeddings.embedded_model import (
    LAYOUT,
    MANIFEST,
    _put_in_place,
    default_folder,
    ensure_embedded_model,
    is_whole,
    recorded_sha256,
)

FILES = {"config.json": b"{}", "model.safetensors": b"weights" * 10, "1_Pooling/config.json": b"[]"}

UNPACK = "import sys, pathlib; from embeddings.embedded_model import ensure_embedded_model as e; e(pathlib.Path(sys.argv[1]))"


def write_folder(folder: Path) -> Path:
    """Write a small folder with a manifest such as the unpacked model has."""
    for name, content in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    checksums = {name: hashlib.sha256(content).hexdigest() for name, content in FILES.items()}
    (folder / MANIFEST).write_text(json.dumps({"layout": LAYOUT, "sha256": checksums}))
    return folder


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def truncate_weights(folder: Path) -> None:
    (folder / "model.safetensors").write_bytes(FILES["model.safetensors"][:-1])


def remove_a_file(folder: Path) -> None:
    (folder / "config.json").unlink()


def remove_manifest(folder: Path) -> None:
    (folder / MANIFEST).unlink()


def edit_a_byte(folder: Path) -> None:
    (folder / "1_Pooling" / "config.json").write_bytes(b"{}")


def truncate_manifest(folder: Path) -> None:
    (folder / MANIFEST).write_bytes((folder / MANIFEST).read_bytes()[:40])


def raise_layout(folder: Path) -> None:
    manifest = json.loads((folder / MANIFEST).read_text())
    (folder / MANIFEST).write_text(json.dumps({**manifest, "layout": LAYOUT + 1}))


def write_a_list_for_a_manifest(folder: Path) -> None:
    (folder / MANIFEST).write_text("[]")


def empty_manifest(folder: Path) -> None:
    (folder / MANIFEST).write_text("")


def write_bytes_for_a_manifest(folder: Path) -> None:
    (folder / MANIFEST).write_bytes(b"\xff\xfe\x00")


def test_an_untouched_folder_is_whole(tmp_path: Path) -> None:
    assert is_whole(write_folder(tmp_path))


@pytest.mark.parametrize(
    "damage",
    [
        truncate_weights,
        remove_a_file,
        remove_manifest,
        edit_a_byte,
        truncate_manifest,
        raise_layout,
        write_a_list_for_a_manifest,
        empty_manifest,
        write_bytes_for_a_manifest,
    ],
)
def test_a_damaged_folder_is_not_whole(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    damage(write_folder(tmp_path))
    assert not is_whole(tmp_path)


def test_a_folder_that_does_not_exist_is_not_whole(tmp_path: Path) -> None:
    assert not is_whole(tmp_path / "nowhere")


def test_a_file_is_not_a_whole_folder(tmp_path: Path) -> None:
    (tmp_path / "model").write_text("")
    assert not is_whole(tmp_path / "model")


def test_recorded_checksum_is_the_files(tmp_path: Path) -> None:
    expected = hashlib.sha256(FILES["model.safetensors"]).hexdigest()
    assert recorded_sha256(write_folder(tmp_path), "model.safetensors") == expected


def test_the_model_lives_in_the_users_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_folder().is_relative_to(tmp_path) or sys.platform != "linux"


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    folder = tmp_path / "file" / "model"
    with pytest.raises(ModelError) as caught:
        ensure_embedded_model(folder)
    assert str(folder) in str(caught.value)


def test_a_whole_folder_is_left_alone(tmp_path: Path) -> None:
    reports: list[str] = []
    ensure_embedded_model(write_folder(tmp_path), report=reports.append)
    assert reports == []


def put_two_drafts_in_place_at_once(folder: Path) -> list[str]:
    """Put two whole drafts in the place of a damaged folder, at the same moment, and return what went wrong."""
    remove_manifest(write_folder(folder))
    errors: list[str] = []
    ready = threading.Barrier(2)

    def put(draft: Path) -> None:
        ready.wait()
        try:
            _put_in_place(draft, folder)
        except OSError as error:
            errors.append(str(error))

    drafts = [write_folder(folder.with_name(f"draft-{number}")) for number in range(2)]
    threads = [threading.Thread(target=put, args=(draft,)) for draft in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def test_two_that_mend_a_damaged_folder_at_once_both_succeed(tmp_path: Path) -> None:
    assert [error for n in range(25) for error in put_two_drafts_in_place_at_once(tmp_path / str(n) / "model")] == []


def test_two_that_mend_a_damaged_folder_at_once_leave_it_whole(tmp_path: Path) -> None:
    folders = [tmp_path / str(n) / "model" for n in range(25)]
    for folder in folders:
        put_two_drafts_in_place_at_once(folder)
    assert all(map(is_whole, folders))


def test_two_that_mend_a_damaged_folder_at_once_leave_no_hidden_folder(tmp_path: Path) -> None:
    for n in range(25):
        put_two_drafts_in_place_at_once(tmp_path / str(n) / "model")
    assert list(tmp_path.glob("*/.*")) == []


@pytest.fixture(scope="module")
def made_at_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[int], Path]:
    """The exit statuses of two processes that unpacked to one folder at the same time, and the folder."""
    folder = tmp_path_factory.mktemp("cache") / "model"
    processes = [subprocess.Popen([sys.executable, "-c", UNPACK, str(folder)]) for _ in range(2)]
    return [process.wait(timeout=120) for process in processes], folder


@pytest.fixture
def unpacked(made_at_once: tuple[list[int], Path], tmp_path: Path) -> Path:
    """A copy of the unpacked model that a test may damage; its files are links, to be replaced and not written to."""
    return shutil.copytree(made_at_once[1], tmp_path / "models" / "model", copy_function=os.link)


@pytest.mark.model
def test_two_processes_that_unpack_at_once_both_succeed(made_at_once: tuple[list[int], Path]) -> None:
    assert made_at_once[0] == [0, 0]


@pytest.mark.model
def test_two_processes_that_unpack_at_once_leave_a_whole_folder(made_at_once: tuple[list[int], Path]) -> None:
    assert is_whole(made_at_once[1])


@pytest.mark.model
def test_two_processes_that_unpack_at_once_leave_no_drafts(made_at_once: tuple[list[int], Path]) -> None:
    assert names_in(made_at_once[1].parent) == ["model"]


@pytest.mark.model
@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json", MANIFEST])
def test_a_model_without_one_of_its_files_is_not_whole(unpacked: Path, name: str) -> None:
    (unpacked / name).unlink()
    assert not is_whole(unpacked)


@pytest.mark.model
def test_a_damaged_model_is_made_again_and_nothing_else_is_left(unpacked: Path) -> None:
    whole = (unpacked / "model.safetensors").read_bytes()
    (unpacked / "model.safetensors").unlink()
    (unpacked / "model.safetensors").write_bytes(whole[: len(whole) // 2])
    ensure_embedded_model(unpacked)
    assert (is_whole(unpacked), names_in(unpacked.parent)) == (True, ["model"])


@pytest.mark.model
def test_a_model_that_another_process_finishes_first_is_left_whole(unpacked: Path) -> None:
    ready = unpacked.rename(unpacked.with_name("ready"))

    def finish_first(report: str) -> None:
        if "checksums" in report:
            ready.rename(unpacked)

    ensure_embedded_model(unpacked, report=finish_first)
    assert (is_whole(unpacked), names_in(unpacked.parent)) == (True, ["model"])


@pytest.mark.model
def test_unpacking_says_where_the_model_goes(tmp_path: Path) -> None:
    reports: list[str] = []

    def stop(report: str) -> None:
        reports.append(report)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ensure_embedded_model(tmp_path / "model", report=stop)
    assert str(tmp_path / "model") in reports[0]


@pytest.mark.model
def test_unpacking_that_is_interrupted_leaves_nothing(tmp_path: Path) -> None:
    def stop(report: str) -> None:
        if "weights" in report:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ensure_embedded_model(tmp_path / "model", report=stop)
    assert list(tmp_path.iterdir()) == []
