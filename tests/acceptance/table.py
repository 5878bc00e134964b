"""All the numbers, and the tests that are marked with them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.acceptance import audit, backups, damage, durability, exports, imports, keys, windows
from tests.acceptance.number import Number

ROOT = Path(__file__).resolve().parents[2]
_GROUPS = (durability, damage, keys, audit, exports, imports, backups, windows)
NUMBERS: dict[int, Number] = {number.number: number for group in _GROUPS for number in group.NUMBERS}


@dataclass(frozen=True)
class Mark:
    """An ``acceptance`` mark in a file of tests; ``full`` is 1 where the mark does not say how often."""

    file: str
    numbers: tuple[int, ...]
    full: int


def marks() -> list[Mark]:
    """Every mark that there is in the tests."""
    return [mark for path in sorted((ROOT / "tests").rglob("test_*.py")) for mark in _of(path)]


def _of(path: Path) -> Iterator[Mark]:
    text = path.read_text(encoding="utf-8")
    if "mark.acceptance(" not in text:
        return
    for node in ast.walk(ast.parse(text)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "acceptance"):
            continue  # to write each call out takes half a second of every start
        if ast.unparse(node.func) == "pytest.mark.acceptance":
            told = {keyword.arg: ast.literal_eval(keyword.value) for keyword in node.keywords}
            yield Mark(path.relative_to(ROOT).as_posix(), tuple(ast.literal_eval(arg) for arg in node.args), told.get("full", 1))
