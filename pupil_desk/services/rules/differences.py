"""What a pack changes, rule by rule: what is in force, and what the pack says instead."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.rulefacts import head_of
from pupil_desk.basics.rulefiles import RuleSet, apart, rule_text
from pupil_desk.basics.ruleshapes import is_toml, values_in
from pupil_desk.basics.words import _


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One value of a rule, or some lines of a text. ``name`` is the file's path with the keys; ``old`` or ``new`` is «» where there is none."""

    name: str
    title: str
    old: str
    new: str

    @property
    def label(self) -> str:
        """What a person calls it: the file's name, and where in it."""
        return f"{self.title}: {self.name.partition(': ')[2]}"


def changes(before: RuleSet, after: RuleSet) -> list[RuleChange]:
    """Every rule that is another by one set of rules than by another, file by file."""
    paths = sorted({*before.texts, *after.texts})
    return [change for path in paths for change in _of_file(path, _text(path, before), _text(path, after))]


def _text(path: str, rules: RuleSet) -> str:
    with apart(rules):
        return rule_text(*path.split("/"))


def _of_file(path: str, old: str, new: str) -> Iterator[RuleChange]:
    title = head_of(path).title
    if not is_toml(path):
        yield from _of_lines(path, title, old.splitlines(), new.splitlines())
        return
    old_values, new_values = _values(old), _values(new)
    for keys in dict.fromkeys((*old_values, *new_values)):
        if old_values.get(keys) != new_values.get(keys):
            yield RuleChange(f"{path}: {keys}", title, old_values.get(keys, ""), new_values.get(keys, ""))


def _values(text: str) -> Mapping[str, str]:
    return {".".join(keys): _words(value) for keys, value in values_in(tomllib.loads(text))}


def _words(value: Any) -> str:
    match value:
        case bool():
            return _("yes") if value else _("no")
        case date():
            return show_date(value)
        case list():
            return ", ".join(map(_words, value))
    return str(value)


def _of_lines(path: str, title: str, old: list[str], new: list[str]) -> Iterator[RuleChange]:
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield RuleChange(
                _("{path}: line {number}").format(path=path, number=old_from + 1),
                title,
                "\n".join(old[old_from:old_to]),
                "\n".join(new[new_from:new_to]),
            )
