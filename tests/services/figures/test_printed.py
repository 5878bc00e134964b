"""What is printed for others: small numbers blank in every figure, and nothing left from which they follow."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pupil_desk.services import figures
from pupil_desk.services.figures import Blank, Figure, as_printed
from pupil_desk.services.figures.attendance import _COLUMNS as ATTENDANCE
from pupil_desk.services.figures.incident_entries import ON_ROLL
from pupil_desk.services.figures.incidents import _COLUMNS as INCIDENTS
from pupil_desk.services.figures.interventions import _COLUMNS as INTERVENTIONS
from pupil_desk.services.figures.progress import _COLUMNS as PROGRESS
from pupil_desk.services.figures.roll import _IN_TIME, _OF_GROUPS
from pupil_desk.services.figures.shape import FigureColumn, Sort, table
from pupil_desk.services.figures.suspensions import _COLUMNS as SUSPENSIONS
from pupil_desk.services.unit import settings as settings_service
from tests.services.exports.made import Unit
from tests.services.figures.known import cells, look, mark, pupils_of

LIMIT = 5


def figure(
    columns: tuple[FigureColumn, ...], counted: list[dict[str, int]], whole: dict[str, int] | None = None, *, timely: bool = False
) -> Figure:
    together = whole or {key: sum(one[key] for one in counted) for key in counted[0]}
    rows, all_rows = table(columns, [(f"Row {at}", one) for at, one in enumerate(counted)], ("All", together))
    return Figure(
        kind="k",
        title="T",
        period="P",
        heading="B",
        way="b",
        columns=columns,
        rows=rows,
        total_row=all_rows,
        notes=(),
        main=columns[0].key,
        timely=timely,
    )


small = st.integers(0, 12)


@st.composite
def attendance(draw: st.DrawFn) -> Figure:
    rows = []
    for _row in range(draw(st.integers(1, 6))):
        persistent = draw(small)
        pupils, severe = persistent + draw(small), draw(st.integers(0, persistent))
        attended, missed = pupils * 9, pupils + persistent
        rows.append(
            {
                "pupils": pupils,
                "possible": attended + missed,
                "attended": attended,
                "authorised": missed,
                "unauthorised": 0,
                "persistent": persistent,
                "severe": severe,
            }
        )
    return figure(ATTENDANCE, rows)


@st.composite
def suspensions(draw: st.DrawFn) -> Figure:
    rows = []
    for _row in range(draw(st.integers(1, 6))):
        suspended, permanent = draw(small), draw(small)
        times = suspended + (draw(small) if suspended else 0)
        rows.append(
            {
                "pupils": suspended + permanent + draw(small),
                "suspensions": times,
                "sessions": times * 2,
                "suspended": suspended,
                "permanent": permanent,
            }
        )
    return figure(SUSPENSIONS, rows)


@st.composite
def progress(draw: st.DrawFn) -> Figure:
    rows = []
    for _row in range(draw(st.integers(1, 6))):
        met, missed, higher, same, lower = (draw(small) for _count in range(5))
        rows.append(
            {
                "pupils": met + missed,
                "compared": met + missed,
                "met": met,
                "again": higher + same + lower,
                "pairs": higher + same + lower,
                "higher": higher,
                "same": same,
                "lower": lower,
            }
        )
    return figure(PROGRESS, rows)


@st.composite
def roll(draw: st.DrawFn) -> Figure:
    rows = []
    for _row in range(draw(st.integers(1, 6))):
        first, joined = draw(small), draw(small)
        left = draw(st.integers(0, first + joined))
        rows.append({"at-first": first, "joined": joined, "left": left, "on-roll": first + joined - left})
    return figure(_OF_GROUPS, rows)


@st.composite
def incidents(draw: st.DrawFn) -> Figure:
    rows = []
    for _row in range(draw(st.integers(1, 6))):
        row = {"took-part": draw(small), "hurt": draw(small), "ordinary-pupils": draw(small), "rewarded": draw(small)}
        times = {"incidents": "took-part", "ordinary": "ordinary-pupils", "rewards": "rewarded"}
        row |= {key: row[of] + (draw(small) if row[of] else 0) for key, of in times.items()}
        points = {"ordinary-points": 0, "reward-points": row["rewards"] * 3}
        rows.append(row | points | {"pupils": max(row.values()) + draw(small)})
    return figure((ON_ROLL, *INCIDENTS), rows)


@st.composite
def interventions(draw: st.DrawFn) -> Figure:
    rows = []
    for _row in range(draw(st.integers(1, 6))):
        held = draw(small)
        times = held + (draw(small) if held else 0)
        parts = ("force", "seclusion", "restraint", "signed", "told", "withheld")
        row = {"interventions": times, "held": held} | {part: draw(st.integers(0, times)) for part in parts}
        rows.append(row | {"pupils": held + draw(small)})
    return figure((ON_ROLL, *INTERVENTIONS), rows)


@settings(max_examples=150)
@given(st.one_of(attendance(), suspensions(), incidents(), interventions(), progress(), roll()))
def test_nothing_small_is_printed_nor_follows_from_a_whole(drawn: Figure) -> None:
    printed = as_printed(drawn, LIMIT)
    for place, column in enumerate(printed.columns):
        was, now = [line.cells[place] for line in drawn.rows], [line.cells[place] for line in printed.rows]
        assert all(a == b or b is Blank.SMALL for a, b in zip(was, now, strict=True))
        if column.sort in (Sort.PUPILS, Sort.EVENTS):
            assert not any(isinstance(cell, int) and 0 < cell < LIMIT for cell in now)
        hidden = [cell for cell, shown in zip(was, now, strict=True) if shown is Blank.SMALL]
        assert printed.total_row is not None
        if not column.is_share and printed.total_row.cells[place] is not Blank.SMALL and hidden and column.adds_up:
            rest = sum(cell for cell in hidden if isinstance(cell, int))
            assert rest == 0 or len(hidden) > 1, "one blank in a column is its whole less the others"
            if column.sort is not Sort.AMOUNT:
                assert not 0 < rest < LIMIT


@given(st.one_of(attendance(), suspensions(), progress()))
def test_a_share_is_never_printed_beside_a_number_that_it_would_give_away(drawn: Figure) -> None:
    printed = as_printed(drawn, LIMIT)
    for line in printed.lines:
        for place, column in enumerate(printed.columns):
            if column.is_share and line.cells[place] is not Blank.SMALL:
                assert line.cells[printed.place(column.top)] is not Blank.SMALL
                assert line.cells[printed.place(column.base)] is not Blank.SMALL


@given(st.one_of(attendance(), interventions(), progress()))
def test_those_who_are_left_are_not_few_either(drawn: Figure) -> None:
    printed = as_printed(drawn, LIMIT)
    for line in printed.lines:
        for place, column in enumerate(printed.columns):
            of = line.cells[printed.place(column.part_of)] if column.part_of else None
            part = line.cells[place]
            if isinstance(part, int) and isinstance(of, int) and part:
                assert not 0 < of - part < LIMIT


@given(progress())
def test_three_numbers_that_come_to_a_fourth_are_blank_together(drawn: Figure) -> None:
    printed = as_printed(drawn, LIMIT)
    for line in printed.lines:
        blank = {line.cells[printed.place(key)] is Blank.SMALL for key in ("higher", "same", "lower")}
        assert len(blank) == 1


@given(roll())
def test_a_number_on_roll_does_not_follow_from_comings_and_goings(drawn: Figure) -> None:
    printed = as_printed(drawn, LIMIT)
    for line in printed.lines:
        parts = [line.cells[printed.place(key)] for key in ("at-first", "joined", "left", "on-roll")]
        blank = [part for part in parts if part is Blank.SMALL]
        assert len(blank) != 1, "one blank of four follows from the other three"


def test_where_the_roll_itself_is_small_no_row_tells_how_it_changed() -> None:
    rows = [{"joined": 9, "left": 0, "on-roll": 9}, {"joined": 0, "left": 5, "on-roll": 4}, {"joined": 8, "left": 0, "on-roll": 12}]
    printed = as_printed(figure(_IN_TIME_, rows, {"joined": 17, "left": 5, "on-roll": 12}, timely=True), LIMIT)
    assert {line.cells[printed.place(key)] for line in printed.rows for key in ("joined", "left")} == {Blank.SMALL}


_IN_TIME_ = tuple(dataclasses.replace(column, adds_up=column.sort is not Sort.PUPILS) for column in _IN_TIME)


def test_the_limit_is_the_units_own(unit: Unit) -> None:
    for pupil in pupils_of(unit):
        mark(unit, pupil, ["/", "\\"])
    found = look(unit, "attendance", "sex")
    assert cells(found, "Female", "pupils", "attendance") == ["3", "100.0 %"]
    assert cells(figures.for_others(unit.desk, found), "Female", "pupils", "attended", "attendance") == ["c", "c", "c"]
    assert cells(figures.for_others(unit.desk, found), "Male", "pupils") == ["c"]  # else 8 less 5 would tell it
    settings_service.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, small_numbers=3))
    assert cells(figures.for_others(unit.desk, found), "Female", "pupils", "attendance") == ["3", "100.0 %"]


@pytest.mark.parametrize("number", [0, 2, 21])
def test_a_limit_out_of_reach_is_refused(unit: Unit, number: int) -> None:
    from pupil_desk.domain.catalogue.validation import Refused

    with pytest.raises(Refused, match="Choose 3 to 20"):
        settings_service.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, small_numbers=number))


def test_what_is_hidden_of_attendance_says_that_sessions_are_not(unit: Unit) -> None:
    pupils_of(unit)
    said = {kind: figures.hidden_words(figures.for_others(unit.desk, look(unit, kind, "sex"))) for kind in ("attendance", "suspensions")}
    assert {kind: "Sessions are amounts" in words for kind, words in said.items()} == {"attendance": True, "suspensions": False}
