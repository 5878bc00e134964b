"""Sets of allowed values as data, and the rules that choose among them: «80 to 120, when stage is this and day is that».

The files lie in folders of ``resources/codes``. They know nothing of what the values are about.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pupil_desk.basics.rulefiles import by_rules, rule_data
from pupil_desk.basics.text import fold


@dataclass(frozen=True, slots=True)
class ValueSet:
    """Whole numbers from ``lowest`` to ``highest``, and single values beside them. ``label`` is what is said of it.

    ``title`` and ``meaning`` are what somebody is told who knows the values and not the scale; empty where nothing is laid down.
    """

    name: str
    label: str
    sure: str
    values: tuple[str, ...] = ()
    lowest: int | None = None
    highest: int | None = None
    title: str = ""
    meaning: str = ""

    def find(self, text: str) -> str | None:
        """The value that a text means, in the set's own spelling; None when it is none of them."""
        if self.lowest is not None and self.highest is not None and text.isascii() and text.isdigit() and len(text) < 5:
            return str(int(text)) if self.lowest <= int(text) <= self.highest else None
        folded = fold(text)
        return next((value for value in self.values if fold(value) == folded), None)


@dataclass(frozen=True, slots=True)
class ValueRule:
    """What must be so for a rule to fit, and the sets that then count."""

    wants: Mapping[str, tuple[str, ...]]
    sets: tuple[str, ...]
    by_qualifier: Mapping[str, str] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None

    def fits(self, facts: Mapping[str, str], day: date) -> bool:
        """Whether it speaks of a thing of these facts on a day."""
        if (self.since and day < self.since) or (self.until and day > self.until):
            return False
        return all(facts.get(name, "") in allowed for name, allowed in self.wants.items())


@dataclass(frozen=True)
class ValueSets:
    """The sets by name, and the rules in order: the first that fits decides."""

    sets: Mapping[str, ValueSet]
    rules: tuple[ValueRule, ...]

    def sets_for(self, facts: Mapping[str, str], qualifier: str, day: date) -> tuple[ValueSet, ...] | None:
        """The sets that count for a thing; none of them where nothing is allowed; None where no rule speaks of it."""
        for rule in self.rules:
            if rule.fits(facts, day):
                names = (rule.by_qualifier[qualifier],) if qualifier in rule.by_qualifier else rule.sets
                return tuple(self.sets[name] for name in names)
        return None


@by_rules
def valuesets(*where: str) -> ValueSets:
    """The sets of a file under ``resources/codes``. Raises FileNotFoundError for one that does not exist, which is a bug."""
    data = rule_data("codes", *where)
    sets = {
        name: ValueSet(
            name=name,
            label=facts["label"],
            sure=facts["sure"],
            values=tuple(facts.get("values", ())),
            lowest=facts.get("from"),
            highest=facts.get("to"),
            title=facts.get("title", ""),
            meaning=facts.get("meaning", ""),
        )
        for name, facts in data["sets"].items()
    }
    return ValueSets(sets, tuple(map(_rule, data["rules"])))


_NOT_WANTS = frozenset({"sets", "by_qualifier", "since", "until"})


def _rule(facts: Mapping[str, object]) -> ValueRule:
    wants = {name: tuple(allowed) for name, allowed in facts.items() if name not in _NOT_WANTS and isinstance(allowed, list)}
    sets, qualified = facts["sets"], facts.get("by_qualifier", {})
    since, until = facts.get("since"), facts.get("until")
    assert isinstance(sets, list)
    assert isinstance(qualified, dict)
    assert since is None or isinstance(since, date)
    assert until is None or isinstance(until, date)
    return ValueRule(wants, tuple(sets), qualified, since, until)
