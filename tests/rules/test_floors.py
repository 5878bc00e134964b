"""The floors of the house, as pyproject.toml states them for import-linter: kept, and each able to fail."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

# One import that each contract forbids: the module that would say it, and what it would say.
FORBIDDEN = {
    "floors": ("basics/planted.py", "from pupil_desk import domain"),
    "qt": ("services/planted.py", "from PySide6.QtCore import QTimer"),
    "sqlcipher": ("ui/planted.py", "import sqlcipher3"),
    "reportlab": ("services/planted.py", "from reportlab.pdfgen import canvas"),
    "pdf": ("services/planted.py", "from pupil_desk.documents.pdf.tagged import TaggedPdf"),
    "network": ("ui/planted.py", "import socket"),
    "pages": ("ui/pages/planted/page.py", "from pupil_desk.ui.pages import planted_too"),
}

ROOM = ("floors", "planted/__init__.py", "")  # one that is on no floor
# Contracts that guard several things get a plant for each thing.
MORE = [
    ("floors", "domain/planted.py", "import pupil_desk.store"),
    ("floors", "store/planted.py", "import pupil_desk.documents"),
    ("floors", "documents/planted.py", "import pupil_desk.store"),
    ("floors", "cli/planted.py", "import pupil_desk.ui"),
    ("floors", "services/planted.py", "import pupil_desk.cli"),
    ("floors", "ui/planted.py", "import pupil_desk.app"),
    ("qt", "documents/planted.py", "import qtawesome"),
    ("qt", "cli/planted.py", "def f() -> None:\n    import PySide6"),
    ("sqlcipher", "services/planted.py", "import sqlite3"),
    ("reportlab", "documents/pdf/planted.py", "from reportlab.pdfgen.canvas import Canvas"),
    ("pdf", "documents/papers/planted.py", "from pupil_desk.documents.pdf import pdf_file"),
    ("network", "store/planted.py", "import ssl"),
    ("network", "services/planted.py", "def f() -> None:\n    import http.client"),
    ("network", "documents/planted.py", "import asyncio"),
]


class Copy:
    """A copy of the program, in which imports can be planted and the floors asked."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.package = folder / "pupil_desk"
        shutil.copytree(root / "pupil_desk", self.package, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(root / "pyproject.toml", folder)

    def empty(self) -> None:
        """Keep the modules and forget what is in them, so that a plant is the only import there is."""
        for path in self.package.rglob("*.py"):
            path.write_text("", encoding="utf-8")

    def plant(self, module: str, text: str) -> None:
        path = self.package / module
        for folder in (path.parent, *path.parent.parents):
            if folder == self.package:
                break
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "__init__.py").touch()
        path.write_text(text + "\n", encoding="utf-8")

    def broken(self) -> set[str]:
        """The names of the contracts that import-linter reports as broken."""
        command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
        ran = subprocess.run([sys.executable, "-c", command, "--no-cache"], cwd=self.package.parent, capture_output=True, text=True)
        assert "Contracts:" in ran.stdout, ran.stdout + ran.stderr
        self.said = ran.stdout
        broken = set(re.findall(r"^(.+) BROKEN", ran.stdout, re.MULTILINE))
        assert (ran.returncode != 0) == bool(broken), ran.stdout + ran.stderr
        return broken


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Copy:
    return Copy(root, tmp_path)


@pytest.fixture(scope="module")
def names(root: Path) -> dict[str, str]:
    """The name of each contract by its id."""
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    return {contract["id"]: contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]}


def test_the_house_keeps_its_floors(copy: Copy) -> None:
    assert copy.broken() == set(), copy.said


def test_each_contract_has_a_plant(names: dict[str, str]) -> None:
    assert set(FORBIDDEN) == set(names)


@pytest.mark.parametrize(
    ("contract", "module", "text"),
    [*((key, *plant) for key, plant in FORBIDDEN.items()), ROOM, *(pytest.param(*plant, marks=pytest.mark.torture) for plant in MORE)],
    ids=lambda value: value[:30],
)
def test_a_forbidden_import_breaks_its_contract_and_no_other(
    copy: Copy, names: dict[str, str], contract: str, module: str, text: str
) -> None:
    copy.empty()
    copy.plant("ui/pages/planted_too/__init__.py", "")
    copy.plant(module, text)
    assert copy.broken() == {names[contract]}


def test_each_thing_that_a_contract_guards_is_told_when_all_are_planted(copy: Copy, names: dict[str, str]) -> None:
    """Each by itself is in the torture: a look at the house takes a second."""
    copy.empty()
    texts: dict[str, list[str]] = {}
    for _contract, module, text in MORE:
        texts.setdefault(module, []).append(text)
    for module, planted in texts.items():
        copy.plant(module, "\n".join(planted))
    assert copy.broken() == {names[contract] for contract, _module, _text in MORE}
    for _contract, module, text in MORE:
        wanted = re.findall(r"(?:from|import) ([\w.]+)", text)[0].split(".")[0 if "pupil_desk" not in text else 1]
        planted = "pupil_desk." + module.removesuffix(".py").replace("/", ".")
        assert re.search(rf"{re.escape(planted)} -> \S*{wanted}", copy.said), (planted, wanted, copy.said)
