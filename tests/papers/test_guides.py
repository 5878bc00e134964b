"""The help on paper: the guides for installing on one side each, plain to read, and open to everyone."""

import re
from pathlib import Path

import pypdfium2
import pytest

from pupil_desk.basics.places import UNIT_FILE, resource
from pupil_desk.cli.arguments import parser
from pupil_desk.documents.blocks import TickRow, plain_text
from pupil_desk.documents.papers.chapter import blocks_of
from pupil_desk.services.program.guides import chapters, pdf_of, text_of
from tests.documents.checking import assert_accessible
from tests.papers.made import pages_of
from tests.papers.reading import reading_ease

OFFICE, TECHNICIAN, CHECKS, HEARING = "80-install", "81-technician", "82-windows-checks", "83-screen-reader-checks"


HEADS_REPEATED = {
    "06-exports": "Export By command For whom On what law",
    "12-settings": "follows ",
    "rules": "Rule, and what",
    "sharing-rules": "What Kept How sure",
}
"""By chapter, what begins a line of the head of a wide table that goes on over a page."""


_LONG_TABLES = ("rules", "exports-columns")
"""Chapters of hundreds of rows, which cost as much as all others: of the same tables, shorter, are ``sharing-rules``, ``06-exports`` and ``school-census``."""


@pytest.mark.parametrize(
    "name", [pytest.param(chapter.name, marks=[pytest.mark.torture] * (chapter.name in _LONG_TABLES)) for chapter in chapters()]
)
def test_three_checkers_find_nothing_in_any_chapter(name: str) -> None:
    assert_accessible(pdf_of(name), HEADS_REPEATED.get(name, ""))


@pytest.mark.needs("pdftotext")
@pytest.mark.parametrize(("name", "sides"), [(OFFICE, 1), (TECHNICIAN, 1), (CHECKS, 2), (HEARING, 2)])
def test_a_guide_takes_no_more_sides_than_it_may(name: str, sides: int, tmp_path: Path) -> None:
    pages = pages_of(pdf_of(name), tmp_path)
    assert len(pages) == sides
    assert f"Page {sides} of {sides}" in pages[-1]


def _body_size(name: str) -> float:
    """The most frequent size of type on the first page, in points."""
    page = pypdfium2.PdfDocument(pdf_of(name))[0].get_textpage()
    sizes = [round(pypdfium2.raw.FPDFText_GetFontSize(page, at), 1) for at in range(page.count_chars())]
    return max(set(sizes), key=sizes.count)


def test_type_is_as_large_as_the_page_allows() -> None:
    assert _body_size("08-log") == 12
    assert _body_size(OFFICE) >= 11
    assert _body_size(TECHNICIAN) >= 10
    assert _body_size(CHECKS) == 12
    assert _body_size(HEARING) == 12


@pytest.mark.parametrize(("name", "ease"), [(OFFICE, 70), (TECHNICIAN, 60), (CHECKS, 70), (HEARING, 70)])
def test_a_guide_reads_easily(name: str, ease: float) -> None:
    assert reading_ease(plain_text(blocks_of(text_of(name)))) >= ease


@pytest.mark.parametrize("name", [CHECKS, HEARING])
def test_each_check_says_what_to_do_and_then_what_to_see(name: str) -> None:
    checks = [line for line in text_of(name).splitlines() if line.startswith("- ")]
    assert len(checks) >= 15
    for line in checks:
        assert re.fullmatch(r"- \[ \] \*\*[^*]+\.\*\* [A-Z].+\.", line), line
    rows = [block for block in blocks_of(text_of(name)) if isinstance(block, TickRow)]
    assert len(rows) == len(checks)
    assert not any(row.ticked for row in rows)


@pytest.mark.parametrize(
    "thing",
    [
        "SmartScreen",
        "Defender",
        "BitLocker",
        "Windows+L",
        "another Windows user",
        "Sleep",
        "OneDrive",
        "cut the power",
        "Narrator",
        "NVDA",
        "contrast theme",
        "250 %",
        "two screens",
        "real printer",
        "standard user",
        "taskbar",
    ],
)
def test_what_wine_cannot_show_is_checked_by_a_person(thing: str) -> None:
    assert thing in text_of(CHECKS)


@pytest.mark.parametrize(
    "thing",
    [
        "NVDA",
        "Narrator",
        "FastPass",
        "Tab stops",
        "Live Inspect",
        "sign-in",
        "Home",
        "record",
        "register",
        "export",
        "question",
        "at the foot",
    ],
)
def test_what_only_a_person_can_hear_is_checked_everywhere(thing: str) -> None:
    assert thing in text_of(HEARING)


@pytest.mark.parametrize(
    "fact",
    [
        "/S /ALLUSERS",
        "/GROUP=name",
        "/D=folder",
        "0\u00a0done",
        "1\u00a0cancelled",
        "2\u00a0wrong use or no administrator",
        "3\u00a0a copy is running",
        "4\u00a0a newer version is installed",
        "5\u00a0the self-test found something",
        "6\u00a0could not be written",
        r"ROOT\Uninstall.exe /S",
        r"%LOCALAPPDATA%\Programs\Pupil Desk",
        r"%ProgramFiles%\Pupil Desk",
        r"%ProgramData%\Pupil Desk\data",
        r"ROOT\current.txt",
        "manifest.sha256",
        "sbom.json",
        "Get-AuthenticodeSignature",
        "certutil -hashfile",
        "AppLocker",
        "WDAC",
        "Intune",
        "GPO",
        "BitLocker",
        "Nothing leaves the PC",
    ],
)
def test_the_technician_is_told(fact: str) -> None:
    assert fact in text_of(TECHNICIAN)


def test_the_commands_that_are_told_are_commands() -> None:
    for command in re.findall(r"`pupil-desk ([^`]+)`", text_of(TECHNICIAN)):
        args = parser().parse_args(command.split())
        assert args.command in ("self-test", "backup", "restore")


def test_the_buttons_that_are_told_are_there() -> None:
    window = "".join(path.read_text(encoding="utf-8").replace("&", "") for path in (_ROOT / "ui").rglob("*.py"))
    for words in ("Try the training unit", "Set up a unit", "Make a backup", "Restore a backup", "Check this file"):
        assert words in text_of(OFFICE) + text_of(CHECKS)
        assert words in window
    assert UNIT_FILE.endswith(".pupildesk")
    assert ".pupildesk" in text_of(TECHNICIAN)


_ROOT = resource().parent / "pupil_desk"
