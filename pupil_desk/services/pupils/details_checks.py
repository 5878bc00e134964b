"""When families last looked at what is held of a pupil, and corrections that wait to be entered."""

from dataclasses import replace
from datetime import date, timedelta

from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.details_check import DetailsCheck, check_details_check, last_checked
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import further, records
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.pupils import stays
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import several
from pupil_desk.store.rows.rows import new_id

AGAIN_AFTER = timedelta(days=365)
"""After how long a family is asked again. A year is our own number: schools commonly send such a slip each year, and no law or guidance with a number was found (2026-11-28)."""


def of_pupil(desk: Desk, pupil_id: str) -> list[DetailsCheck]:
    """Every answer, the earliest first. Raises NotAllowed."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    return several.of_pupil(desk.vault, DetailsCheck, pupil_id)


def add(desk: Desk, check: DetailsCheck) -> Changed:
    """Keep that somebody looked at what is held. Raises Refused."""
    return further.add(desk, "details_check", check, check_details_check)


def save(desk: Desk, check: DetailsCheck) -> Changed:
    """Keep what has changed of it, such as that the corrections were entered. Raises Refused, WrongUse."""
    return further.save(desk, "details_check", check, check_details_check)


def keep(work: Work, check: DetailsCheck) -> None:
    """Within a transaction: keep an answer that came back on a slip."""
    records.add(work, [replace(check, id=new_id())], source="form")


def not_checked(desk: Desk, day: date) -> list[Pupil]:
    """The pupils on roll of whom nobody has looked at what is held for a year."""
    checks_by_pupil = several.by_pupil(desk.vault, DetailsCheck)
    on_roll = [row.pupil for row in stays.roll(desk, day)]
    return [pupil for pupil in on_roll if (last := last_checked(checks_by_pupil[pupil.id])) is None or day - last > AGAIN_AFTER]
