"""The law as data: files of rules under ``resources``, as they ship, or as a pack of rules that is in force has them.

They are read here and nowhere else. What is in force belongs to the unit whose file is open, and ends when that is closed;
what is worked out from a file of rules is remembered by ``by_rules``, so that other rules are in force at once.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache, wraps
from typing import Any, cast, overload

from pupil_desk.basics.places import resource

FACTS = ("source", "checked", "sure", "look_again")
"""What each file states of its rules, at its head: who says so, the day it was checked, how sure we are, and when to look again."""
_REMARKS = (
    "checked",
    "look_again",
    "unsure",
    "sources",
    "facts",
    "words",
)  # what else is said of rules; a source and how sure we are are read with them


@dataclass(frozen=True, eq=False, slots=True)
class RuleSet:
    """Which rules are in force: the texts of packs by path under ``resources``, such as ``codes/sex.toml``; every other file as it ships.

    ``of_unit`` are texts that the open unit has laid down for itself, which no pack and no program ships.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    of_unit: Mapping[str, str] = field(default_factory=dict)


SHIPPED = RuleSet()


@dataclass(slots=True)
class _InForce:
    rules: RuleSet = SHIPPED
    is_over: Callable[[], bool] | None = None

    def current(self) -> RuleSet:
        """The rules, as they ship once those of a unit are over."""
        if self.is_over is not None and self.is_over():
            self.rules, self.is_over = SHIPPED, None
        return self.rules


_in_force: ContextVar[_InForce] = ContextVar("rules in force", default=_InForce())  # noqa: B039 - one for all threads is what is meant


def in_force() -> RuleSet:
    """The rules by which everything is read now."""
    return _in_force.get().current()


def put_in_force(rules: RuleSet, is_over: Callable[[], bool] | None = None) -> None:
    """Read everything by these rules from now on, in every thread; within ``apart`` there alone. ``is_over``: whether they no longer hold, asked each time."""
    held = _in_force.get()
    held.rules, held.is_over = rules, is_over


@contextmanager
def apart(rules: RuleSet = SHIPPED) -> Iterator[None]:
    """Within the block other rules are in force, for this thread alone: to see what would change, or for a file beside the unit's own."""
    token = _in_force.set(_InForce(rules))
    try:
        yield
    finally:
        _in_force.reset(token)


def by_rules[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """Remember what a function gives, for the rules in force: what ``functools.cache`` is to what never changes."""

    @cache
    def remembered(_rules: RuleSet, *args: Any, **named: Any) -> Any:
        return function(*args, **named)

    @wraps(function)
    def of_rules_in_force(*args: P.args, **named: P.kwargs) -> R:
        return cast(R, remembered(_in_force.get().current(), *args, **named))  # type: ignore[arg-type]  # what is asked by can be remembered

    return of_rules_in_force


class OfRules[T]:
    """An attribute of a dataclass that a file of rules may lay down: given as it is, or as a function that is asked each time, by the rules in force."""

    def __init__(self, *default: T) -> None:
        self._default = default
        self._name = ""

    def __set_name__(self, _owner: type, name: str) -> None:
        self._name = f"_{name}"

    @overload
    def __get__(self, instance: None, owner: type) -> T: ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: object | None, owner: type) -> T:
        if instance is None:
            if not self._default:
                raise AttributeError(self._name)
            return self._default[0]
        value = instance.__dict__[self._name]
        return cast(T, value() if callable(value) else value)

    def __set__(self, instance: object, value: T | Callable[[], T]) -> None:
        instance.__dict__[self._name] = value


def rule_text(*parts: str) -> str:
    """A file of rules as text. Raises FileNotFoundError for one that does not exist, which is a bug."""
    path, rules = "/".join(parts), in_force()
    text = rules.texts.get(path, rules.of_unit.get(path))
    return resource(*parts).read_text(encoding="utf-8") if text is None else text


def unit_text(path: str) -> str:
    """What the open unit has laid down for itself under a path; «» for nothing."""
    return in_force().of_unit.get(path, "")


def rule_data(*parts: str) -> dict[str, Any]:
    """The rules of a file of TOML, without the days of its facts and more that is said of them. Raises FileNotFoundError for one that does not exist, which is a bug."""
    data = tomllib.loads(rule_text(*parts))
    return {name: value for name, value in data.items() if name not in _REMARKS}
