"""Tables that are given together: over random units no small number is in them, nor follows from what is left, within a table or from one to another."""

import itertools
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pupil_desk.services.figures.accidents import _COLUMNS as ACCIDENTS
from pupil_desk.services.figures.attendance import _COLUMNS as ATTENDANCE
from pupil_desk.services.figures.destinations import _COLUMNS as DESTINATIONS
from pupil_desk.services.figures.incident_entries import ON_ROLL
from pupil_desk.services.figures.incidents import _COLUMNS as INCIDENTS
from pupil_desk.services.figures.interventions import _COLUMNS as INTERVENTIONS
from pupil_desk.services.figures.linked import hidden_together, linked, side_by_side
from pupil_desk.services.figures.plans import _COLUMNS as PLANS
from pupil_desk.services.figures.shape import Blank, Figure, FigureColumn, Sort, as_printed, table
from pupil_desk.services.figures.suspensions import _COLUMNS as SUSPENSIONS

type Unknown = tuple[object, ...]
"""A number of a table: the table, the row, and the column; or «total» and the column, which tables share."""
LIMIT = 5
COLUMNS: Mapping[str, tuple[FigureColumn, ...]] = {
    "suspensions": SUSPENSIONS,
    "attendance": ATTENDANCE,
    "incidents": (ON_ROLL, *INCIDENTS),
    "interventions": (ON_ROLL, *INTERVENTIONS),
    "accidents": ACCIDENTS,
    "plans": PLANS,
    "destinations": DESTINATIONS,
}
WAYS = {"suspensions": 3, "incidents": 5, "accidents": 4, "plans": 4}
"""Figures shown a way of their own, and how many rows it has."""

# -- a random unit


@dataclass
class Somebody:
    """A pupil: the group in each way to group, and what is counted of them in each figure, by the row of its own way."""

    groups: tuple[int, ...]
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)


def somebody(draw: random.Random, sizes: Sequence[int], rate: float) -> Somebody:
    pupil = Somebody(tuple(min(draw.randrange(size), draw.randrange(size)) for size in sizes))

    def happens(share: float) -> int:
        return int(draw.random() < share)

    possible, persistent, leaving = happens(0.97) * 100, happens(rate), happens(0.3)
    severe = persistent and happens(rate)
    missed = (60 if severe else 20 if persistent else 5) if possible else 0
    pupil.counts["attendance"] = {
        "pupils": possible // 100, "possible": possible, "attended": possible - missed, "authorised": missed, "unauthorised": 0,
        "persistent": persistent if possible else 0, "severe": severe if possible else 0,
    }  # fmt: skip
    suspended, held, hurt, planned = (
        happens(rate) * draw.randint(1, 3),
        happens(rate / 2) * draw.randint(1, 2),
        happens(rate / 2),
        happens(rate),
    )
    took, ordinary, rewards = (happens(rate) * draw.randint(1, 4) for _column in range(3))
    late, injured = planned and happens(rate), happens(rate)
    pupil.counts |= {
        "suspensions": {"suspensions": suspended, "sessions": suspended * 2, "suspended": min(suspended, 1), "permanent": happens(rate / 8)},
        "incidents": {
            "incidents": took, "took-part": min(took, 1), "hurt": hurt, "ordinary": ordinary, "ordinary-pupils": min(ordinary, 1),
            "ordinary-points": 0, "reward-points": rewards * 3,
            "rewards": rewards, "rewarded": min(rewards, 1),
        },
        "interventions": {
            "interventions": held, "held": min(held, 1), "signed": held, "told": held,
            **{part: draw.randint(0, held) for part in ("force", "seclusion", "restraint", "withheld")},
        },
        "accidents": {"accidents": injured, "injured": injured, "hospital": injured and happens(rate)},
        "plans": {"plans": planned, "planned": planned, "overdue": late, "late": late},
        "destinations": {"pupils": leaving, **{kind: leaving and happens(share) for kind, share in (("I", 0.9), ("O", 0.6), ("A", 0.4), ("6", 0.2))}},
    }  # fmt: skip
    pupil.counts["destinations"] = _by_keys(pupil.counts["destinations"])
    pupil.rows = {kind: draw.randrange(rows) for kind, rows in WAYS.items()}
    return pupil


def _by_keys(counts: Mapping[str, int]) -> dict[str, int]:
    keys = [column.key for column in DESTINATIONS if not column.is_share and column.key != "pupils"]
    return {"pupils": counts["pupils"], **dict(zip(keys, list(counts.values())[1:], strict=True))}


def unit_of(seed: int) -> list[Somebody]:
    draw = random.Random(seed)
    sizes = [draw.randint(1, 6) for _grouping in range(3)]
    rate = draw.choice([0.05, 0.2, 0.5, 0.9])
    return [somebody(draw, sizes, rate) for _pupil in range(draw.choice([6, 20, 45, 90, 150]))]


def together(people: Sequence[Somebody], kind: str) -> dict[str, int]:
    columns = [column for column in COLUMNS[kind] if not column.is_share]
    return {
        column.key: len(people) if _on_roll(column) else sum(person.counts[kind][column.key] for person in people) for column in columns
    }


def _on_roll(column: FigureColumn) -> bool:
    return column.title == ON_ROLL.title


def figure_of(kind: str, columns: Sequence[FigureColumn], rows: Mapping[str, Sequence[Somebody]], people: Sequence[Somebody]) -> Figure:
    counted = [(label, together(of_row, kind)) for label, of_row in rows.items()]
    own_rows, total = table(columns, [row for row in counted if any(row[1].values())], ("All", together(people, kind)))
    return Figure(
        kind=kind, title=kind, period="P", heading="B", way="b", columns=tuple(columns), rows=own_rows, total_row=total, notes=(), main=columns[0].key
    )  # fmt: skip


def tables_of(people: Sequence[Somebody]) -> list[Figure]:
    """Each way to group with all figures side by side, and the figures that are shown a way of their own."""
    tables = []
    for place in range(len(people[0].groups)):
        groups = sorted({person.groups[place] for person in people})
        rows = {f"Group {group}": [person for person in people if person.groups[place] == group] for group in groups}
        tables.append(side_by_side([figure_of(kind, columns, rows, people) for kind, columns in COLUMNS.items()]))
    for kind, number in WAYS.items():
        columns = [replace(column, part_of="") for column in COLUMNS[kind] if not _on_roll(column) and column.base != "pupils"]
        rows = {f"Row {row}": [person for person in people if person.rows[kind] == row] for row in range(number)}
        tables.append(linked(figure_of(kind, columns, rows, people)))
    return tables


# -- what a reader can work out


class Reader:
    """Every number that the tables have as an unknown, those that are shown as known; and what is common knowledge of how they hang together.

    Rows add up to their total, which tables of the same column share; what is part of something is no more than it; nothing is below nought.
    """

    def __init__(self, tables: Sequence[Figure], printed: Sequence[Figure]) -> None:
        self.low: dict[Unknown, int] = {}
        self.high: dict[Unknown, float] = {}
        self.true: dict[Unknown, int] = {}
        self.sums: list[list[Unknown]] = []  # the first is the sum of the others
        self.parts: list[tuple[Unknown, Unknown]] = []
        for number, (figure, shown) in enumerate(zip(tables, printed, strict=True)):
            self._take_in(number, figure, shown)

    def _take_in(self, number: int, figure: Figure, shown: Figure) -> None:
        for place, column in enumerate(figure.columns):
            if column.is_share:
                continue
            names: list[Unknown] = [(number, row, column.key) for row in range(len(figure.rows))]
            names.append(("total", column.key))
            for name, line, shown_line in zip(names, figure.lines, shown.lines, strict=True):
                true, cell = line.cells[place], shown_line.cells[place]
                assert isinstance(true, int)
                assert self.true.setdefault(name, true) == true, "tables agree on what they share"
                is_known = cell is not Blank.SMALL
                self.low[name] = max(self.low.get(name, 0), true if is_known else 0)
                self.high[name] = min(self.high.get(name, float("inf")), true if is_known else float("inf"))
            if column.adds_up:
                self.sums.append([names[-1], *names[:-1]])
            if column.part_of:
                above = [*((number, row, column.part_of) for row in range(len(figure.rows))), ("total", column.part_of)]
                self.parts += zip(names, above, strict=True)

    def work_out(self) -> None:
        """Narrow what each number can be, until nothing more follows."""
        before = None
        while before != (before := (sum(self.low.values()), sum(high for high in self.high.values() if high < float("inf")), self._open())):
            for part, above in self.parts:
                self.high[part] = min(self.high[part], self.high[above])
                self.low[above] = max(self.low[above], self.low[part])
            for total, *rows in self.sums:
                low, high = sum(self.low[row] for row in rows), sum(self.high[row] for row in rows)
                self.low[total], self.high[total] = max(self.low[total], low), min(self.high[total], high)
                for row in rows:
                    others_high = sum(self.high[other] for other in rows if other != row)
                    others_low = low - self.low[row]
                    self.high[row] = min(self.high[row], self.high[total] - others_low)
                    if others_high < float("inf"):
                        self.low[row] = max(self.low[row], int(self.low[total] - others_high))
                    low = sum(self.low[other] for other in rows)

    def _open(self) -> int:
        return sum(high == float("inf") for high in self.high.values())

    def known(self) -> Iterator[Unknown]:
        """The numbers that can be one thing only."""
        self.work_out()
        solved = {name for name in self.true if self.low[name] == self.high[name]}
        yield from solved
        yield from self._solved_by_equations(solved)

    def _solved_by_equations(self, solved: set[Unknown]) -> Iterator[Unknown]:
        """Gauss: an unknown that an equation has alone once all are reduced."""
        rows: list[dict[Unknown, Fraction]] = []
        for total, *parts in self.sums:
            equation = {name: Fraction(-1) for name in parts if name not in solved} | ({total: Fraction(1)} if total not in solved else {})
            for reduced in rows:
                pivot = next(iter(reduced))
                if pivot in equation:
                    _subtract(equation, reduced, equation[pivot] / reduced[pivot])
            if equation:
                pivot = next(iter(equation))
                for reduced in rows:
                    if pivot in reduced:
                        _subtract(reduced, equation, reduced[pivot] / equation[pivot])
                rows.append(equation)
        yield from (next(iter(reduced)) for reduced in rows if len(reduced) == 1)


def _subtract(equation: dict[Unknown, Fraction], other: Mapping[Unknown, Fraction], times: Fraction) -> None:
    for name, factor in other.items():
        left = equation.get(name, Fraction(0)) - times * factor
        if left:
            equation[name] = left
        else:
            equation.pop(name, None)


def small_numbers_told(tables: Sequence[Figure], printed: Sequence[Figure]) -> list[Unknown]:
    """The small counts of pupils or of what happened that a reader has, or can work out; and those that leave so few of what they are part of."""
    counts = {column.key for figure in tables for column in figure.columns if column.sort in (Sort.PUPILS, Sort.EVENTS)}
    reader = Reader(tables, printed)
    known = set(reader.known())
    few = [name for name in known if name[-1] in counts and 0 < reader.true[name] < LIMIT]
    for part, above in reader.parts:
        if {part, above} <= known and reader.true[part] and 0 < reader.true[above] - reader.true[part] < LIMIT:
            few.append(part)
    return few


@settings(max_examples=15)
@given(st.integers(0, 2**32))
def test_no_small_number_follows_from_tables_that_are_given_together(seed: int) -> None:
    tables = tables_of(unit_of(seed))
    assert small_numbers_told(tables, hidden_together(tables, LIMIT)) == []


@pytest.mark.torture
def test_none_follows_in_many_units() -> None:
    for seed in range(3_000):
        tables = tables_of(unit_of(seed))
        assert small_numbers_told(tables, hidden_together(tables, LIMIT)) == [], seed


def test_hidden_each_by_itself_some_follow() -> None:
    """What the reader of these tests can do: it works out what a table hides from another, where each is hidden without regard to the others."""
    followed: list[Unknown] = []
    for seed in range(60):
        tables = tables_of(unit_of(seed))
        followed = small_numbers_told(tables, [as_printed(figure, LIMIT) for figure in tables])
        if followed:
            break
    assert followed


def test_a_share_goes_with_its_numbers() -> None:
    for seed, figure in itertools.product(range(5), range(3)):
        printed = hidden_together(tables_of(unit_of(seed)), LIMIT)[figure]
        for line in printed.lines:
            for place, column in enumerate(printed.columns):
                if column.is_share and line.cells[place] is not Blank.SMALL:
                    assert line.cells[printed.place(column.top)] is not Blank.SMALL
                    assert line.cells[printed.place(column.base)] is not Blank.SMALL
