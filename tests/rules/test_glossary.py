"""The glossary names what there is: each path in it exists, and each class, function and table that it gives for a word; and what its last column
says is not used, is not used: in no name of the code, and in no words on a screen or in the help.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from pupil_desk.store.file import migrate
from tests.rules.test_names import bindings, sentences

ROOT = Path(__file__).parents[2]
HEADS = ["Word", "What it is", "Where", "In code", "Not"]
_ENGLISH = """one each to by who whom at on when why because said told telling sent sending made found held wanted chosen dropped asking keeping thing"""
EVERYDAY = frozenset(_ENGLISH.split())
QTS = frozenset({"hitButton"})  # names that Qt gave
"""Words without which no English sentence is written, in code as on a screen: ``test_names`` counts those that stand alone as a name."""


class Term(NamedTuple):
    """One row of a table: the word, its paths, the names it has in the code, and the words that are not used for it. Of one of these that is right in
    another meaning, the meaning follows in parentheses."""

    word: str
    paths: tuple[str, ...]
    names: tuple[str, ...]
    others: tuple[str, ...]


_NOT = re.compile(r"[,;]\s*(?![^(]*\))")  # between the words of the last column, and not within parentheses


def rows() -> Iterator[list[str]]:
    for line in (ROOT / "GLOSSARY.md").read_text("utf-8").splitlines():
        if line.startswith("| "):
            yield [cell.strip() for cell in line.strip("|").split("|")]


def terms() -> list[Term]:
    quoted = re.compile(r"`([^`]+)`")
    return [
        Term(cells[0], tuple(quoted.findall(cells[2])), tuple(quoted.findall(cells[3])), tuple(_NOT.split(cells[4])))
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


def unused() -> list[str]:
    """The words that are not used at all: no other meaning makes one right, it is no word of its own here, and none of everyday English."""
    own_words = {word.strip("` ") for term in terms() for word in re.split(r", | \(", term.word)}
    others = {word.lower() for term in terms() for word in term.others if word and "(" not in word}
    return sorted(others - {word.lower() for word in own_words} - EVERYDAY)


def pattern(words: list[str]) -> re.Pattern[str]:
    """Any of these, in the plural too."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})(?:e?s)?\b", re.IGNORECASE)


def in_words(name: str) -> str:
    """A name of the code as the words that it is made of: «_ALL_HITS», «hitsOf» and «hits_of» have «hits»."""
    return " ".join(re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name))


def misnamed(trees: dict[str, ast.Module], words: list[str]) -> list[str]:
    """Where a name or a sentence of the program has one of these words."""
    unwanted = pattern(words)
    places = [f"{path}: the name of the file" for path in trees if unwanted.search(in_words(path.removesuffix(".py")))]
    for path, tree in trees.items():
        places += [f"{path}:{line}: {name}" for name, line in bindings(tree) if name not in QTS and unwanted.search(in_words(name))]
        places += [f"{path}: “{text}”" for text in sentences(tree) if unwanted.search(text)]
    return places


def test_no_name_and_no_sentence_has_a_word_that_the_glossary_does_not_use(modules: dict[str, ast.Module]) -> None:
    assert len(unused()) > 50
    assert misnamed(modules, unused()) == [], "use the word of GLOSSARY.md, or say there in parentheses in which meaning this one is right"


def test_no_page_of_the_help_has_a_word_that_the_glossary_does_not_use() -> None:
    unwanted = pattern(unused())
    pages = sorted((ROOT / "resources/help").glob("*.md"))
    lines = [(page.name, line) for page in pages for line in page.read_text("utf-8").splitlines()]
    assert [(name, line) for name, line in lines if unwanted.search(line)] == []


@pytest.mark.parametrize(
    "text", ["hits = 1", "_ALL_HITS = 1", "class HitList: pass", "def first_hit(): pass", "def f(hit): pass", "_('Every hit is shown.')"]
)
def test_a_word_is_seen_in_each_kind_of_name_and_in_a_sentence(text: str) -> None:
    assert len(misnamed({"planted.py": ast.parse(text)}, ["hit"])) == 1
    assert misnamed({"planted.py": ast.parse(text)}, ["hi", "it"]) == []


def test_a_word_in_parentheses_is_right_in_that_meaning() -> None:
    (pupil,) = (term for term in terms() if term.word == "pupil")
    assert [word for word in pupil.others if "student" in word or "child" in word] == [pupil.others[0], "student"]
    assert "student" in unused()
    assert not any(word.startswith("child") for word in unused())
