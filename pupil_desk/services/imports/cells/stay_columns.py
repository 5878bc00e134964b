"""What the enrolment columns of a pupil's row mean for the stays on file (the command line's section «Enrolment»)."""

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pupil_desk.domain.pupils.enrolment import PREVIOUS, Enrolment
from pupil_desk.store.rows.rows import new_id

COLUMNS = {"enrolment_status": "status"} | {
    name: name for name in ("start_date", "end_date", "main_school", "part_time", "last_school_urn", "entry_reason")
}
"""Each column of the import with the attribute of a stay that it tells."""

_SUBSIDIARY, _CURRENT = "S", "C"
_LONG_AGO = date.min


def first_stay(values: Mapping[str, Any], pupil_id: str) -> Enrolment:
    """A new pupil's stay. ``P`` is no type: it is S with a main school, else C; no status is C."""
    attributes = _stay_values(values)
    status = attributes.get("status", _CURRENT)
    if status == PREVIOUS and "end_date" in attributes:
        status = _type(attributes.get("main_school"))
    return Enrolment(**{**attributes, "id": new_id(), "pupil_id": pupil_id, "status": status})


def stay_of_row(stays: Sequence[Enrolment], values: Mapping[str, Any], pupil_id: str) -> tuple[Enrolment | None, Enrolment | None]:
    """The stay that a row speaks of and what it would become: (None, new) for a further one, (None, None) for nothing told."""
    attributes = _stay_values(values)
    if not attributes:
        return None, None
    old = stay_spoken_of(stays, attributes.get("start_date"))
    return (old, _corrected(old, attributes)) if old else (None, first_stay(values, pupil_id))


def _stay_values(values: Mapping[str, Any]) -> dict[str, Any]:
    return {attribute: values[column] for column, attribute in COLUMNS.items() if column in values}


def _type(main_school: str | None) -> str:
    return _SUBSIDIARY if main_school else _CURRENT


def stay_spoken_of(stays: Sequence[Enrolment], start: date | None) -> Enrolment | None:
    """The stay that began that day, of two the open one; else the open one; else the last, unless the row starts after its end."""
    that_day = [stay for stay in stays if start and stay.start_date == start]
    still_open = [stay for stay in stays if stay.end_date is None]
    if that_day or still_open:
        return max(
            that_day or still_open, key=lambda stay: (stay.end_date is None, stay.start_date or _LONG_AGO, stay.end_date or _LONG_AGO)
        )
    last = max(stays, key=lambda stay: stay.end_date or _LONG_AGO, default=None)
    if last and start and last.end_date and start > last.end_date:
        return None
    return last


def _corrected(stay: Enrolment, attributes: Mapping[str, Any]) -> Enrolment:
    new = dataclasses.replace(stay, **{name: value for name, value in attributes.items() if name != "status"})
    status = attributes.get("status")
    if status is None:
        return new
    if status != PREVIOUS:
        return dataclasses.replace(new, status=status)
    if new.end_date is None:  # gone, and nobody knows since when
        return dataclasses.replace(new, status=PREVIOUS)
    return dataclasses.replace(new, status=_type(new.main_school)) if stay.status == PREVIOUS else new
