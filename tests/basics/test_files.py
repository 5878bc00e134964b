"""A file is there whole, or not at all."""

import errno
import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from pupil_desk.basics import files
from pupil_desk.basics.errors import CannotWrite
from pupil_desk.basics.files import make_folder, pieces_of, sha256_of, write_pieces, write_whole


def test_written_and_read_back(tmp_path: Path) -> None:
    assert write_whole(tmp_path / "a.txt", b"text") == hashlib.sha256(b"text").hexdigest()
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_never_over_another(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"old")
    with pytest.raises(CannotWrite, match="already there"):
        write_whole(tmp_path / "a.txt", b"new")
    assert (tmp_path / "a.txt").read_bytes() == b"old"
    write_whole(tmp_path / "a.txt", b"new", replace=True)
    assert (tmp_path / "a.txt").read_bytes() == b"new"


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(part: Path, pieces: Iterable[bytes]) -> str:
        part.write_bytes(b"".join(pieces)[:2])
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(files, "_write_and_flush", full)
    with pytest.raises(CannotWrite, match="full"):
        write_whole(tmp_path / "a.txt", b"text")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.acceptance(46)
def test_a_medium_that_gives_back_other_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_write_and_flush", lambda part, pieces: str(part.write_bytes(b"".join(pieces) + b"!")))
    (tmp_path / "a.txt").write_bytes(b"old")
    with pytest.raises(CannotWrite, match="read back"):
        write_whole(tmp_path / "a.txt", b"text", replace=True)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.txt", b"old")]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="not there"):
        write_whole(tmp_path / "stick" / "a.txt", b"text")


def test_a_file_given_as_the_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(CannotWrite, match="is a file, not a folder"):
        write_whole(tmp_path / "file" / "a.txt", b"text")


def test_a_folder_on_no_disk_takes_no_files_and_is_not_said_to_be_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files.shutil, "disk_usage", lambda _folder: SimpleNamespace(total=0, used=0, free=0))
    with pytest.raises(CannotWrite, match="Files cannot be written in"):
        write_whole(tmp_path / "a.txt", b"text")


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(CannotWrite):
        make_folder(tmp_path / "file" / "below")


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """As on Windows; the waits are noted, in seconds, and not waited."""
    waited: list[float] = []
    monkeypatch.setattr(files, "_HELD_BY_SCANNERS", True)
    monkeypatch.setattr("pupil_desk.basics.files.time.sleep", waited.append)
    return waited


def held(times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A virus scanner holds the new file for so many tries to rename it."""
    rename, tries = os.replace, iter(range(times))

    def replace(part: Path, path: Path) -> None:
        if next(tries, None) is not None:
            raise PermissionError(errno.EACCES, "a sharing violation")
        rename(part, path)

    monkeypatch.setattr("pupil_desk.basics.files.os.replace", replace)


def test_a_file_held_by_a_virus_scanner_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waits: list[float]) -> None:
    held(10, monkeypatch)
    write_whole(tmp_path / "a.txt", b"text")
    assert waits == [0.1] * 10
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.txt", b"text")]


def test_a_file_held_for_longer_fails_with_the_old_one_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waits: list[float]) -> None:
    (tmp_path / "a.txt").write_bytes(b"old")
    held(11, monkeypatch)
    with pytest.raises(CannotWrite, match="virus scanner"):
        write_whole(tmp_path / "a.txt", b"new", replace=True)
    assert waits == [0.1] * 10
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.txt", b"old")]


def test_elsewhere_a_refusal_is_final(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waits: list[float]) -> None:
    monkeypatch.setattr(files, "_HELD_BY_SCANNERS", False)
    held(1, monkeypatch)
    with pytest.raises(CannotWrite, match="cannot be written"):
        write_whole(tmp_path / "a.txt", b"text")
    assert waits == []
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_pieces_is_the_same_file(tmp_path: Path) -> None:
    pieces = (b"one ", b"", b"two")
    assert write_pieces(tmp_path / "a.txt", iter(pieces), 7) == hashlib.sha256(b"one two").hexdigest() == sha256_of(tmp_path / "a.txt")
    assert b"".join(pieces_of(tmp_path / "a.txt")) == b"one two"


def test_pieces_that_end_early_leave_nothing(tmp_path: Path) -> None:
    def pulled() -> Iterator[bytes]:
        yield b"one"
        raise OSError(errno.EIO, "pulled out")

    with pytest.raises(CannotWrite, match="no longer be reached"):
        write_pieces(tmp_path / "a.txt", pulled(), 7)
    assert list(tmp_path.iterdir()) == []
