"""Special educational needs and care: reading a pupil's periods, adding one, correcting one.

A new period that goes on from a day ends the one in force on the day before, as on paper.
"""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pupil_desk.basics.grouping import grouped
from pupil_desk.domain.care.needs import NO_NEED, CarePeriod, SenNeed, SenPeriod, check_care, check_need, check_period, group_of
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.plans.reviewing import provisions_planned
from pupil_desk.services import further, records
from pupil_desk.services.care.in_force import refresh
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import several as store
from pupil_desk.store.tables import deadlines, plans

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NeedsRecord:
    """One pupil's periods, each list in its order."""

    periods: list[SenPeriod]
    needs: list[SenNeed]
    care: list[CarePeriod]


def of_pupil(desk: Desk, pupil_id: str) -> NeedsRecord:
    """A pupil's provision, needs and care through the time; that the record was looked at is logged."""
    desk.viewed("pupil", pupil_id)
    vault = desk.vault
    return NeedsRecord(*(store.of_pupil(vault, kind, pupil_id) for kind in (SenPeriod, SenNeed, CarePeriod)))  # type: ignore[arg-type]  # in the order of the attributes


def add_period(desk: Desk, period: SenPeriod) -> Changed:
    """Keep a further time under a provision; the one before it ends, and with «no need» the needs. Raises Refused."""
    periods = store.of_pupil(desk.vault, SenPeriod, period.pupil_id)
    before = _ended_by(period, periods)
    left = [row for row in periods if row not in before]

    def then(work: Work, added_period: SenPeriod) -> None:
        _end(work, before, added_period)
        if added_period.provision == NO_NEED and added_period.start_date:
            _end(work, _ended_by(added_period, store.of_pupil(desk.vault, SenNeed, added_period.pupil_id)), added_period)
        refresh(work, added_period.pupil_id, source="form")

    return further.add(desk, "sen_period", period, lambda row: check_period(row, left), then=then)


def save_period(desk: Desk, period: SenPeriod) -> Changed:
    """Keep what has changed of a time under a provision. Raises Refused, WrongUse."""
    periods = store.of_pupil(desk.vault, SenPeriod, period.pupil_id)
    return further.save(desk, "sen_period", period, lambda row: check_period(row, periods), then=_refresh)


def add_need(desk: Desk, need: SenNeed) -> Changed:
    """Keep a need; one of the same rank that goes on ends before it. Raises Refused."""
    needs = store.of_pupil(desk.vault, SenNeed, need.pupil_id)
    periods = store.of_pupil(desk.vault, SenPeriod, need.pupil_id)
    before = _ended_by(need, [row for row in needs if row.rank == need.rank])
    left = [row for row in needs if row not in before]

    def then(work: Work, added_need: SenNeed) -> None:
        _end(work, before, added_need)
        refresh(work, added_need.pupil_id, source="form")

    return further.add(desk, "sen_need", need, lambda row: check_need(row, left, periods), then=then)


def save_need(desk: Desk, need: SenNeed) -> Changed:
    """Keep what has changed of a need. Raises Refused, WrongUse."""
    needs = store.of_pupil(desk.vault, SenNeed, need.pupil_id)
    periods = store.of_pupil(desk.vault, SenPeriod, need.pupil_id)
    return further.save(desk, "sen_need", need, lambda row: check_need(row, needs, periods), then=_refresh)


def add_care(desk: Desk, period: CarePeriod) -> Changed:
    """Keep a time in care, with free meals or under a premium; one like it that goes on ends before it. Raises Refused."""
    periods = store.of_pupil(desk.vault, CarePeriod, period.pupil_id)
    before = _ended_by(period, [row for row in periods if group_of(row) == group_of(period)])
    left = [row for row in periods if row not in before]

    def then(work: Work, added_period: CarePeriod) -> None:
        _end(work, before, added_period)
        refresh(work, added_period.pupil_id, source="form")

    return further.add(desk, "care_period", period, lambda row: check_care(row, left), then=then)


def save_care(desk: Desk, period: CarePeriod) -> Changed:
    """Keep what has changed of a time in care, with free meals or under a premium. Raises Refused, WrongUse."""
    periods = store.of_pupil(desk.vault, CarePeriod, period.pupil_id)
    return further.save(desk, "care_period", period, lambda row: check_care(row, periods), then=_refresh)


def keep_periods(work: Work, new_periods: Iterable[Any] = (), changed: Iterable[tuple[Any, Any]] = (), *, source: str) -> None:
    """Within a transaction: keep checked periods that an import brings, each with its own id; ``changed`` holds (old, new)."""
    rows = list(new_periods)
    records.add(work, rows, source=source)
    ids = {row.pupil_id for row in rows}
    for old, new in changed:
        records.change(work, old, new, source=source)
        ids.add(new.pupil_id)
    for pupil_id in sorted(ids):
        refresh(work, pupil_id, source=source)


def reviews_due(desk: Desk, within_days: int = 30) -> list[SenPeriod]:
    """The provision whose day of review has passed or comes within so many days, the earliest first; of periods in force only.

    Not where a plan goes with it that runs: the plan has a review of its own.
    """
    desk.require(Action.READ_RECORD)
    until = desk.today + timedelta(days=within_days)
    periods = deadlines.reviews(desk.vault, desk.today, until)
    cases = grouped((case.now.pupil_id, case) for case in plans.every(desk.vault)) if periods and desk.settings.keeps_plans else {}
    return [period for period in periods if period.provision not in provisions_planned(cases.get(period.pupil_id, ()), desk.today)]


def _refresh(work: Work, row: Any) -> None:
    refresh(work, row.pupil_id, source="form")


def _ended_by[R: (SenPeriod, SenNeed, CarePeriod)](new: Any, rows: Sequence[R]) -> list[R]:
    """Those that go on when a new one begins, and began before it."""
    if new.start_date is None or new.end_date is not None:
        return []
    return [row for row in rows if row.end_date is None and (row.start_date is None or row.start_date < new.start_date)]


def _end(work: Work, rows: Iterable[Any], new: Any) -> None:
    for row in rows:
        records.change(work, row, dataclasses.replace(row, end_date=new.start_date - _DAY), source="form")
