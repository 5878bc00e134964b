"""What a pack changes, rule by rule: what is in force, and what the pack says instead."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from pupil_desk.basics.rulefacts import head_of
from pupil_desk.basics.rulefiles import RuleSet, apart, rule_text
from pupil_desk.basics.ruleshapes import Keys, is_toml, values_in
from pupil_desk.basics.rulewords import RuleWords
from pupil_desk.basics.words import _
from pupil_desk.services.rules.told import told


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One value of a rule, or some lines of a text, in words: ``title`` is the file's, ``part`` where in it.

    ``name`` is the file's path with the keys; ``old`` or ``new`` is «» where there is none.
    """

    name: str
    title: str
    part: str
    old: str
    new: str

    @property
    def label(self) -> str:
        """What a person calls it."""
        return f"{self.title}: {self.part}"


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
    old_data, new_data = tomllib.loads(old), tomllib.loads(new)
    old_values, new_values = dict(values_in(old_data)), dict(values_in(new_data))
    folder = path.partition("/")[0]
    old_words, new_words = RuleWords(folder, old_data), RuleWords(folder, new_data)
    for keys in dict.fromkeys((*old_values, *new_values)):
        if old_values.get(keys) != new_values.get(keys):
            words = (old_words if keys in old_values else new_words).of(keys)
            yield RuleChange(f"{path}: {'.'.join(keys)}", title, words, _told(path, keys, old_values), _told(path, keys, new_values))


def _told(path: str, keys: Keys, values: Mapping[Keys, Any]) -> str:
    return told(path, keys[-1], values[keys]) if keys in values else ""


def _of_lines(path: str, title: str, old: list[str], new: list[str]) -> Iterator[RuleChange]:
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield RuleChange(
                _("{path}: line {number}").format(path=path, number=old_from + 1),
                title,
                _("line {number}").format(number=old_from + 1),
                "\n".join(old[old_from:old_to]),
                "\n".join(new[new_from:new_to]),
            )
