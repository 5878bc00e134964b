"""What the house rules read: the files that are committed, and the program's own modules as syntax trees."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rules.trees import with_parts

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="package")
def committed() -> dict[str, bytes]:
    """Every file of the project that git keeps or would keep, by its path in the project."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )
    names = [name for name in listing.stdout.decode().split("\0") if name]
    return {name: (ROOT / name).read_bytes() for name in names if (ROOT / name).is_file()}


@pytest.fixture(scope="package")
def modules(committed: dict[str, bytes]) -> dict[str, ast.Module]:
    """The program's own modules, parsed, by their path in the project. Not for longer than these rules: they take 230 MB.

    Python never frees an identifier that it has parsed. Those of all modules are made before the first tree, so that they lie side by side
    in memory: strewn among the trees, each would keep the megabyte it lies in, and a worker all 210 to its end.
    """
    mine = {name: text for name, text in committed.items() if name.startswith("pupil_desk/") and name.endswith(".py")}
    identifiers = {sys.intern(word) for text in mine.values() for word in re.findall(r"[^\W\d]\w*", text.decode())}
    trees = {name: with_parts(ast.parse(text, name)) for name, text in mine.items()}
    del identifiers  # held until here: one that nothing holds is freed, and made anew among the trees
    return trees
