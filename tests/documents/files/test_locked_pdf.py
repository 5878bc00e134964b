"""The locked PDF: only its password opens it, nothing is told by its outside, and who opens it can hear it read."""

import io
import subprocess
from pathlib import Path

import pikepdf
import pytest

from pupil_desk.documents.blocks import Block, Heading, Para
from pupil_desk.documents.files import locked_pdf as locking
from pupil_desk.documents.files.locked_pdf import locked_pdf, unlocked_pdf
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.documents.reading.read_back import read_pdf
from tests.documents.checking import assert_accessible

PASSWORD = "harbour-tulip-engine-seven"


@pytest.fixture(scope="module")
def plain() -> bytes:
    story = [Heading(1, "A copy of what we hold"), Para("Zoë Okonkwo-Nguyễn was here for two terms.")]
    return build_pdf(story, title="Zoë’s copy", subject="For Zoë only")


@pytest.fixture(scope="module")
def locked(plain: bytes) -> bytes:
    return locked_pdf(plain, PASSWORD)


def test_the_password_opens_it_and_it_says_the_same(plain: bytes, locked: bytes) -> None:
    assert read_pdf(unlocked_pdf(locked, PASSWORD)) == read_pdf(plain)


@pytest.mark.parametrize("password", ["", PASSWORD[:-1], PASSWORD.upper()])
def test_another_password_does_not(locked: bytes, password: str) -> None:
    with pytest.raises(PermissionError):
        unlocked_pdf(locked, password)
    with pytest.raises(ValueError, match=r"[Pp]assword"):
        read_pdf(locked)


def test_its_lock_is_aes_256_and_covers_the_description_of_the_file(locked: bytes) -> None:
    with pikepdf.open(io.BytesIO(locked), password=PASSWORD) as pdf:
        lock = pdf.encryption
        assert (lock.R, lock.bits, lock.stream_method.name, lock.string_method.name) == (6, 256, "aesv3", "aesv3")
        assert bool(pdf.trailer.Encrypt.get("/EncryptMetadata", True)) is True
    for told in (b"copy", b"Okonkwo", b"Pupil Desk", b"xmpmeta", b"en-GB"):
        assert told not in locked


def test_who_opens_it_may_hear_read_copy_and_print_but_not_change_it(locked: bytes) -> None:
    with pikepdf.open(io.BytesIO(locked), password=PASSWORD) as pdf:
        allowed = pdf.allow
        assert not pdf.owner_password_matched
    assert allowed.accessibility
    assert allowed.extract
    assert allowed.print_highres
    changes = (allowed.modify_other, allowed.modify_annotation, allowed.modify_assembly, allowed.modify_form)
    assert not any(changes)


def test_no_two_are_alike(plain: bytes) -> None:
    assert locked_pdf(plain, PASSWORD) != locked_pdf(plain, PASSWORD)


@pytest.mark.parametrize("password", ["", "pässword", "two\nlines", "x" * 128])
def test_a_password_that_a_reader_may_not_take_is_refused(plain: bytes, password: str) -> None:
    with pytest.raises(ValueError, match="password"):
        locked_pdf(plain, password)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\nnothing", b"PK\x03\x04"])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        locked_pdf(data, PASSWORD)


def test_a_file_of_another_program_is_refused_and_a_damaged_one(plain: bytes) -> None:
    other = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain)) as pdf:
        pdf.save(other)
    for data in (other.getvalue(), plain.replace(b"endobj", b"endoby", 1).replace(b" 0 obj", b" 0 obk", 1)):
        with pytest.raises(ValueError, match="PDF"):
            locked_pdf(data, PASSWORD)


def test_a_lock_that_gives_something_else_back_is_found_out(plain: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    other = locked_pdf(build_pdf([Para("Another paper.")], title="Another"), PASSWORD)
    monkeypatch.setattr(locking.PdfFile, "sealed", lambda *_given: other)
    with pytest.raises(ValueError, match="give"):
        locked_pdf(plain, PASSWORD)
    with pytest.raises(ValueError, match=r"[Pp]assword"):
        locked_pdf(plain, PASSWORD[1:])


@pytest.mark.needs("qpdf")
def test_unlocked_by_another_program_the_three_checkers_find_nothing(story: list[Block], tmp_path: Path) -> None:
    (tmp_path / "locked.pdf").write_bytes(locked_pdf(build_pdf(story, title="Copy", footer="Page"), PASSWORD))
    qpdf = ["qpdf", f"--password={PASSWORD}"]
    subprocess.run([*qpdf, "--decrypt", "locked.pdf", "open.pdf"], cwd=tmp_path, check=True)
    assert_accessible((tmp_path / "open.pdf").read_bytes())
    told = subprocess.run([*qpdf, "--show-encryption", "locked.pdf"], cwd=tmp_path, check=True, capture_output=True).stdout
    assert b"extract for accessibility: allowed" in told
    assert b"AESv3" in told


@pytest.mark.needs("pdftotext")
def test_a_readers_program_opens_it_with_the_password(locked: bytes, tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    path.write_bytes(locked)
    read = subprocess.run(["pdftotext", "-upw", PASSWORD, path, "-"], check=True, capture_output=True)
    assert "Zoë Okonkwo-Nguyễn was here" in read.stdout.decode()
    assert subprocess.run(["pdftotext", path, "-"], capture_output=True).returncode != 0
