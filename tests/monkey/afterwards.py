"""Afterwards: everything that a run recorded is taken back or corrected by the program's own services, and what cannot be is told.

The unit is compared, table by table, with what it was when it was fresh. Each row that is new is a fact: its table has a way back in ``ways``, or
it is one of those that are final by their nature, with the reason. What is corrected in place is undone act by act, and put right where that
leaves it; then each row must be as it was, or be said to count no more.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from pupil_desk.basics.clock import SystemClock
from pupil_desk.basics.errors import Known
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.services import changes
from pupil_desk.services.demo.unit import OFFICER, PASSWORD, USERS
from pupil_desk.services.desk import Desk
from pupil_desk.services.unit import units
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows import several
from tests.monkey import ways

type State = Mapping[str, Mapping[tuple[Any, ...], Row]]
_LAST = "SELECT coalesce(max(seq), 0) AS last FROM amendment"

HISTORY = frozenset({"pupil", *(several.TABLES[kind] for kind in several.CHANGING)})
"""The tables of records that are corrected in place, with amendments."""
_BY_ITSELF = frozenset({"period", "merge"})
"""What follows from a day that came, or from two records that are merged, and is undone by neither."""
_TOLD = ("id", "seq", "kind", "step", "what", "said", "pupil_id")  # of a row, in a report: no text that was typed
_SHADOWS = ("find", "sqlite_")  # the tables of the index


@dataclass(frozen=True, slots=True)
class Fact:
    """One row that a run left. ``before`` is what it was, None for a new one."""

    table: str
    row: Row
    before: Row | None

    @property
    def words(self) -> str:
        """Which it is, for a report."""
        told = ", ".join(f"{name} {self.row[name]}" for name in _TOLD if name in self.row.keys())  # noqa: SIM118 - a row is no mapping
        return f"{self.table} ({told})"

    @property
    def changes(self) -> str:
        """The columns that say something else than before."""
        return ", ".join(name for name in self.row.keys() if self.before is None or self.row[name] != self.before[name])  # noqa: SIM118


def afterwards(left: Path, fresh: Path) -> list[str]:
    """What could not be taken back, in a sentence each. The file ``left`` is changed by it."""
    desk = _at(fresh, OFFICER)
    try:
        before, last = state(desk.vault), desk.vault.rows(_LAST)[0]["last"]
    finally:
        units.sign_out(desk)
    faults: list[str] = []
    for name, _role in USERS:
        desk = _at(left, name)
        try:
            faults += Back(desk, before, last).run()
        finally:
            units.sign_out(desk)
    return faults


def _at(path: Path, name: str) -> Desk:
    return units.sign_in(path, name=name, password=PASSWORD, clock=SystemClock())


def state(vault: Vault) -> State:
    """Every row of every table of facts, by its key."""
    return {table: {_key(vault, table, row): row for row in vault.rows(f'SELECT * FROM "{table}"')} for table in tables(vault)}


def tables(vault: Vault) -> list[str]:
    """The tables of the file that hold facts which somebody recorded."""
    rows = vault.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    return [row["name"] for row in rows if row["name"] not in ways.FINAL and not row["name"].startswith(_SHADOWS)]


def _key(vault: Vault, table: str, row: Row) -> tuple[Any, ...]:
    columns = vault.while_unchanged.remember(("key of", table), lambda: vault.rows(f'PRAGMA table_info("{table}")'))
    names = [column["name"] for column in columns if column["pk"]] or [column["name"] for column in columns]
    return tuple(row[name] for name in names)


class Back:
    """One person's way back through what a run left: the data officer's through nearly all of it."""

    def __init__(self, desk: Desk, before: State, last: int) -> None:
        self.desk, self._before, self._last = desk, before, last  # the number of the last amendment before
        self._is_officer = desk.user.name == OFFICER
        self.faults: list[str] = []

    def run(self) -> list[str]:
        """Take back what only grows, the last first; then undo what changed, and put right what that leaves."""
        self._go([fact for fact in self.facts() if fact.table not in {*HISTORY, *ways.LATER}], ways.WAYS)
        if self._is_officer:
            self._undo()
            self._go([fact for fact in self.facts() if fact.table in ways.LATER], ways.LATER)
            for fact in [fact for fact in self.facts() if fact.table in HISTORY]:
                right = partial(ways.take_away, self.desk, fact.table, fact.row)
                self._try(fact, right if fact.before is None else partial(ways.put_right, self.desk, fact.table, fact.before))
            changed = [fact for fact in self.facts() if fact.table in HISTORY and fact.before is not None]
            self.faults += [f"not as it was: {fact.words}, {fact.changes}" for fact in changed]
        return self.faults

    def _go(self, facts: Iterable[Fact], known_ways: Mapping[str, ways.Way]) -> None:
        for fact in facts:
            way = known_ways.get(fact.table)
            if way is None:
                self.faults += [f"no way back is known: {fact.words}"] if self._is_officer else []
            elif self._takes_back(fact):
                self._try(fact, partial(way, self.desk, fact.row, list(self._before[fact.table].values())))

    def _takes_back(self, fact: Fact) -> bool:
        if fact.table in ways.OWN:
            return bool(fact.row["staff_id"] == self.desk.user.id)
        return ways.WHOSE.get(fact.table, OFFICER) == self.desk.user.name

    def facts(self) -> Iterator[Fact]:
        """What is new or other than it was, the tables in the order of ``ways``, of each the last row first."""
        now = state(self.desk.vault)
        for table in [*ways.WAYS, *(table for table in now if table not in ways.WAYS)]:
            was = self._before[table]
            for key, row in reversed(now[table].items()):
                if was.get(key) != row:
                    yield Fact(table, row, was.get(key))

    def _try(self, fact: Fact, way: Callable[[], object]) -> None:
        try:
            way()
        except Refused as error:
            self.faults.append(f"not taken back: {fact.words}: {' '.join(problem.message for problem in error.problems)}")
        except (Known, LookupError, AssertionError, StopIteration) as error:
            self.faults.append(f"not taken back: {fact.words}: {type(error).__name__} {error}")

    def _undo(self) -> None:
        """Each act since, the last first. What an undo leaves as it is, the next look at the rows finds."""
        rows = self.desk.vault.rows(
            'SELECT act, at, "by", source, max(seq) AS last FROM amendment GROUP BY act, at, "by", source HAVING last > ? ORDER BY last DESC',
            (self._last,),
        )
        for row in rows:
            if row["source"] not in _BY_ITSELF:
                try:
                    changes.undo(self.desk, row["act"] or f"{row['at']}|{row['by']}|{row['source']}")
                except Known:
                    continue
