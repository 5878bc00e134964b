"""What comes up of pupils on roll, for Home: reviews of plans, placements and timetables, and medicines to be used up; one line a kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.care import health, needs
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import coming_up as store

AHEAD = 30  # days


@dataclass(frozen=True, slots=True)
class ComingUp:
    """Those of one kind (the catalogue's name of the record, and the item that holds the day), the earliest first."""

    kind: str
    item: str
    count: int
    late: int
    first: Any
    name: str
    day: date


def coming_up(desk: Desk, on_roll: Sequence[Pupil]) -> list[ComingUp]:
    """What has passed its day or comes within 30 days, of the pupils given; the most urgent kind first."""
    names = {pupil.id: pupil.full_name for pupil in on_roll}
    lines = [
        kind_line for kind, item, rows in _kinds(desk, AHEAD) if (kind_line := _of_kind(desk.today, kind, item, rows, names)) is not None
    ]
    return sorted(lines, key=lambda line: line.day)


def days(desk: Desk, on_roll: Sequence[Pupil], ahead: int) -> list[tuple[str, date]]:
    """Every day, with its kind, on which something comes up of the pupils given, within so many days; those gone by among them."""
    pupil_ids = {pupil.id for pupil in on_roll}
    return [(kind, getattr(row, item)) for kind, item, rows in _kinds(desk, ahead) for row in rows if row.pupil_id in pupil_ids]


def _kinds(desk: Desk, ahead: int) -> tuple[tuple[str, str, Sequence[Any]], ...]:
    """Each kind, the item that holds its day, and the records of it whose day has passed or comes within so many days."""
    desk.require(Action.READ_RECORD)
    until = desk.today + timedelta(days=ahead)
    return (
        ("medicine", "expiry", health.running_out(desk, ahead)),
        ("sen_period", "review_date", needs.reviews_due(desk, ahead)),
        ("enrolment", "review_day", store.placements(desk.vault, desk.today, until)),
        ("timetable", "review_on", store.timetables(desk.vault, desk.today, until)),
    )


def _of_kind(today: date, kind: str, item: str, rows: Sequence[Any], names: Mapping[str, str]) -> ComingUp | None:
    pupil_rows = [row for row in rows if row.pupil_id in names]
    if not pupil_rows:
        return None
    late = sum(getattr(row, item) < today for row in pupil_rows)
    return ComingUp(kind, item, len(pupil_rows), late, pupil_rows[0], name=names[pupil_rows[0].pupil_id], day=getattr(pupil_rows[0], item))
