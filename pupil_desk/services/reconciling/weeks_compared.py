"""That a week was compared with the school system's register is kept: which days, how many differences, and how many were settled which way.

Whose the differences were is not: the list is made anew from a further export, and the report on paper names them.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _, count_of
from pupil_desk.services.desk import Desk
from pupil_desk.services.reconciling.comparing import RegisterComparison, Settled
from pupil_desk.services.roles import Action
from pupil_desk.services.unit.calendars import school_calendar
from pupil_desk.store.tables import register_comparisons as store
from pupil_desk.store.tables.register_watch import any_mark


@dataclass(frozen=True, slots=True)
class WeekToCompare:
    """The first and the last school day of a week that was not compared, or how many differences of it were left open."""

    first: date
    last: date
    left_open: int = 0


def keep(desk: Desk, comparison: RegisterComparison) -> None:
    """Keep how a comparison stands, once it is in view and after each difference is settled; one that left pupils out is logged alone.

    Raises NotAllowed.
    """
    desk.require(Action.READ_RECORD, "register")
    number = {settled: sum(difference.settled is settled for difference in comparison.differences) for settled in Settled}
    words = f"compared {comparison.first} to {comparison.last}: {len(comparison.differences)} differences, {number[Settled.OPEN]} open"
    if comparison.left_out:
        words += f", {len(comparison.left_out)} pupils not compared"
    with desk.act(Action.READ_RECORD, "register", "", words) as work:
        if not comparison.left_out:
            store.add(
                desk.vault,
                comparison.first,
                comparison.last,
                compared=comparison.compared,
                differences=len(comparison.differences),
                as_theirs=number[Settled.THEIRS],
                as_ours=number[Settled.OURS],
                moment=work.stamp,
                actor=work.actor,
            )


def last_words(desk: Desk, first: date, last: date) -> str:
    """When these days were compared before, by whom, and what came of it, in a sentence; empty where they were not."""
    row = store.latest(desk.vault, first, last)
    if row is None:
        return ""
    words = _(
        "These days were compared before, on {day} by {who}: {differences}, {theirs} settled as the school system had it, {ours} as we had it."
    )
    return words.format(
        day=short_date(local_time(row["at"]).date()),
        who=row["by"] or _("somebody who is no longer a user"),
        differences=count_of(row["differences"], _("difference"), _("differences")),
        theirs=row["theirs"],
        ours=row["ours"],
    )


def week_to_compare(desk: Desk) -> WeekToCompare | None:
    """The week before this one, where the school system's register is the one of record and it was not compared whole, or something was left open."""
    desk.require(Action.READ_RECORD)
    if not desk.settings.register_copy:
        return None
    monday = desk.today - timedelta(days=desk.today.weekday() + 7)
    days = school_calendar(desk.vault).school_days(monday, monday + timedelta(days=6))
    if not days or any_mark(desk.vault, days[0], days[-1]) is None:
        return None
    row = store.latest(desk.vault, days[0], days[-1])
    left_open = row["differences"] - row["theirs"] - row["ours"] if row is not None else 0
    return WeekToCompare(days[0], days[-1], left_open) if row is None or left_open else None
