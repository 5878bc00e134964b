"""The program's own files against their list, once after a start: what is said on This PC and on Home."""

import hashlib
from pathlib import Path

import pytest

from pupil_desk.basics.pc import installed
from pupil_desk.services.program import own_files


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed copy of eight files, not looked at yet."""
    lines = []
    for number in range(8):
        (tmp_path / f"part-{number}.dll").write_bytes(b"part")
        lines.append(f"{hashlib.sha256(b'part').hexdigest()}  part-{number}.dll\n")
    (tmp_path / installed.MANIFEST).write_text("".join(lines), encoding="utf-8")
    monkeypatch.setattr(installed, "program_folder", lambda: tmp_path)
    monkeypatch.setattr(own_files, "_compared", [])
    return tmp_path


def compare() -> None:
    own_files.compare(lambda _done, _of: None)


def test_from_its_source_there_is_no_list_and_that_is_said() -> None:
    assert not own_files.to_compare()
    compare()
    check = own_files.check()
    assert check.ok is None
    assert "runs from its source" in check.words
    assert not own_files.are_damaged()


def test_before_it_has_looked_nothing_is_said_to_be_fine(folder: Path) -> None:
    assert own_files.to_compare()
    assert own_files.check().ok is None
    assert not own_files.are_damaged()


def test_whole_files_are_fine_and_what_that_does_not_find_is_said(folder: Path) -> None:
    compare()
    check = own_files.check()
    assert check.ok
    assert "Each of the 8 files" in check.words
    assert "on purpose could change the list" in check.words
    assert not own_files.to_compare()


def test_a_file_that_is_not_as_it_came_is_named_with_what_to_do(folder: Path) -> None:
    (folder / "part-3.dll").write_bytes(b"parT")
    compare()
    check = own_files.check()
    assert check.ok is False
    assert check.words.startswith("part-3.dll was changed.")
    assert check.words.endswith("Install Pupil Desk again. The records are not touched by that.")
    assert own_files.are_damaged()


def test_of_many_the_first_are_named_and_the_rest_counted(folder: Path) -> None:
    for number in range(5):
        (folder / f"part-{number}.dll").unlink()
    compare()
    assert "part-2.dll is missing. And 2 more. Install" in own_files.check().words


def test_a_copy_whose_list_is_gone_is_not_taken_for_whole(folder: Path) -> None:
    (folder / installed.MANIFEST).unlink()
    compare()
    assert own_files.check().ok is False
    assert own_files.are_damaged()
    assert not own_files.to_compare()
