"""What a rule says: its value in words. Long lists are counted, with the first of what is in them."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from pupil_desk.basics.rulefacts import RuleFacts, facts_of
from pupil_desk.basics.rulefiles import FACTS, by_rules, rule_text
from pupil_desk.basics.ruleshapes import Keys, by_name, is_tables, is_toml
from pupil_desk.basics.rulewords import RuleWords
from pupil_desk.basics.text import capital
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.governance.retention import proposed_schedule
from pupil_desk.services.rules.told import nth_weekday, told


@dataclass(frozen=True, slots=True)
class _Room:
    """How much is said: letters in all and of one value, entries of a list, and whether the first of what is counted are named."""

    letters: int
    value: int
    entries: int
    names: bool


_BESIDE_ONE = _Room(letters=600, value=200, entries=12, names=True)
_AMONG_MANY = _Room(letters=120, value=70, entries=3, names=False)
_NAMES = frozenset({"label", "what", "title", "name", "key", "heading", "code"})  # by which a table is called, so it is said already
_INSIDE = frozenset(
    {"rule", "rows", "said", "said_own", "by_hand", "quiet", "alike", "category", "year"}
)  # for the program alone, or words of papers
_ASIDE = frozenset({*FACTS, "unsure", "sources", "facts", "words"})
_VALUES = frozenset({"value", "number", "note"})  # what the rule is, with no word beside it
_FILLED = re.compile(r"\{[^{}]*\}")  # a place in a text that is filled in
_COUNTED: Mapping[str, tuple[str, str]] = {
    "codes": (_("code"), _("codes")),
    "columns": (_("column"), _("columns")),
    "sets": (_("set of results"), _("sets of results")),
    "elements": (_("point"), _("points")),
    "sheets": (_("table"), _("tables")),
    "headings": (_("heading"), _("headings")),
}
"""What a table of many entries holds, by its key; of others the entries are counted as that."""


@by_rules
def said(rule: RuleFacts) -> str:
    """What a rule says."""
    return _told_in(rule, _BESIDE_ONE)


@by_rules
def said_briefly(rule: RuleFacts) -> str:
    """The same for a table of many rules."""
    return _told_in(rule, _AMONG_MANY)


def _told_in(rule: RuleFacts, room: _Room) -> str:
    """The first parts that find room, at least one; the others counted."""
    first, *parts = _parts(rule, room)
    words = _shortened(capital(first), room.letters)
    for number, part in enumerate(parts):
        if len(words) + len(part) > room.letters:
            return _("{words}; and {number} more").format(words=words, number=len(parts) - number)
        words = _("{words}; {more}").format(words=words, more=part)
    return words


def _parts(rule: RuleFacts, room: _Room) -> list[str]:
    if not is_toml(rule.path):
        return [_of_text(rule.path)]
    keys: Keys = tuple(rule.name.partition(": ")[2].split(".")) if rule.name != rule.path else ()
    if rule.path == "retention/classes.toml":
        return [proposed_schedule().sentence(keys[-1])]
    return list(filter(None, _Saying(rule, keys, room).parts())) or [_by_name(keys)]


def _by_name(keys: Keys) -> str:
    """What is said of a rule of which there is nothing but its name."""
    if not keys:
        return _("Each rule of it stands on a line of its own")
    return _("Code {code}").format(code=keys[-1]) if keys[0] == "codes" else _("Its name is {name}").format(name=keys[-1])


def _of_text(path: str) -> str:
    text = rule_text(*path.split("/"))
    if path.endswith(".txt"):
        lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
        return count_of(len(lines), _("element"), _("elements"))
    name = PurePosixPath(path).stem.replace("-", " ").replace("_", " ")
    return _("{name}: a text of {words}").format(name=name, words=count_of(len(text.split()), _("word"), _("words")))


@by_rules
def _file(path: str) -> tuple[Mapping[str, Any], RuleWords, frozenset[Keys]]:
    """A file's rules, what they are called, and which of them stand on lines of their own."""
    data = tomllib.loads(rule_text(*path.split("/")))
    apart = frozenset(tuple(rule.name.partition(": ")[2].split(".")) for rule in facts_of(path))
    return data, RuleWords(path.partition("/")[0], data), apart


class _Saying:
    """The words for one rule of a file of TOML."""

    def __init__(self, rule: RuleFacts, keys: Keys, room: _Room) -> None:
        self.path, self.title, self.keys, self.room = rule.path, rule.title, keys, room
        self.data, self.words, self.apart = _file(rule.path)

    def parts(self) -> Iterator[str]:
        value: Any = self.data
        for key in self.keys:
            value = _tables(value)[key]
        yield from self._said(self.keys, value)

    def _said(self, keys: Keys, value: Any) -> Iterator[str]:
        tables = _tables(value)
        if tables is None:
            yield self._leaf(keys, value)
        elif len(tables) > self.room.entries and all(_tables(part) is not None for part in tables.values()):
            yield self._counted(keys, tables)
        elif {"month", "weekday", "nth"} <= tables.keys():
            yield _("{name}: {day}").format(
                name=self.words.of(keys, len(self.keys)), day=nth_weekday(tables["nth"], tables["weekday"], tables["month"])
            )
            yield from self._said(keys, {name: part for name, part in tables.items() if name not in ("month", "weekday", "nth")})
        elif told_parts := [name for name, part in tables.items() if self._is_said((*keys, name), part)]:
            for name in told_parts:
                yield from self._said((*keys, name), tables[name])
        elif len(keys) > len(self.keys):
            yield self.words.of(keys, len(self.keys))

    def _is_said(self, keys: Keys, value: Any) -> bool:
        """Whether it is told here: not on a line of its own, and neither a fact, a name nor for the program alone."""
        key = keys[-1]
        if keys in self.apart or key in _ASIDE or value in ("", [], {}):
            return False
        is_name = key in _NAMES and (len(keys) > 1 or value == self.title or key != "name")
        return not (_tables(value) is None and (is_name or key in _INSIDE or key.endswith("_sure")))

    def _leaf(self, keys: Keys, value: Any) -> str:
        if isinstance(value, list) and len(value) > self.room.entries:
            value, more = value[: self.room.entries], len(value) - self.room.entries
            words = _("{first} and {number} more").format(first=told(self.path, keys[-1], value), number=more)
        else:
            words = told(self.path, keys[-1], value)
        words = _shortened("; ".join(_FILLED.sub("…", line).strip() for line in words.splitlines() if line.strip()), self.room.value)
        name = self.words.of(keys, len(self.keys)) if keys[-1] not in _VALUES else self.words.of(keys[:-1], len(self.keys))
        return _("{name}: {words}").format(name=name, words=words) if name else words

    def _counted(self, keys: Keys, tables: Mapping[str, Any]) -> str:
        noun = _COUNTED.get(keys[-1] if keys else "", (_("entry"), _("entries")))
        count = count_of(len(tables), *noun)
        if not self.room.names:
            return count
        names = [self.words.of((*keys, name), len(keys)) for name in tables]
        first = _listed(names[: self.room.entries], len(names) - self.room.entries)
        return _("{number}: {first}").format(number=count, first=first)


def _shortened(words: str, longest: int) -> str:
    """No longer than that, cut between two words."""
    return words if len(words) <= longest else _("{words}…").format(words=words[:longest].rpartition(" ")[0])


def _listed(names: Iterable[str], more: int) -> str:
    return _("{first} and {number} more").format(first=", ".join(names), number=more)


def _tables(value: Any) -> Any:
    """Parts by their names, where a value has some."""
    if isinstance(value, Mapping):
        return value
    return by_name(value) if is_tables(value) else None
