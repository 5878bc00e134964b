"""How long things are kept is said in one place (``resources/retention``); every sentence about it is made from there.

Looked through: the prose, the help, the code lists, and the words of the program. A sentence that speaks of keeping or erasing and of a
number of years, or of a birthday, must not have the number itself.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import pupil_desk
from pupil_desk.basics.places import resource
from pupil_desk.domain.governance.retention import proposed_schedule
from pupil_desk.services.program.guides import chapters, text_of
from tests.rules.trees import walked

SOURCE = Path(pupil_desk.__file__).parent
NUMBER = r"(?:\d+|one|two|three|four|five|six|seven|ten|twelve|twenty|twenty-five|thirty(?:-one)?)"
PERIOD = re.compile(
    rf"\b{NUMBER}(?: more)? years?\b|\b(?:\d+(?:st|nd|rd|th)|twenty-fifth|thirty-first) birthday|(?:الخامس والعشرين|ست سنوات)",
    re.IGNORECASE,
)
KEEPING = re.compile(r"\b(?:keep|kept|keeps|retain\w*|eras\w+|delet\w+|stays?|due to go)\b|نحتفظ", re.IGNORECASE)
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+|\|")
OTHERS = {
    "help/06-exports.md": "a day that a person sets for files kept, and its limit, which the export checks",
    "domain/governance/retention.py": "the sentences themselves are made here",
}
"""Sentences about another promise than a class of retention, by file, each with the reason."""


def periods_in(text: str) -> list[str]:
    """The sentences that promise a time of their own."""
    return [sentence for sentence in SENTENCE.split(text) if KEEPING.search(sentence) and PERIOD.search(sentence)]


def prose() -> Iterator[tuple[str, str]]:
    root = resource("words").parent
    for folder, pattern in (
        ("words", "*.md"),
        ("words", "*.toml"),
        ("help", "*.md"),
        ("codes", "*.toml"),
        ("consents", "*.toml"),
        ("notice", "*.toml"),
        ("quality", "*.toml"),
    ):
        for path in sorted((root / folder).rglob(pattern)):
            yield path.relative_to(root).as_posix(), path.read_text("utf-8")


def program(modules: dict[str, ast.Module]) -> Iterator[tuple[str, str]]:
    for name, tree in modules.items():
        found = (node for node in walked(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_")
        words = [one.value for node in found for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        yield name.removeprefix("pupil_desk/"), "\n".join(words)


@pytest.mark.parametrize("of_program", [False, True], ids=["prose", "program"])
def test_no_sentence_has_a_period_of_its_own(modules: dict[str, ast.Module], of_program: bool) -> None:
    texts = program(modules) if of_program else prose()
    found = {name: sentences for name, text in texts if name not in OTHERS and (sentences := periods_in(text))}
    assert found == {}


def test_the_rule_sees_one() -> None:
    for text in (
        "We keep cases for 6 years.",
        "It stays until the 25th birthday.",
        "Proof is kept six years more.",
        "ونحتفظ بكل قيد ست سنوات",
    ):
        assert periods_in(text), text
    assert not periods_in("Absence may be 10 years old. It is kept {kept_pupil}.")


def test_the_help_says_what_is_proposed() -> None:
    text = "\n".join(text_of(chapter.name) for chapter in chapters())
    assert not re.search(r"\{(?:kept|least|periods)", text)
    for made in proposed_schedule().classes.values():
        assert made.running in text, made.name


def test_whoever_fills_words_for_a_unit_hands_on_its_own_times() -> None:
    """Without the unit's schedule the words would say what we propose."""
    call = re.compile(r"\b(?:filling_of|annex_of|edition_text|digests)\((?:desk\.)?settings[^\n]*")
    for path in sorted(SOURCE.rglob("*.py")):
        for found in call.findall(path.read_text("utf-8")):
            assert "schedule" in found, (path.name, found)
