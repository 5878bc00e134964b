"""Every page of the window: from the key to its picture, the memory once all were seen, and what many visits leave behind."""

import statistics
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.made import Unit
from bench.measuring import Cell, Row
from bench.processes import probe

_WHAT_IT_HOLDS = (
    "Some 75 MB are the code of Qt, Python, the ciphers and the database, which the system maps from their files and shares between programs; "
    "some 75 the modules of the program, a thousand, and of its libraries; some 30 the widgets of the pages that stay."
)


def rows(made: Sequence[tuple[Unit, Path]], visits: int, rounds: int = 2, one_of: int = 1) -> list[Row]:
    """Told of the slowest page by its name, and of Home beside it; there is no floor but the eye's. ``visits`` to pages leave nothing behind; so many
    ``rounds`` are looked at for a picture, of ``one_of`` so many pages."""
    first = Row(name="A page's first picture, the slowest", most=150, target="≤ 150 ms", floor="–")
    home = Row(name="Home's first picture", most=150, target="≤ 150 ms", floor="–")
    again = Row(name="A page seen again, the slowest", most=150, target="≤ 150 ms", floor="–")
    memory = Row(name="Memory, every page seen", unit="MB", most=160, target="≤ 160 MB", floor="–")
    left = []
    for place, (unit, _bare) in enumerate(made):
        by_work = _told(unit, visits, one_of, [*["every-page"] * rounds, "pages-rested-on", *([] if place else ["many-visits"])])
        told = by_work["every-page"]
        by_page = [
            {page: statistics.median(one["taken"][page][visit] for one in told) * 1000 for page in told[0]["taken"]} for visit in (0, 1)
        ]
        home.cells.append(Cell(unit.size, None, by_page[0].pop("home")))
        for row, of_visit in zip((first, again), by_page, strict=True):
            slowest = sorted(of_visit, key=of_visit.__getitem__, reverse=True)
            row.cells.append(Cell(unit.size, None, of_visit[slowest[0]]))
            row.note = ", ".join(f"{page} {of_visit[page]:.0f}" for page in slowest[:6]) + f" ms at {unit.size:,}."
        rested = by_work["pages-rested-on"][0]["held"]
        if rested is not None:
            memory.cells.append(Cell(unit.size, None, rested))
            rush = statistics.median(one["in_a_rush"] for one in told)
            memory.note = f"Where all were seen in a rush: {rush:.0f} MB at {unit.size:,}. {_WHAT_IT_HOLDS}"
        left += [row for one in by_work["many-visits"] for row in _left_behind(unit, one)]
    first.note += (
        " It is made piece by piece, and between two pieces the window hears keys: Qt dresses each of its widgets by itself the first time."
    )
    return [first, home, again, memory, *left]


def _told(unit: Unit, visits: int, one_of: int, works: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """What these works of the pages tell, each in a process of its own; all in one, where only some pages are gone to, so that nothing is measured."""
    told = defaultdict[str, list[dict[str, Any]]](list)
    for together in [works] if one_of > 1 else [[work] for work in works]:
        for work, facts in probe("visits", str(unit.file), unit.name, unit.password, str(one_of), str(visits), *together)["told"]:
            told[work].append(facts)
    return told


def _left_behind(unit: Unit, told: dict[str, Any]) -> list[Row]:
    """After at least so many visits, all pages in turn, beside what was there after two rounds (``tests/ui/test_visits.py`` counts kind by kind)."""
    widgets = Row(name="Widgets left by page visits", unit="widgets", most=0, target="none", floor="–", note=f"{told['visits']} visits.")
    widgets.cells.append(Cell(unit.size, None, told["widgets"]))
    memory = Row(name="Memory left by page visits", unit="MB", most=5, target="≤ 5 MB", floor="–")
    if told["held"] is not None:
        memory.cells.append(Cell(unit.size, None, max(0.0, told["held"])))
    if told["in_use"] is not None:
        memory.note = (
            f"What is in use grew by {told['in_use']:.1f} MB; the rest are holes in the heap, given back to the system as pages go and taken again "
            "where what comes next falls into them."
        )
    return [widgets, memory]
