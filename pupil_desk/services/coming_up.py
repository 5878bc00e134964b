"""What comes up of pupils on roll, for Home: reviews of plans, placements and timetables, and medicines to be used up; one line a kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pupil_desk.domain.pupil import Pupil
from pupil_desk.services import health, needs
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.store import coming_up as store

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
    on: date


def coming_up(desk: Desk, on_roll: Sequence[Pupil]) -> list[ComingUp]:
    """What has passed its day or comes within 30 days, of the pupils given; the most urgent kind first."""
    desk.require(Action.READ_RECORD)
    until, names = desk.today + timedelta(days=AHEAD), {pupil.id: pupil.full_name for pupil in on_roll}
    kinds: tuple[tuple[str, str, Sequence[Any]], ...] = (
        ("medicine", "expiry", health.running_out(desk, AHEAD)),
        ("sen_period", "review_date", needs.reviews_due(desk, AHEAD)),
        ("enrolment", "review_day", store.placements(desk.vault, desk.today, until)),
        ("timetable", "review_on", store.timetables(desk.vault, desk.today, until)),
    )
    found = [made for kind, item, rows in kinds if (made := _of_kind(desk.today, kind, item, rows, names)) is not None]
    return sorted(found, key=lambda one: one.on)


def _of_kind(today: date, kind: str, item: str, rows: Sequence[Any], names: Mapping[str, str]) -> ComingUp | None:
    mine = [row for row in rows if row.pupil_id in names]
    if not mine:
        return None
    late = sum(getattr(row, item) < today for row in mine)
    return ComingUp(kind, item, len(mine), late, mine[0], names[mine[0].pupil_id], getattr(mine[0], item))
