"""A workbook under lock: the password opens it, nothing else does, and nothing shows from outside."""

import zipfile

import pytest

from pupil_desk.documents.files import locked_xlsx as module
from pupil_desk.documents.files.locked_xlsx import locked_xlsx, unlocked_xlsx
from tests.documents.files.test_xlsx_table import ABOUT, MADE, XlsxTable, xlsx_bytes

PASSWORD = "harbour-lantern-meadow-thistle"


def test_only_its_password_opens_it() -> None:
    book = xlsx_bytes([XlsxTable("Quillfeather", ["surname"], [("Quillfeather",)])], ABOUT, MADE)
    made = locked_xlsx(book, PASSWORD)
    assert made.startswith(b"\xd0\xcf\x11\xe0")
    assert b"EncryptedPackage".decode().encode("utf-16-le") in made
    assert b'hashAlgorithm="SHA512"' in made
    assert b'keyBits="256"' in made
    assert b'spinCount="100000"' in made
    for seen in ("Quillfeather", PASSWORD):
        assert seen.encode() not in made
        assert seen.encode("utf-16-le") not in made
    assert unlocked_xlsx(made, PASSWORD) == book
    with pytest.raises(PermissionError):
        unlocked_xlsx(made, "another")
    hurt = bytearray(made)
    hurt[6000] ^= 1
    with pytest.raises(PermissionError):
        unlocked_xlsx(bytes(hurt), PASSWORD)
    with pytest.raises(ValueError, match="without a lock"):
        unlocked_xlsx(book, PASSWORD)
    with pytest.raises(ValueError):
        unlocked_xlsx(made[:1500], PASSWORD)


@pytest.mark.parametrize(("data", "password"), [(b"no workbook", PASSWORD), (b"", ""), (b"", "Zoë"), (b"", "x" * 256)])
def test_what_cannot_be_locked(data: bytes, password: str) -> None:
    with pytest.raises(ValueError):
        locked_xlsx(data, password)


def test_a_lock_that_does_not_give_back_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "unlocked_xlsx", lambda *_given: b"other")
    monkeypatch.setattr(zipfile, "is_zipfile", lambda _file: True)
    with pytest.raises(ValueError, match="give back"):
        locked_xlsx(b"x" * 5000, PASSWORD)


def test_nothing_of_a_workbook_touches_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: object, **_how: object) -> None:
        raise AssertionError("a file for a while")

    for name in ("mkstemp", "mkdtemp", "TemporaryFile", "NamedTemporaryFile"):
        monkeypatch.setattr(f"tempfile.{name}", refuse)
    assert locked_xlsx(xlsx_bytes([XlsxTable("", ["a"], [("x",)] * 2000)], ABOUT, MADE), PASSWORD)
