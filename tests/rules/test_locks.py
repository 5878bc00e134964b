"""The locked requirements: every release with its hashes, no index named, in step with pyproject.toml."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKS = ["requirements.txt", "requirements-dev.txt"]


def entries(text: str) -> list[str]:
    """The requirements of a lock, each with its hashes on one line, without comments."""
    plain = "\n".join(line for line in text.splitlines() if not line.strip().startswith("#"))
    return [entry for entry in plain.replace("\\\n", " ").splitlines() if entry.strip()]


def unsafe(entry: str) -> bool:
    """An option such as an index, an address, a range, or a release without a hash."""
    named = re.match(
        r"^[\w.-]+(\[[\w,-]+\])?==[\w.!+]+( ; [^#]+?)?((\s+--hash=sha256:[0-9a-f]{64})+)\s*$", entry
    )
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
