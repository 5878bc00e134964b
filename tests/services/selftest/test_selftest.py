"""The self-test: it passes here, says what it saw, names what fails, and leaves nothing behind."""

import dataclasses
import tempfile
from pathlib import Path

import pytest

from pupil_desk.basics import codelists
from pupil_desk.services import selftest
from pupil_desk.services.exports import EXPORTS
from pupil_desk.services.selftest import Check, of_unit, self_test, stands_on
from pupil_desk.services.selftest.check import INSTALL_AGAIN
from pupil_desk.store.file import engine
from tests.services.selftest.drawn import drawing, png
from tests.services.selftest.folders import CLOCK, data, scratch  # noqa: F401 - two are fixtures
from tests.trained import training_unit

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
        checks = self_test(CLOCK, drawing(png(b"abcdef"), png(b"abcdeg")), lambda *step: steps.append(step))
    return WholeRun(checks, steps, [*scratch.iterdir(), *home.iterdir()])


@pytest.fixture
def trained(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its training unit is a copy of one that was made once: the whole run makes its own."""
    monkeypatch.setattr(of_unit, "make_training_unit", training_unit)


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


@pytest.mark.usefixtures("trained")
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
        "export whole-unit",
    }
    found = failed(self_test(CLOCK))
    assert set(found) == papers
    assert found["reply form"].endswith(INSTALL_AGAIN)


def test_progress_names_each_check_and_runs_to_its_end(whole_run: WholeRun) -> None:
    steps, total = whole_run.steps, len(whole_run.checks)
    assert [words for _done, _total, words in steps[:-1]] == [f"Checking: {check.name}" for check in whole_run.checks]
    assert [done for done, _total, _words in steps] == list(range(total + 1))
    assert steps[-1] == (total, total, "Done")


@pytest.mark.usefixtures("trained")
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
