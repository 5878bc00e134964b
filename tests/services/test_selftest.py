"""The self-test: it passes here, names what fails, and leaves nothing behind."""

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.services import selftest
from pupil_desk.services.desk import Desk
from pupil_desk.services.selftest import self_test
from pupil_desk.store import engine

CLOCK = FixedClock(datetime(2026, 11, 24, 10, 0, tzinfo=UTC))
PICTURE = b"\x89PNG\r\n\x1a\n"
WITHOUT_PAGES = [
    "engine", "code lists", "fonts", "encrypted file", "privacy notice, PDF", "privacy notice, web page", "reply form", "pupil’s sheet",
    "export youth-support", "backup",
]  # fmt: skip


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go: looked at after each test."""
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def _drawing(data: bytes, number: int = 2) -> Callable[[Desk, Path], list[Path]]:
    def draw(desk: Desk, folder: Path) -> list[Path]:
        assert desk.settings.name
        paths = [folder / f"{place}.png" for place in range(number)]
        for path in paths:
            path.write_bytes(data)
        return paths

    return draw


def test_everything_passes_here_and_nothing_is_left(scratch: Path) -> None:
    checks = self_test(CLOCK, _drawing(PICTURE))
    assert [(check.name, check.ok) for check in checks] == [(name, True) for name in [*WITHOUT_PAGES, "pages drawn"]]
    assert all(check.detail for check in checks)
    assert checks[-1].detail == "2 pages"
    assert list(scratch.iterdir()) == []


def test_without_a_way_to_draw_pages_they_are_not_checked() -> None:
    assert [check.name for check in self_test(CLOCK)] == WITHOUT_PAGES


@pytest.mark.parametrize(
    ("draw", "words"), [(_drawing(PICTURE, 0), "no page was drawn"), (_drawing(b"nothing"), "not a picture")]
)
def test_a_page_that_is_not_drawn_is_found(draw: Callable[[Desk, Path], list[Path]], words: str) -> None:
    failed = [check for check in self_test(CLOCK, draw) if not check.ok]
    assert [check.name for check in failed] == ["pages drawn"]
    assert words in failed[0].detail


def _no_file(*_args: object, **_named: object) -> bytes:
    raise FileNotFoundError("no such font")


def test_a_missing_font_fails_the_fonts_and_not_what_stands_without_them(monkeypatch: pytest.MonkeyPatch) -> None:
    from pupil_desk.documents import fonts

    monkeypatch.setattr(fonts, "wide_face", _no_file)
    checks = {check.name: check for check in self_test(CLOCK)}
    assert not checks["fonts"].ok
    assert "no such font" in checks["fonts"].detail
    assert checks["engine"].ok
    assert checks["backup"].ok


def test_a_plain_engine_is_found_and_no_unit_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3

    monkeypatch.setattr(engine, "driver", sqlite3)
    checks = {check.name: check for check in self_test(CLOCK)}
    assert not checks["engine"].ok
    assert not checks["encrypted file"].ok
    assert set(checks) == {"engine", "code lists", "fonts", "encrypted file"}


def test_a_document_that_comes_out_empty_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from pupil_desk.documents import page

    monkeypatch.setattr(page, "build_pdf", lambda *_args, **_named: b"")
    failed = {check.name for check in self_test(CLOCK) if not check.ok}
    assert failed == {"fonts", "privacy notice, PDF", "reply form", "pupil’s sheet"}


def test_an_export_whose_receipt_does_not_fit_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from pupil_desk.services.exports import listing

    monkeypatch.setattr(listing, "verify_receipt", lambda _text, _folder: [("x.zip", listing.FileState.CHANGED)])
    failed = [check for check in self_test(CLOCK) if not check.ok]
    assert [(check.name, check.detail) for check in failed] == [
        ("export youth-support", "the receipt does not fit the file")
    ]


def test_progress_runs_to_its_end() -> None:
    steps: list[tuple[int, int]] = []
    self_test(CLOCK, None, lambda done, total, _words: steps.append((done, total)))
    assert steps[-1] == (3, 3)


def test_the_sample_has_each_alphabet() -> None:
    assert {"Ł", "ễ", "Ε", "Щ"} <= set(selftest.SAMPLE)
