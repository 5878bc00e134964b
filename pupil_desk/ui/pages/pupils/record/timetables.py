"""Part-time patterns and days at the other school: agreed for a time, and expected by the register."""

import dataclasses
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.register.attendance import PATTERN_ITEMS, Timetable, check_timetable
from pupil_desk.services import register
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.pages.pupils.record.several import PartDefinition, SeveralPart

_USUAL = timedelta(weeks=6)  # the time proposed for a new one, to be corrected: it always has an end


class TimetablesPart(SeveralPart[Timetable]):
    """What is agreed of the pupil's weeks, the latest first."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        desk = context.desk
        form = Form(Timetable, today=desk.today, check=check_timetable, readonly=not desk.may(Action.EDIT_RECORD))
        manner = dataclasses.replace(_MANNER, rows_of=lambda record: _rows(desk, record))
        super().__init__(context, may_leave, manner, form, lambda timetable: timetable.id)


def _rows(desk: Desk, record: PupilRecord) -> list[Timetable]:
    return register.timetables_of(desk, record.pupil.id)[::-1]


def _columns(part: SeveralPart[Timetable]) -> Sequence[Column[Timetable]]:
    return (
        Column("since", _("From"), lambda timetable: short_date(timetable.since)),
        Column("until", _("Until"), lambda timetable: short_date(timetable.until)),
        Column("sessions", _("Sessions not here"), _sessions, stretch=True),
        Column("review", _("Review"), lambda timetable: short_date(timetable.review_on) if timetable.review_on else ""),
    )


def _sessions(timetable: Timetable) -> str:
    """«Mon PM C2, Fri AM C2»."""
    pattern = [(name, getattr(timetable, name)) for name in PATTERN_ITEMS]
    return ", ".join(f"{name[:3].capitalize()} {name[-2:].upper()} {code}" for name, code in pattern if code)


def _title(timetable: Timetable) -> str:
    return _("Timetable from {day}").format(day=short_date(timetable.since))


def _new(record: PupilRecord, desk: Desk) -> dict[str, Any]:
    return {"since": desk.today, "until": desk.today + _USUAL}


_MANNER = PartDefinition[Timetable](
    name=_("Timetables agreed for a time"),
    add_words=_("Add a timeta&ble"),
    new_title=_("New timetable"),
    empty_words=_("The pupil is expected in every session"),
    sign="clock",
    columns=_columns,
    rows_of=lambda _record: [],
    title_of=_title,
    new_keys=_new,
    add=register.add_timetable,
    save=register.save_timetable,
    spare={"review": 560},
)
