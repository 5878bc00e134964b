"""Every figure of the demonstration, counted a second time from the plain rows of the file."""

import itertools
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

import pytest

from pupil_desk.basics.codelists import codelist
from pupil_desk.domain.register.attendance import percentage, totals_of
from pupil_desk.services import figures, register
from pupil_desk.services.desk import Desk
from pupil_desk.services.figures import Blank, FigureQuestion, Sort
from tests.services.test_demo import CLOCK
from tests.trained import training_unit

FIRST, LAST = date(2026, 8, 1), date(2027, 7, 31)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = training_unit(tmp_path_factory.mktemp("figures") / "unit.pupildesk", number=60, clock=CLOCK).desk
    yield made
    made.vault.close()


@pytest.fixture(scope="module")
def every(desk: Desk) -> list[figures.Figure]:
    """Every figure in every way and period."""
    return [
        figures.look(desk, FigureQuestion(kind.name, period, by))
        for kind in figures.FIGURES
        for (by, _label), period in itertools.product(kind.ways, figures.periods(desk))
    ]


def test_attendance_by_year_group_is_what_the_marks_come_to(desk: Desk) -> None:
    today = desk.today
    period = next(period for period in figures.periods(desk) if period.first <= today <= period.last)
    rows = desk.vault.rows(
        "SELECT pupil_id, code FROM register_mark WHERE day BETWEEN ? AND ?", (period.first.isoformat(), today.isoformat())
    )
    codes: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        codes[row["pupil_id"]].append(row["code"])
    year_of = {row["id"]: row["year_group"] for row in desk.vault.rows("SELECT id, year_group FROM pupil")}
    expected: defaultdict[str, list[int]] = defaultdict(lambda: [0] * 6)
    for pupil_id, marks in codes.items():
        totals = totals_of(marks)
        if totals.possible:
            for at, number in enumerate((1, totals.possible, totals.attended, totals.authorised, totals.unauthorised, totals.persistent)):
                expected[codelist("year_group").label_of(year_of[pupil_id])][at] += number
    found = figures.look(desk, FigureQuestion("attendance", period, "year-group"))
    keys = ("pupils", "possible", "attended", "authorised", "unauthorised", "persistent")
    assert {row.label: [row.cells[found.place(key)] for key in keys] for row in found.rows} == dict(expected)


def test_the_whole_agrees_with_the_totals_of_the_register(desk: Desk) -> None:
    period = figures.periods(desk)[0]
    found = figures.look(desk, FigureQuestion("attendance", period, "terms"))
    pupil_totals = register.totals(desk, period.first, desk.today)
    possible, attended = (sum(getattr(totals, name) for totals in pupil_totals) for name in ("possible", "attended"))
    assert found.total_row is not None
    assert found.total_row.cells[found.place("possible")] == possible
    assert found.total_row.cells[found.place("attendance")] == percentage(attended, possible)


def test_rows_come_to_their_whole_wherever_they_are_said_to(every: list[figures.Figure]) -> None:
    for figure in every:
        for place, column in enumerate(figure.columns):
            if figure.total_row is None or column.is_share or not column.adds_up:
                continue
            numbers = [cell for row in figure.rows if isinstance(cell := row.cells[place], int)]
            assert sum(numbers) == figure.total_row.cells[place], (figure.kind, figure.heading, column.key)


def test_what_is_printed_has_no_small_number_in_any_of_them(every: list[figures.Figure]) -> None:
    for figure in every:
        printed = figures.as_printed(figure, 5)
        for line, (place, column) in itertools.product(printed.lines, enumerate(printed.columns)):
            if column.sort in (Sort.PUPILS, Sort.EVENTS):
                assert line.cells[place] is Blank.SMALL or line.cells[place] not in (1, 2, 3, 4)


def test_there_is_something_to_see_in_each(desk: Desk) -> None:
    period = figures.periods(desk)[0]
    for kind, by in (
        ("attendance", "sen"),
        ("suspensions", "reasons"),
        ("progress", "subjects"),
        ("destinations", "activities"),
        ("roll", "weeks"),
    ):
        assert figures.look(desk, FigureQuestion(kind, period, by)).rows, kind
