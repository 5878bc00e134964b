"""Papers of one act: all of them are there, or none, and nothing that was there is written over."""

import hashlib
from pathlib import Path

import pytest

from pupil_desk.basics.errors import CannotWrite
from pupil_desk.services.saving import Saving


def test_files_are_there_with_size_and_digest(tmp_path: Path) -> None:
    with Saving(tmp_path) as saving:
        saving.keep("notice", ".pdf", b"one")
        saving.keep("notice", ".pdf", b"another")
    assert [file.name for file in saving.files] == ["notice.pdf", "notice-copy-2.pdf"]
    for file in saving.files:
        data = (tmp_path / file.name).read_bytes()
        assert (file.bytes, file.sha256) == (len(data), hashlib.sha256(data).hexdigest())


def _fail_half_way(folder: Path) -> None:
    with Saving(folder) as saving:
        saving.keep("notice", ".pdf", b"one")
        saving.keep("form", ".pdf", b"two")
        raise ZeroDivisionError


def test_a_failure_takes_away_its_own_files_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "notice.pdf").write_bytes(b"was there")
    with pytest.raises(ZeroDivisionError):
        _fail_half_way(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"notice.pdf": b"was there"}


@pytest.mark.parametrize(("folder", "words"), [("gone", "is not there"), ("a-file", "is a file, not a folder")])
def test_where_nothing_can_be_written(tmp_path: Path, folder: str, words: str) -> None:
    (tmp_path / "a-file").write_bytes(b"")
    with pytest.raises(CannotWrite, match=words), Saving(tmp_path / folder) as saving:
        saving.keep("notice", ".pdf", b"one")
    assert [path.name for path in tmp_path.iterdir()] == ["a-file"]
