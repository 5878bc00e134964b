"""Rows in time or by group: the same for every figure that counts pupils."""

import dataclasses
from collections.abc import Callable, Sequence
from datetime import timedelta

from pupil_desk.basics.words import _
from pupil_desk.services.figures.asking import IN_TIME, WEEKS, Asked, Kind, of_whom_and_when
from pupil_desk.services.figures.people import Person, group_called
from pupil_desk.services.figures.periods import Period
from pupil_desk.services.figures.shape import Column, Counts, Figure, Sort, table
from pupil_desk.services.figures.telling import in_text

_OF_TIME = _("A pupil may be counted in several rows, and is counted once in the last.")
_OF_GROUP = _("A pupil is in the group that was true on the last day of the period, or on the last day on roll in it.")


def answer(asked: Asked, kind: Kind, columns: Sequence[Column], notes: Sequence[str], *, main: str,
           of_part: Callable[[int, Sequence[Person]], Counts], of_people: Callable[[Sequence[Person]], Counts],
           who: Callable[[Person, Period], bool] = lambda _person, _period: True, day_before: bool = False) -> Figure:  # fmt: skip
    """A figure whose rows are stretches of time (``of_part``) or groups of pupils (``of_people``), and all of them together.

    It is of the pupils on roll in the time of each row who are of those asked for; with ``day_before`` those on roll on the
    day before are among them.
    """
    group = group_called(asked.question.by)

    def there(period: Period) -> list[Person]:
        since = period.first - timedelta(days=day_before)
        return [person for person in asked.people.on_roll(Period(since, period.last, "")) if who(person, period)]

    everyone = there(asked.whole)
    if group is None:
        counted = [(part.label, of_part(number, there(part))) for number, part in enumerate(asked.parts)]
        columns = [dataclasses.replace(one, adds_up=one.adds_up and one.sort is not Sort.PUPILS) for one in columns]
        by, whole, notes = IN_TIME[asked.question.by], _("Whole period"), (*notes, _OF_TIME)
    else:
        counted = [(label, of_people(people)) for label, people in asked.people.in_groups(everyone, group, asked.whole)]
        by, whole, notes = group.label, _("All pupils"), (*notes, _OF_GROUP)
    return put_together(asked, kind, columns, counted, (whole, of_people(everyone)), by=by, notes=notes, main=main)


def put_together(asked: Asked, kind: Kind, columns: Sequence[Column], counted: Sequence[tuple[str, Counts]], whole: tuple[str, Counts] | None,
                 *, by: str, notes: Sequence[str], main: str, summed: bool = True) -> Figure:  # fmt: skip
    """The figure of these counts; rows in which nothing is counted are left out."""
    kept = [one for one in counted if any(one[1].values())]
    rows, all_rows = table(columns, kept, whole)
    return Figure(
        kind=kind.name, title=kind.title, period=of_whom_and_when(asked),
        by=by, way=in_text(_("Week") if asked.question.by == WEEKS else by), columns=tuple(columns), rows=rows, whole=all_rows, notes=tuple(notes), main=main, timely=asked.timely, summed=summed,
    )  # fmt: skip
