"""Fields of the training unit's own: the locker and the bus pass of some pupils, and how a family likes to be reached."""

import dataclasses
from collections.abc import Sequence
from datetime import date
from itertools import cycle
from typing import Any

from pupil_desk.domain.catalogue.items import Basis, Kind, Purpose
from pupil_desk.domain.governance.retention import RECORD
from pupil_desk.domain.register.calendar import school_year
from pupil_desk.domain.unit.own_field import NOT_SPECIAL, OwnField
from pupil_desk.services.demo.invention import Invented, weekday
from pupil_desk.services.desk import Desk
from pupil_desk.services.unit import own_fields

_STATED: dict[str, Any] = {"basis": Basis.PUBLIC_TASK.name, "special": NOT_SPECIAL, "retention": RECORD}
_LOCKER = OwnField(
    record="pupil",
    label="Locker number",
    kind=Kind.TEXT.value,
    hint="As on the door of the locker",
    reason="To open the locker when a key is lost, and to hand it on when a pupil leaves",
    purpose=Purpose.CARE.name,
    **_STATED,
)
_BUS_PASS = OwnField(
    record="pupil",
    label="Bus pass until",
    kind=Kind.DATE.value,
    reason="To ask the council for another pass before this one runs out",
    purpose=Purpose.CARE.name,
    **_STATED,
)
_REACHED = OwnField(
    record="contact",
    label="Best reached",
    kind=Kind.CODE.value,
    values="Before work\nAt lunch\nIn the evening\nBy text alone",
    reason="To ring when somebody can answer",
    purpose=Purpose.CONTACT.name,
    **_STATED,
)
_WITH_LOCKER, _WITH_PASS, _WITH_TIME = 3, 4, 2  # one pupil in so many has it; of the last, the first contact


def with_own_fields(desk: Desk, people: Sequence[Invented]) -> list[Invented]:
    """The same people, with what stands in the fields, which are made."""
    locker, bus_pass, reached = (own_fields.make(desk, own_field)[1] for own_field in (_LOCKER, _BUS_PASS, _REACHED))
    last_day, times = weekday(date(school_year(desk.today) + 1, 7, 22)), cycle(reached.codes)
    filled = []
    for number, person in enumerate(people):
        values: dict[str, Any] = {locker.name: f"L{number + 1:02d}"} if number % _WITH_LOCKER == 0 else {}
        if number % _WITH_PASS == 1:
            values[bus_pass.name] = last_day
        first_value: dict[str, Any] = {reached.name: next(times)} if number % _WITH_TIME == 0 else {}
        contacts = tuple(
            dataclasses.replace(contact, **first_value) if place == 0 else contact for place, contact in enumerate(person.contacts)
        )
        filled.append(dataclasses.replace(person, pupil=dataclasses.replace(person.pupil, **values), contacts=contacts))
    return filled
