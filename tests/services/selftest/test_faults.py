"""Each check by itself: what is damaged or missing is found, named, and said what to do about."""

import dataclasses
import hashlib
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from pupil_desk.basics import places
from pupil_desk.basics.pc import installed
from pupil_desk.documents.blocks import Block, CodedPages
from pupil_desk.services.demo.unit import Training
from pupil_desk.services.desk import Desk
from pupil_desk.services.selftest import of_forms, of_unit, stands_on
from pupil_desk.services.selftest.check import INSTALL_AGAIN, Bench, Work, run
from tests.services.selftest.drawn import drawing, png
from tests.services.selftest.folders import CLOCK, data, scratch  # noqa: F401 - two are fixtures
from tests.trained import training_unit


@pytest.fixture(scope="module")
def training(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Training]:
    """One training unit for the checks that are tried alone."""
    made = training_unit(tmp_path_factory.mktemp("unit") / "unit.pupildesk", number=20, clock=CLOCK)
    yield made
    made.desk.vault.close()


type Alone = Callable[[Work], str]


@pytest.fixture
def alone(training: Training, tmp_path: Path) -> Alone:
    """One check by itself: «good» or «FAILED», and what it said."""
    (tmp_path / "bench").mkdir()

    def check(work: Work) -> str:
        done = run("alone", work, Bench(tmp_path / "bench", CLOCK, None, training))
        return f"{'good' if done.ok else 'FAILED'}: {done.detail}"

    return check


ONE, OTHER = png(b"abcdef"), png(b"ghijkl")


@pytest.mark.parametrize(
    ("draw", "words"),
    [
        (drawing(), "no page was drawn"),
        (drawing(ONE, b"nothing"), "page-1.png is not a whole picture"),
        (drawing(ONE, OTHER[:-20]), "page-1.png is not a whole picture"),
        (drawing(ONE, png(b"abcabc")), "nothing is seen on: page-1"),
        (drawing(ONE, ONE), "pages that differ look the same"),
    ],
)
def test_a_page_that_is_not_drawn_is_found(
    draw: Callable[[Desk, Path], list[Path]], words: str, training: Training, tmp_path: Path
) -> None:
    done = run("pages drawn", of_unit.pages, Bench(tmp_path, CLOCK, draw, training))
    assert (done.ok, done.detail) == (False, f"{words}. {INSTALL_AGAIN}")


def test_a_missing_font_fails_what_prints_and_not_what_stands_without_it(
    alone: Alone, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from pupil_desk.documents.typography import fonts

    def without(*parts: str) -> Path:
        return tmp_path / parts[-1] if parts[-1] == "DejaVuSansCondensed-Oblique.ttf" else places.resource(*parts)

    monkeypatch.setattr(fonts, "resource", without)
    fonts.wide_face.cache_clear()
    detail = alone(stands_on.fonts)
    fonts.wide_face.cache_clear()
    assert detail.startswith("FAILED: ")
    assert "the font DejaVuSansCondensed-Oblique.ttf is missing or damaged. Install it again." in detail
    assert alone(stands_on.code_lists).startswith("good: ")


def test_a_face_that_prints_nothing_is_named(alone: Alone, monkeypatch: pytest.MonkeyPatch) -> None:
    from pupil_desk.documents.reading import read_back

    real = read_back.read_pdf

    def blind(data: bytes) -> read_back.PdfRead:
        read = real(data)
        return dataclasses.replace(read, fonts=read.fonts - {"AtkinsonHyperlegible-BoldItalic"})

    monkeypatch.setattr(read_back, "read_pdf", blind)
    assert alone(stands_on.fonts) == f"FAILED: AtkinsonHyperlegible-BoldItalic does not print. {INSTALL_AGAIN}"


def test_a_code_list_that_is_missing_is_named(alone: Alone, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lists = tmp_path / "codes"
    lists.mkdir()
    for path in places.resource("codes").glob("*.toml"):
        if path.stem != "ethnicity":
            (lists / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(stands_on, "resource", lambda *_parts: lists)
    assert alone(stands_on.code_lists) == f"FAILED: missing: ethnicity. {INSTALL_AGAIN}"


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed copy of two files and its manifest."""
    folder = tmp_path / "0.2.0"
    folder.mkdir()
    (folder / "pupil-desk.exe").write_bytes(b"program")
    (folder / "sqlcipher.dll").write_bytes(b"library")
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}" for path in folder.iterdir()]
    (folder / "manifest.sha256").write_text("\n".join(lines) + "\n")
    monkeypatch.setattr(installed, "program_folder", lambda: folder)
    return folder


def test_an_installed_copy_whose_files_are_whole_passes(installation: Path, alone: Alone) -> None:
    assert alone(stands_on.program_files) == "good: each one is there and unchanged"
    assert ", installed copy;" in alone(stands_on.program)


def test_a_file_of_the_installation_that_was_changed_or_is_gone_is_named(installation: Path, alone: Alone) -> None:
    (installation / "pupil-desk.exe").write_bytes(b"another program")
    (installation / "sqlcipher.dll").unlink()
    detail = alone(stands_on.program_files)
    assert detail.startswith("FAILED: ")
    assert "pupil-desk.exe was changed." in detail
    assert "sqlcipher.dll is missing." in detail
    assert detail.endswith(INSTALL_AGAIN)


def test_many_faults_are_counted(installation: Path, alone: Alone) -> None:
    for number in range(9):
        (installation / f"strange-{number}.dll").write_bytes(b"")
    assert "And 4 more." in alone(stands_on.program_files)


def test_an_installed_copy_without_its_list_is_found(installation: Path, alone: Alone) -> None:
    (installation / "manifest.sha256").unlink()
    words = "FAILED: manifest.sha256, the list of the program’s own files, is missing."
    assert alone(stands_on.program_files).startswith(words)


def test_a_guide_beside_the_program_that_is_damaged_is_named(installation: Path, alone: Alone) -> None:
    (installation / "guides").mkdir()
    (installation / "guides" / "install.pdf").write_bytes(b"%PDF-1.7 and no more")
    assert alone(of_unit.installing_guides).startswith("FAILED: install.pdf is not a whole PDF.")


def test_a_data_folder_that_cannot_be_written_says_whom_to_ask(alone: Alone, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_args: object, **_named: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "TemporaryDirectory", refused)
    words = f"{data} cannot be written (Permission denied). Ask whoever looks after this PC to let you write there."
    assert alone(stands_on.data_folder) == f"FAILED: {words}"


def test_a_disk_without_room_says_how_much_to_free(alone: Alone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stands_on, "_ROOM", 10**18)
    found = alone(stands_on.data_folder)
    assert "has little room" in found
    assert "Free at least" in found


def test_a_notice_that_comes_out_empty_is_found(alone: Alone, monkeypatch: pytest.MonkeyPatch) -> None:
    from pupil_desk.documents.pdf import page

    monkeypatch.setattr(page, "build_print_file", lambda *_args, **_named: b"")
    assert alone(of_unit.notice_pdf).startswith("FAILED")


def test_a_document_that_lacks_words_is_found(alone: Alone, monkeypatch: pytest.MonkeyPatch) -> None:
    from pupil_desk.documents.pdf import page

    real = page.build_pdf

    def lacking(story: Sequence[Block], **named: Any) -> bytes:
        return real(
            [dataclasses.replace(block, blocks=block.blocks[:2]) if isinstance(block, CodedPages) else block for block in story[:2]],
            **named,
        )

    monkeypatch.setattr(page, "build_pdf", lacking)
    assert "does not read back" in alone(of_unit.reply_form)
    assert "does not read back" in alone(of_unit.recovery_sheet)


@pytest.mark.parametrize(("lost", "words"), [({"title": "x"}, "bear its title"), ({"lang": ""}, "a screen reader needs")])
def test_a_document_without_what_screen_readers_need_is_found(
    alone: Alone, lost: dict[str, str], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pupil_desk.documents.pdf import page

    real = page.build_pdf
    monkeypatch.setattr(page, "build_pdf", lambda story, **named: real(story, **(named | lost)))
    assert words in alone(of_unit.recovery_sheet)


def test_a_library_that_breaks_in_a_way_of_its_own_fails_its_check_alone(alone: Alone, monkeypatch: pytest.MonkeyPatch) -> None:
    import zipfile

    def broken(_data: bytes, _password: str) -> dict[str, bytes]:
        raise zipfile.BadZipFile("no directory")

    monkeypatch.setattr("pupil_desk.services.exports.locking.unlocked", broken)
    found = alone(lambda bench: of_unit.export(bench, "youth-support"))
    assert found == f"FAILED: BadZipFile: no directory. {INSTALL_AGAIN}"


def test_a_web_page_cut_short_is_found(alone: Alone, monkeypatch: pytest.MonkeyPatch) -> None:
    from pupil_desk.documents.pdf import web

    real = web.build_web
    monkeypatch.setattr(web, "build_web", lambda *args, **named: real(*args, **named)[:-30])
    assert "is not a whole web page" in alone(of_unit.notice_web)


def test_an_export_whose_receipt_does_not_fit_is_found(alone: Alone, monkeypatch: pytest.MonkeyPatch) -> None:
    from pupil_desk.services.exports import listing

    monkeypatch.setattr(listing, "verify_receipt", lambda _text, _folder: [("x.zip", listing.FileState.CHANGED)])
    found = alone(lambda bench: of_unit.export(bench, "youth-support"))
    assert found == f"FAILED: the receipt does not fit the file. {INSTALL_AGAIN}"


@pytest.mark.parametrize(
    ("rows", "words"), [([["surname"], ["L"]], "a workbook was not read as it was written"), (None, "The workbook is damaged")]
)
def test_a_workbook_that_cannot_be_read_is_found(alone: Alone, rows: object, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from pupil_desk.documents.reading import workbook

    def read(_source: bytes) -> object:
        if rows is None:
            raise workbook._damaged()
        return [("Sheet1", False, rows)]

    monkeypatch.setattr(workbook, "_sheets", read)
    assert alone(stands_on.spreadsheet).startswith(f"FAILED: {words}")


def test_a_copy_that_opens_with_any_words_is_found(alone: Alone, monkeypatch: pytest.MonkeyPatch) -> None:
    from pupil_desk.documents.files import locked_pdf
    from pupil_desk.services.packs import writing
    from pupil_desk.services.selftest import of_unit

    monkeypatch.setattr(writing, "locked_pdf", lambda data, _password: data)
    monkeypatch.setattr(locked_pdf, "unlocked_pdf", lambda data, _password: data)
    assert "opens with a wrong password" in alone(of_unit.copy_of_record)


def test_a_code_that_is_not_read_is_found(alone: Alone, monkeypatch: pytest.MonkeyPatch) -> None:
    from pupil_desk.documents.scans import codes

    assert alone(of_forms.coded_form) == "good: a page as PNG, JPEG, TIFF, upside down: known by its code, 4 boxes read"
    monkeypatch.setattr(codes, "_read", lambda _picture: iter(()))
    assert alone(of_forms.coded_form) == f"FAILED: a form saved as PNG is not known again. {INSTALL_AGAIN}"


def test_a_reader_of_pictures_that_is_not_there_is_found(alone: Alone, monkeypatch: pytest.MonkeyPatch) -> None:
    from PIL import Image

    Image.init()
    monkeypatch.delitem(Image.OPEN, "TIFF")
    assert alone(of_forms.coded_form) == f"FAILED: KeyError: 'TIFF'. {INSTALL_AGAIN}"
