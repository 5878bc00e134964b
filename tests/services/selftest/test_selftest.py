"""The self-test: it passes here, names what fails and what to do, and leaves nothing behind."""

import dataclasses
import hashlib
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pupil_desk.basics import codelists, places
from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.pc import installed
from pupil_desk.documents.blocks import Block, CodedPages
from pupil_desk.services import selftest
from pupil_desk.services.demo.unit import Training, make_training_unit
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import EXPORTS
from pupil_desk.services.selftest import Check, of_forms, of_unit, self_test, stands_on
from pupil_desk.services.selftest.check import INSTALL_AGAIN, Bench, Work, run
from pupil_desk.store.file import engine
from tests.services.selftest.drawn import png

CLOCK = FixedClock(datetime(2026, 11, 24, 10, 0, tzinfo=UTC))
STANDS_ON = ["program", "program files", "engine", "libraries", "data folder", "code lists", "fonts", "spreadsheet", "calendar file"]
WITHOUT_PAGES = [
    *STANDS_ON,
    "encrypted file",
    "privacy notice, PDF",
    "privacy notice, web page",
    "reply form",
    "form with a code",
    "pupil’s sheet",
    "copy of a record",
    "recovery sheet",
    "guides",
    *(f"export {export.name}" for export in EXPORTS),
    "backup",
]


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go: looked at after each test."""
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for data: not there yet, as before the first start."""
    (tmp_path / "home").mkdir()
    monkeypatch.setattr(stands_on, "home_of_data", lambda: tmp_path / "home" / "pupil-desk")
    return tmp_path / "home"


def _drawing(*pictures: bytes) -> Callable[[Desk, Path], list[Path]]:
    def draw(desk: Desk, folder: Path) -> list[Path]:
        assert desk.settings.name
        paths = [folder / f"page-{place}.png" for place in range(len(pictures))]
        for path, data in zip(paths, pictures, strict=True):
            path.write_bytes(data)
        return paths

    return draw


def by_name(checks: list[Check]) -> dict[str, Check]:
    return {check.name: check for check in checks}


def failed(checks: list[Check]) -> dict[str, str]:
    return {check.name: check.detail for check in checks if not check.ok}


@dataclasses.dataclass(frozen=True)
class WholeRun:
    """A self-test of everything, made once for the tests that look at it: its checks, its steps, and what it left in the two folders."""

    checks: list[Check]
    steps: list[tuple[int, int, str]]
    left: list[Path]


@pytest.fixture(scope="module")
def whole_run(tmp_path_factory: pytest.TempPathFactory) -> WholeRun:
    scratch, home = tmp_path_factory.mktemp("temp"), tmp_path_factory.mktemp("home")
    steps: list[tuple[int, int, str]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(scratch))
        patch.setattr(stands_on, "home_of_data", lambda: home / "pupil-desk")
        checks = self_test(CLOCK, _drawing(png(b"abcdef"), png(b"abcdeg")), lambda *step: steps.append(step))
    return WholeRun(checks, steps, [*scratch.iterdir(), *home.iterdir()])


@pytest.fixture(scope="module")
def training(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Training]:
    """One training unit for the checks that are tried alone."""
    made = make_training_unit(tmp_path_factory.mktemp("unit") / "unit.pupildesk", number=12, clock=CLOCK)
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


def test_everything_passes_here_and_nothing_is_left(whole_run: WholeRun) -> None:
    checks = whole_run.checks
    assert [(check.name, check.ok, check.detail) for check in checks if not check.ok] == []
    assert [check.name for check in checks] == [*WITHOUT_PAGES, "pages drawn"]
    assert all(check.detail for check in checks)
    assert checks[-1].detail == "2 pages, each with something on it; drawn by Qt of the test"
    assert whole_run.left == []


def test_it_says_what_it_saw(whole_run: WholeRun) -> None:
    checks = by_name(whole_run.checks)
    facts = engine.engine_facts()
    assert checks["engine"].detail == f"SQLite {facts.sqlite}, SQLCipher {facts.cipher}, {facts.cryptography}"
    assert "OpenSSL" in facts.cryptography
    for library in ("cryptography", "OpenSSL", "PDFium", "PyCryptodome", "QPDF", "Pillow", "zxing-cpp", "HarfBuzz", "python-bidi"):
        assert library in checks["libraries"].detail
    languages = len(codelists.codelist("language").codes)
    assert f"language {languages}" in checks["code lists"].detail
    assert checks["fonts"].detail == "27 faces load, print and are read back from the page"
    assert "tagged, with title and language" in checks["recovery sheet"].detail
    assert "MB free" in checks["data folder"].detail


ONE, OTHER = png(b"abcdef"), png(b"ghijkl")


@pytest.mark.parametrize(
    ("draw", "words"),
    [
        (_drawing(), "no page was drawn"),
        (_drawing(ONE, b"nothing"), "page-1.png is not a whole picture"),
        (_drawing(ONE, OTHER[:-20]), "page-1.png is not a whole picture"),
        (_drawing(ONE, png(b"abcabc")), "nothing is seen on: page-1"),
        (_drawing(ONE, ONE), "pages that differ look the same"),
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


def test_a_folder_of_the_person_is_shown_without_their_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert str(tmp_path) not in stands_on.shortened(tmp_path / "data")
    assert stands_on.shortened(Path("/srv/data")) == str(Path("/srv/data"))


def test_a_plain_engine_is_found_and_no_unit_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3

    monkeypatch.setattr(engine, "driver", sqlite3)
    checks = self_test(CLOCK)
    assert set(failed(checks)) == {"engine", "encrypted file"}
    assert "Install it again." in failed(checks)["engine"]
    assert [check.name for check in checks] == [*STANDS_ON, "encrypted file"]


def test_a_document_that_comes_out_empty_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from pupil_desk.documents.pdf import page

    monkeypatch.setattr(page, "build_pdf", lambda *_args, **_named: b"")
    papers = {
        "fonts",
        "reply form",
        "form with a code",
        "pupil’s sheet",
        "copy of a record",
        "recovery sheet",
        "guides",
        "export contact-sheet",
    }
    found = failed(self_test(CLOCK))
    assert set(found) == papers
    assert found["reply form"].endswith(INSTALL_AGAIN)


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
    from pupil_desk.services.imports import xlsx_table

    def read(_source: bytes) -> object:
        if rows is None:
            raise xlsx_table._damaged()
        return [("Sheet1", False, rows)]

    monkeypatch.setattr(xlsx_table, "_sheets", read)
    assert alone(stands_on.spreadsheet).startswith(f"FAILED: {words}")


def test_progress_names_each_check_and_runs_to_its_end(whole_run: WholeRun) -> None:
    steps, total = whole_run.steps, len(whole_run.checks)
    assert [words for _done, _total, words in steps[:-1]] == [f"Checking: {check.name}" for check in whole_run.checks]
    assert [done for done, _total, _words in steps] == list(range(total + 1))
    assert steps[-1] == (total, total, "Done")


def test_stopped_on_the_way_it_leaves_nothing(scratch: Path) -> None:
    class Stop(Exception):
        pass

    def stop(done: int, _total: int, _words: str) -> None:
        if done > 10:
            raise Stop

    with pytest.raises(Stop):
        self_test(CLOCK, None, stop)
    assert list(scratch.iterdir()) == []


def test_the_sample_has_each_alphabet() -> None:
    assert {"Ł", "ễ", "Ε", "Щ"} <= set(stands_on.SAMPLE)


def test_the_package_hands_out_what_its_callers_name() -> None:
    assert {"Check", "self_test"} <= set(selftest.__all__)
    assert of_unit.PUPILS == 12


def test_a_copy_that_opens_with_any_words_is_found(alone: Alone, monkeypatch: pytest.MonkeyPatch) -> None:
    from pupil_desk.documents.files import locked_pdf
    from pupil_desk.services.packs import writing
    from pupil_desk.services.selftest import of_unit

    monkeypatch.setattr(writing, "locked_pdf", lambda data, _password: data)
    monkeypatch.setattr(locked_pdf, "unlocked_pdf", lambda data, _password: data)
    assert "opens with the wrong words" in alone(of_unit.copy_of_record)


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
