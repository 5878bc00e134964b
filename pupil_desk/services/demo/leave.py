"""Inventing leave that families asked for: one request to be decided, one given whose marks are still to be entered, one not given."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from pupil_desk.domain.leave.leave_request import LeaveRequest
from pupil_desk.services.demo.invention import Invented, weekday
from pupil_desk.services.desk import Desk
from pupil_desk.services.leave import recording
from pupil_desk.services.unit.calendars import school_calendar
from pupil_desk.store.tables import leave_requests as store

_LEAST_PUPILS = 10
_LONG = 3  # school days
_HEAD = "Robin Ashdown"
_AHEAD = timedelta(days=30)
_BEFORE = timedelta(days=9)


def keep_leave(desk: Desk, people: Sequence[Invented]) -> None:
    """Enter them; none in a small unit, or where no school days lie ahead."""
    on_roll = [person for person in people if person.stay.on_roll(desk.today) and person.stay.end_date is None and not person.protections]
    days = school_calendar(desk.vault).school_days(desk.today + timedelta(days=1), desk.today + _AHEAD)[:_LONG]
    if len(on_roll) < _LEAST_PUPILS or len(days) < _LONG:
        return
    wedding, funeral, holiday = (_asked(desk, person, days) for person in on_roll[-3:])
    _keep(desk, wedding, purpose="family", circumstances="A cousin’s wedding in Leeds; her father leads the prayers.")
    granting = {"outcome": "granted", "decided_by": _HEAD, "decided_on": desk.today, "decision_reason": "The funeral of a grandmother."}
    _keep(desk, funeral, purpose="family", circumstances="The funeral of her grandmother, in Cork.", **granting)
    refusing = {**granting, "outcome": "refused", "decision_reason": "A holiday alone is no exceptional circumstance."}
    _keep(desk, holiday, purpose="holiday", circumstances="A week by the sea, which costs half as much in term.", **refusing)


def _asked(desk: Desk, person: Invented, days: Sequence[date]) -> LeaveRequest:
    asker = next((contact for contact in person.contacts if contact.lives_with), person.contacts[0])
    received_on = weekday(desk.today - _BEFORE)
    return LeaveRequest(
        pupil_id=person.pupil.id, first_day=days[0], last_day=days[-1], purpose="other", asked_by=asker.full_name, received_on=received_on
    )


def _keep(desk: Desk, request: LeaveRequest, *, purpose: str, circumstances: str, **decision: Any) -> None:
    """As it was asked for, and as it was decided: a wording each."""
    recording.add(desk, replace(request, purpose=purpose, circumstances=circumstances))
    if decision:
        now = store.of_pupil(desk.vault, request.pupil_id)[-1].now
        recording.amend(desk, replace(now, **decision))
