"""The glossary names what there is: each path in it exists, and each class, function and table that it gives for a word."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pupil_desk.store.file import migrate

ROOT = Path(__file__).parents[2]
HEADS = ["Word", "What it is", "Where", "In code", "Not"]


class Term(NamedTuple):
    """One row of a table: the word, its paths, the names it has in the code, and the words that are not used for it."""

    word: str
    paths: tuple[str, ...]
    names: tuple[str, ...]
    others: tuple[str, ...]


def rows() -> Iterator[list[str]]:
    for line in (ROOT / "GLOSSARY.md").read_text("utf-8").splitlines():
        if line.startswith("| "):
            yield [cell.strip() for cell in line.strip("|").split("|")]


def terms() -> list[Term]:
    quoted = re.compile(r"`([^`]+)`")
    return [
        Term(cells[0], tuple(quoted.findall(cells[2])), tuple(quoted.findall(cells[3])), tuple(re.split(r",\s*", cells[4])))
        for cells in rows()
        if cells != HEADS
    ]


@cache
def defined_in(path: str) -> frozenset[str]:
    """The classes, types, functions and constants at the top of a module, or of the modules right in a folder."""
    place = ROOT / path
    names: set[str] = set()
    for module in sorted(place.glob("*.py")) if place.is_dir() else [place]:
        for node in ast.parse(module.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef):
                names.add(node.name)
            elif isinstance(node, ast.FunctionDef):
                names.add(f"{node.name}()")
            elif isinstance(node, ast.TypeAlias):
                names.add(node.name.id)
            elif isinstance(node, ast.Assign):
                names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return frozenset(names)


@cache
def tables() -> frozenset[str]:
    """The tables that the file's scripts make."""
    return frozenset(re.findall(r"CREATE TABLE (\w+)", "\n".join(script.text for script in migrate.scripts())))


def test_the_glossary_has_two_tables_of_these_columns() -> None:
    assert [cells for cells in rows() if cells[0] == "Word"] == [HEADS, HEADS]
    assert all(len(cells) == len(HEADS) for cells in rows())


def test_a_word_is_where_the_glossary_says() -> None:
    assert len(terms()) > 80
    for term in terms():
        assert [path for path in term.paths if not (ROOT / path).exists()] == [], term.word
        known = frozenset[str]().union(*(defined_in(path) for path in term.paths), tables())
        assert [name for name in term.names if name not in known] == [], term.word


def test_no_idea_has_two_rows_and_no_word_is_both_said_and_not_said_of_it() -> None:
    words = [term.word for term in terms()]
    assert len(words) == len(set(words))
    assert [term.word for term in terms() if term.word in term.others] == []


def test_the_readme_leads_to_the_glossary() -> None:
    assert "(GLOSSARY.md)" in (ROOT / "README.md").read_text("utf-8")
