"""The locked ZIP: only its password opens it, nothing is told by its outside, and no byte of it can be changed."""

import io
import subprocess
import zipfile
from pathlib import Path

import pytest
import pyzipper

from pupil_desk.documents.files.locked_zip import locked_zip, unlocked

FILES = {"youth-support-2026-11-24-1005.csv": b"surname,forename\r\nO'Hanrahan,Saoirse\r\n" * 40}
PASSWORD = "abcd-efgh-jkmn-pqrs-tuvw-xyz2"


@pytest.fixture(scope="module")
def locked() -> bytes:
    return locked_zip(FILES, PASSWORD)


def test_the_password_opens_it(locked: bytes) -> None:
    assert unlocked(locked, PASSWORD) == FILES


@pytest.mark.acceptance(49)
@pytest.mark.parametrize("password", ["", PASSWORD[:-1], PASSWORD.upper()])
def test_another_password_does_not(locked: bytes, password: str) -> None:
    with pytest.raises(RuntimeError):
        unlocked(locked, password)


@pytest.mark.acceptance(49)
def test_its_outside_tells_nothing(locked: bytes) -> None:
    with pyzipper.AESZipFile(io.BytesIO(locked)) as archive:
        (member,) = archive.infolist()
    assert member.filename == "data.zip"
    assert member.date_time == (1980, 1, 1, 0, 0, 0)
    assert (member.wz_aes_strength, member.comment, archive.comment) == (3, b"", b"")
    for told in (b"youth", b".csv", b"Hanrahan", b"surname"):
        assert told not in locked


@pytest.mark.acceptance(49)
def test_one_flipped_byte_is_refused(locked: bytes) -> None:
    """Of what is under the lock: the salt and check, the data, the seal behind it."""
    with zipfile.ZipFile(io.BytesIO(locked)) as archive:
        member = archive.infolist()[0]
    start = 30 + len(member.filename) + int.from_bytes(locked[28:30], "little")
    for at in {
        *range(start, start + 30),
        *range(start + 30, start + member.compress_size - 12, 37),
        *range(start + member.compress_size - 12, start + member.compress_size),
    }:
        damaged = bytearray(locked)
        damaged[at] ^= 1
        with pytest.raises((RuntimeError, pyzipper.BadZipFile)):
            unlocked(bytes(damaged), PASSWORD)


def test_no_two_are_alike() -> None:
    assert locked_zip(FILES, PASSWORD) != locked_zip(FILES, PASSWORD)


@pytest.mark.acceptance(49)
@pytest.mark.needs("7z")
def test_the_receivers_program_opens_it(locked: bytes, tmp_path: Path) -> None:
    (tmp_path / "export.zip").write_bytes(locked)
    subprocess.run(["7z", "x", f"-p{PASSWORD}", "export.zip"], cwd=tmp_path, check=True, capture_output=True)
    with zipfile.ZipFile(tmp_path / "data.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == FILES
    wrong = subprocess.run(["7z", "t", "-pwrong", "export.zip"], cwd=tmp_path, capture_output=True)
    assert wrong.returncode != 0


@pytest.mark.parametrize(
    "inside", [{}, {"a.csv": b"12"}, {"a.csv": b"1234"}, {"a.csv": b"124"}, {"a.csv": b"123", "b.csv": b""}, {"b.csv": b"123"}]
)
def test_a_lock_that_gives_back_anything_else_is_no_lock(inside: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    other = locked_zip(inside, PASSWORD)
    monkeypatch.setattr("pupil_desk.documents.files.locked_zip._plain_zip", lambda _files: _inner(other))
    with pytest.raises(ValueError, match="does not give back"):
        locked_zip({"a.csv": b"123"}, PASSWORD)


def _inner(data: bytes) -> bytes:
    with pyzipper.AESZipFile(io.BytesIO(data)) as archive:
        archive.setpassword(PASSWORD.encode())
        return bytes(archive.read("data.zip"))
