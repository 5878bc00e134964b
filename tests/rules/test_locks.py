"""The locked requirements: every release with its hashes, no index named, in step with pyproject.toml."""

import ast
import re
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.rules.trees import walked

LOCKS = ["requirements.txt", "requirements-dev.txt"]


def entries(text: str) -> list[str]:
    """The requirements of a lock, each with its hashes on one line, without comments."""
    plain = "\n".join(line for line in text.splitlines() if not line.strip().startswith("#"))
    return [entry for entry in plain.replace("\\\n", " ").splitlines() if entry.strip()]


def unsafe(entry: str) -> bool:
    """An option such as an index, an address, a range, or a release without a hash."""
    named = re.match(r"^[\w.-]+(\[[\w,-]+\])?==[\w.!+]+( ; [^#]+?)?((\s+--hash=sha256:[0-9a-f]{64})+)\s*$", entry)
    return named is None or "://" in entry


def releases(text: str) -> dict[str, str]:
    pairs = (re.match(r"([\w.-]+).*?==([\w.!+]+)", entry) for entry in entries(text))
    return {canonicalize_name(pair[1]): pair[2] for pair in pairs if pair}


@pytest.mark.parametrize("name", LOCKS)
def test_every_release_has_its_hashes_and_no_index_is_named(root: Path, name: str) -> None:
    lines = entries((root / name).read_text(encoding="utf-8"))
    assert len(lines) > 10
    assert [line[:80] for line in lines if unsafe(line)] == []


def test_the_locks_hold_what_pyproject_asks_for(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    to_run = releases((root / LOCKS[0]).read_text(encoding="utf-8"))
    to_develop = releases((root / LOCKS[1]).read_text(encoding="utf-8"))
    for asked in map(Requirement, project["dependencies"]):
        assert asked.specifier.contains(to_run[canonicalize_name(asked.name)]), asked
    for asked in map(Requirement, project["optional-dependencies"]["dev"]):
        assert asked.specifier.contains(to_develop[canonicalize_name(asked.name)]), asked


def test_both_locks_name_the_same_releases(root: Path) -> None:
    to_run = releases((root / LOCKS[0]).read_text(encoding="utf-8"))
    to_develop = releases((root / LOCKS[1]).read_text(encoding="utf-8"))
    assert to_run == {name: to_develop.get(name) for name in to_run}


def libraries(tree: ast.Module) -> set[str]:
    """What a module imports from outside Python itself, the program and its tests."""
    names = set()
    for node in walked(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add(str(node.module))
    return {name.split(".")[0] for name in names} - sys.stdlib_module_names - {"pupil_desk", "tests", "dev"}


brought = cache(packages_distributions)


def unlocked(names: set[str], locked: dict[str, str]) -> set[str]:
    """The imported names that no release of the lock brings."""
    brings = brought()
    return {name for name in names if not {canonicalize_name(d) for d in brings.get(name, [])} & set(locked)}


def test_the_program_imports_nothing_that_its_lock_does_not_bring(root: Path, modules: dict[str, ast.Module]) -> None:
    locked = releases((root / LOCKS[0]).read_text(encoding="utf-8"))
    wanting = {name: unlocked(libraries(tree), locked) for name, tree in modules.items()}
    assert {name: missing for name, missing in wanting.items() if missing} == {}


def test_the_rule_sees_an_import_that_no_lock_brings() -> None:
    tree = ast.parse("import os, lxml.etree\nfrom hypothesis import given\nfrom pupil_desk import store")
    assert unlocked(libraries(tree), {"lxml": "6.1.3"}) == {"hypothesis"}


@pytest.mark.parametrize(
    "entry",
    [
        "--index-url https://mirror.example/simple",
        "lxml==6.1.3",
        "lxml>=6 --hash=sha256:" + "0" * 64,
        "lxml @ https://mirror.example/lxml.whl --hash=sha256:" + "0" * 64,
    ],
)
def test_the_rule_sees_an_unsafe_line(entry: str) -> None:
    assert unsafe(entry)
