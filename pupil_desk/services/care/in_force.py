"""Provision, needs and care: the dated periods are what is held; the pupil's row carries today's value of them.

The columns ``sen_provision``, ``sen_need_1``, ``sen_need_2``, ``looked_after`` and ``care_authority`` of a pupil are read by
lists, exports and files for other schools. There are never two truths:

- A period kept (``refresh``) brings the row up to date in the same transaction.
- A row kept by a form or an import (``follow``) turns the periods in the same transaction: the one in force ends yesterday,
  and one begins today. The first value of a pupil begins a period of which the first day is not known (``begin``).
- A period that begins or ends by itself as the days go on is carried to the row at the first sign-in of a day (``settle``).

«Looked after» left empty and answered with no are told apart in the row; both are no period.
"""

import dataclasses
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from pupil_desk.basics.clock import local_time
from pupil_desk.domain.care.needs import LOOKED_AFTER, CarePeriod, SenNeed, SenPeriod, in_force
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import records
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import several as store
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import deadlines, pupils

_DAY = timedelta(days=1)
KINDS = {SenPeriod: "sen_period", SenNeed: "sen_need", CarePeriod: "care_period"}


def _periods_in_row(pupil: Pupil, id_of_new: Callable[[], str] = str) -> list[SenPeriod | SenNeed | CarePeriod]:
    """The periods that a pupil's row tells of, without days; without identities, unless ``id_of_new`` gives them."""
    periods: list[SenPeriod | SenNeed | CarePeriod] = []
    if pupil.sen_provision:
        periods.append(SenPeriod(id=id_of_new(), pupil_id=pupil.id, provision=pupil.sen_provision))
    for rank, need in ((1, pupil.sen_need_1), (2, pupil.sen_need_2)):
        if need:
            periods.append(SenNeed(id=id_of_new(), pupil_id=pupil.id, need=need, rank=rank))
    if pupil.looked_after:
        periods.append(CarePeriod(id=id_of_new(), pupil_id=pupil.id, kind=LOOKED_AFTER, authority=pupil.care_authority))
    return periods


def begin(work: Work, new: Iterable[Pupil], *, source: str) -> None:
    """Within a transaction: the first periods of new pupils, from a day that is not known."""
    rows: dict[type, list[Any]] = {SenPeriod: [], SenNeed: [], CarePeriod: []}
    for pupil in new:
        for row in _periods_in_row(pupil, new_id):
            rows[type(row)].append(row)
    records.add(work, [row for rows_of_type in rows.values() for row in rows_of_type], source=source)


_SLOTS: tuple[tuple[type, Callable[[Any], bool], tuple[str, ...], tuple[str, ...]], ...] = (
    (SenPeriod, lambda row: True, ("sen_provision",), ("provision",)),
    (SenNeed, lambda row: row.rank == 1, ("sen_need_1",), ("need",)),
    (SenNeed, lambda row: row.rank == 2, ("sen_need_2",), ("need",)),
    (CarePeriod, lambda row: row.kind == LOOKED_AFTER, ("looked_after", "care_authority"), ("authority",)),
)
"""What can be in force once at a time: its type, which rows are meant, the pupil's columns, and what is compared of a row."""


def follow(work: Work, old: Pupil, new: Pupil, *, source: str) -> None:
    """Within a transaction: the periods of a pupil whose row was changed by a form or an import, turned today."""
    current = _periods_in_row(new)
    for kind, is_of_slot, columns, values in _SLOTS:
        if all(getattr(old, name) == getattr(new, name) for name in columns):
            continue
        successor = next((period for period in current if type(period) is kind and is_of_slot(period)), None)
        rows: list[Any] = store.of_pupil(work.desk.vault, kind, new.id)
        _turn(work, [row for row in rows if is_of_slot(row)], successor, values, source)


def _turn(work: Work, rows: list[Any], successor: Any, values: tuple[str, ...], source: str) -> None:
    today = work.desk.today
    now = in_force(rows, today)
    if now is not None and successor is not None:
        new_values = {name: getattr(successor, name) for name in values}
        # one that began today is put right, and so is an authority that was not known; else another time begins
        if now.start_date == today or all(getattr(now, name) in (None, value) for name, value in new_values.items()):
            records.change(work, now, dataclasses.replace(now, **new_values), source=source)
            return
    if now is not None:
        if now.start_date == today:
            records.take_away(work, now, source=source)
        else:
            records.change(work, now, dataclasses.replace(now, end_date=today - _DAY), source=source)
    if successor is not None:
        later = min((row.start_date for row in rows if row.start_date and row.start_date > today), default=None)
        end = later - _DAY if later else None
        started = dataclasses.replace(successor, id=new_id(), start_date=today if rows else None, end_date=end)
        records.add(work, [started], source=source)


def refresh(work: Work, pupil_id: str, *, source: str) -> None:
    """Within a transaction: bring a pupil's row up to what the periods say of today."""
    vault, today = work.desk.vault, work.desk.today
    old = pupils.get(vault, pupil_id)
    if old is None:
        return
    new = dataclasses.replace(old, **_values(vault_rows(work.desk, pupil_id), old, today))
    records.change(work, old, new, source=source)


def vault_rows(desk: Desk, pupil_id: str) -> dict[type, list[Any]]:
    """A pupil's periods, by type."""
    return {kind: store.of_pupil(desk.vault, kind, pupil_id) for kind in KINDS}


def _values(rows: dict[type, list[Any]], pupil: Pupil, today: date) -> dict[str, Any]:
    provision = in_force(rows[SenPeriod], today)
    first, second = (in_force([n for n in rows[SenNeed] if n.rank == rank], today) for rank in (1, 2))
    care = in_force([row for row in rows[CarePeriod] if row.kind == LOOKED_AFTER], today)
    values: dict[str, Any] = {
        "sen_provision": provision.provision if provision else None,
        "sen_need_1": first.need if first else None,
        "sen_need_2": second.need if second else None,
    }
    if care is not None:
        values |= {"looked_after": True, "care_authority": care.authority}
    elif pupil.looked_after:
        values |= {"looked_after": False, "care_authority": None}
    return values


def settle(desk: Desk, signed_in_before: str | None) -> int:
    """Carry to the pupils' rows what began or ended by itself; returns how many changed.

    ``signed_in_before`` is the moment of the last sign-in before this one: on the same day nothing can be due, since each
    change since has brought its row up to date (75 ms are saved with 10,000 pupils).
    """
    if signed_in_before and local_time(signed_in_before).date() == desk.today:
        return 0
    due = deadlines.out_of_date(desk.vault, desk.today)
    if due:
        with desk.act(Action.EDIT_RECORD, "pupil", due[0], "a period began or ended") as work:
            for pupil_id in due:
                refresh(work, pupil_id, source="period")
            for pupil_id in due[1:]:
                work.note(Action.EDIT_RECORD, "pupil", pupil_id, "a period began or ended")
    return len(due)
