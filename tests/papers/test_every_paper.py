"""No paper goes unjudged: each layout has a test that asks the three checkers, and so is asked every PDF that the demonstration leaves."""

import io
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from pupil_desk.cli import main
from pupil_desk.documents.files.locked_pdf import unlocked_pdf
from tests.documents.checking import findings

ROOT = Path(__file__).resolve().parents[2]
ENGINE = {"page", "web", "chapter", "prose", "attachment_pages", "picture_page"}
"""What lays out any story, and papers of others: no layout of our own."""


def layouts() -> set[str]:
    """The modules that say how one of our papers is laid out: they have a function that makes a story, or a PDF."""
    found = set()
    for path in (ROOT / "pupil_desk" / "documents").rglob("*.py"):
        functions = re.findall(r"^def (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
        if path.stem not in ENGINE and any(name == "story" or name.endswith("_story") or name.startswith("build_") for name in functions):
            found.add(".".join(path.relative_to(ROOT).with_suffix("").parts))
    return found


_IMPORTS = re.compile(
    r"^[ \t]*(?:import[ ](?P<whole>[\w., ]+)|from[ ](?P<module>[\w.]+)[ ]import[ ](?P<names>\([^)]*\)|[^\n]*))", re.MULTILINE
)


def imported(path: Path) -> Iterator[str]:
    """The modules that a file imports, wherever in it: ``from a import b`` may be a.b. By its lines, for a thousand trees take seconds."""
    for found in _IMPORTS.finditer(path.read_text(encoding="utf-8")):
        if whole := found["whole"]:
            yield from (part.split()[0] for part in whole.split(",") if part.strip())
        else:
            yield found["module"]
            yield from (f"{found['module']}.{name}" for name in re.findall(r"(?:^|[(,\n])\s*(\w+)", found["names"]))


@cache
def place_of(module: str) -> Path | None:
    path = ROOT.joinpath(*module.split("."))
    return next((found for found in (path.with_suffix(".py"), path / "__init__.py") if found.is_file()), None)


def reached(path: Path) -> set[str]:
    """The modules that a test imports, what it makes its units with, and the modules that those import."""
    near = set(imported(path))
    return near | {name for module in near if (place := place_of(module)) for name in imported(place)}


@cache
def judged() -> frozenset[str]:
    """Every module that a test which asks the checkers reaches."""
    tests = [path for path in (ROOT / "tests").rglob("test_*.py") if path != Path(__file__).resolve()]
    asking = [path for path in tests if re.search(r"\b(?:assert_accessible|findings)\(", path.read_text(encoding="utf-8"))]
    return frozenset(name for path in asking for name in reached(path))


def test_each_layout_has_a_test_that_asks_the_three_checkers() -> None:
    assert len(layouts()) > 12
    assert sorted(layouts() - judged()) == [], "ask assert_accessible about a paper of each"


def test_a_layout_that_nobody_judges_would_be_seen() -> None:
    assert "pupil_desk.services.sheet.entries" in judged()
    assert "pupil_desk.documents.recovery_sheet_of_another" not in judged()
    assert not {"pupil_desk.documents.files.csv_table", "pupil_desk.documents.files.locked_zip"} & layouts()


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demonstration") / "demo"
    assert main(["demo", str(folder), "--pupils", "8", "--seed", "3"]) == 0
    return folder


def one_of_each_kind(folder: Path) -> dict[str, Path]:
    """The PDFs of a folder, one of each kind: those whose names differ by more than a number or a reference."""
    kinds: dict[str, Path] = {}
    for path in sorted(folder.rglob("*.pdf")):
        kinds.setdefault(re.sub(r"[A-Z]?\d+", "", str(path.relative_to(folder))), path)
    return kinds


def said_in(summary: Any) -> Iterator[str]:
    """Every text in a summary: the password of a locked paper is among them."""
    if isinstance(summary, str):
        yield summary
    elif isinstance(summary, dict | list):
        for each in summary.values() if isinstance(summary, dict) else summary:
            yield from said_in(each)


def opened(data: bytes, passwords: Callable[[], Iterator[str]]) -> bytes:
    """The PDF without its lock, if it has one."""
    try:
        pikepdf.open(io.BytesIO(data)).close()
    except pikepdf.PasswordError:
        for password in passwords():
            try:
                return unlocked_pdf(data, password)
            except PermissionError:
                continue
        raise
    return data


def test_every_pdf_of_the_demonstration_passes_the_three_checkers(demonstration: Path) -> None:
    summary = json.loads((demonstration / "summary.json").read_text(encoding="utf-8"))
    kinds = one_of_each_kind(demonstration)
    assert {path.parent.name for path in kinds.values()} >= {"notices", "forms"}
    wrong = {kind: found for kind, path in kinds.items() if (found := findings(opened(path.read_bytes(), lambda: said_in(summary))))}
    assert wrong == {}
