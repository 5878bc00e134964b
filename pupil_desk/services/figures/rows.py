"""Rows in time or by group: the same for every figure that counts pupils."""

import dataclasses
from collections.abc import Callable, Sequence
from datetime import timedelta

from pupil_desk.basics.words import _
from pupil_desk.services.figures.asking import IN_TIME, WEEKS, FigureKind, PreparedQuestion, days_so_far, of_whom_and_when
from pupil_desk.services.figures.people import Person, group_called
from pupil_desk.services.figures.periods import Period
from pupil_desk.services.figures.shape import Counts, Figure, FigureColumn, Sort, in_text, table

_OF_TIME = _("A pupil may be counted in several rows, and is counted once in the last.")
_OF_GROUP = _("A pupil is in the group that was true on the last day of the period, or on the last day on roll in it.")


def answer(
    prepared: PreparedQuestion,
    kind: FigureKind,
    columns: Sequence[FigureColumn],
    notes: Sequence[str],
    *,
    main: str,
    of_part: Callable[[int, Sequence[Person]], Counts],
    of_people: Callable[[Sequence[Person]], Counts],
    is_counted: Callable[[Person, Period], bool] = lambda _person, _period: True,
    day_before: bool = False,
) -> Figure:
    """A figure whose rows are stretches of time (``of_part``) or groups of pupils (``of_people``), and all of them together.

    It is of the pupils on roll in the time of each row who are of those asked for; with ``day_before`` those on roll on the
    day before are among them.
    """
    group = group_called(prepared.question.grouping)

    def people_in(period: Period) -> list[Person]:
        since = period.first - timedelta(days=day_before)
        return [person for person in prepared.people.on_roll(Period(since, period.last, "")) if is_counted(person, period)]

    all_people = people_in(prepared.full_period)
    if group is None:
        counted_rows = [(part.label, of_part(number, people_in(part))) for number, part in enumerate(prepared.parts)]
        columns = [dataclasses.replace(column, adds_up=column.adds_up and column.sort is not Sort.PUPILS) for column in columns]
        heading, total_label, notes = IN_TIME[prepared.question.grouping], _("Whole period"), (*notes, _OF_TIME)
    else:
        counted_rows = [(label, of_people(people)) for label, people in prepared.people.in_groups(all_people, group, prepared.full_period)]
        heading, total_label, notes = group.label, _("All pupils"), (*notes, _OF_GROUP)
    return put_together(
        prepared, kind, columns, counted_rows, (total_label, of_people(all_people)), heading=heading, notes=notes, main=main
    )


def put_together(
    prepared: PreparedQuestion,
    kind: FigureKind,
    columns: Sequence[FigureColumn],
    counted_rows: Sequence[tuple[str, Counts]],
    total_row: tuple[str, Counts] | None,
    *,
    heading: str,
    notes: Sequence[str],
    main: str,
    summed: bool = True,
) -> Figure:
    """The figure of these counts; rows in which nothing is counted are left out."""
    rows_with_counts = [row for row in counted_rows if any(row[1].values())]
    rows, all_rows = table(columns, rows_with_counts, total_row)
    return Figure(
        kind=kind.name,
        title=kind.title,
        period=of_whom_and_when(prepared),
        heading=heading,
        way=in_text(_("Week") if prepared.question.grouping == WEEKS else heading),
        columns=tuple(columns),
        rows=rows,
        total_row=all_rows,
        notes=(*notes, *filter(None, (days_so_far(prepared),))),
        main=main,
        timely=prepared.timely,
        summed=summed,
    )
