"""Inventing accidents: one reported to HSE, one with nothing left to do, one after which a parent is still to be told, one with questions to be answered."""

import dataclasses
from collections.abc import Sequence
from datetime import date, timedelta

from pupil_desk.domain.accidents.accident import Accident
from pupil_desk.services.accidents import recording
from pupil_desk.services.demo.invention import Invented, weekday
from pupil_desk.services.desk import Desk

_LEAST_PUPILS = 10
_FIRST_AIDER = "Alex Penn"
_SOME_DAY = date.min  # until it is known for whom
_ACCIDENTS: tuple[tuple[Accident, int, bool], ...] = (  # how many days ago, and whether a parent was told
    (
        Accident(
            day=_SOME_DAY,
            time="11:20",
            place="workshop",
            place_detail="Bench 4",
            account="A leg of the stool gave way and the pupil fell with it, arm first.",
            injury="fracture",
            body_part="arm",
            injury_detail="Left forearm, set in plaster at the hospital",
            witnesses="Sam Whitlock",
            first_aid="Arm held still in a sling; ambulance called at 11:25.",
            first_aider=_FIRST_AIDER,
            afterwards="ambulance",
            hospital=True,
            treated=True,
            work_related=True,
            reported_by="Health and safety team of the council",
            report_reference="2026/10/4471",
        ),
        34,
        True,
    ),
    (
        Accident(
            day=_SOME_DAY,
            time="10:50",
            place="outside",
            account="Two pupils ran into each other after the same ball.",
            injury="bump",
            body_part="head",
            injury_detail="Forehead",
            first_aid="Cold pack for ten minutes. Watched until lunch.",
            first_aider=_FIRST_AIDER,
            afterwards="stayed",
            hospital=False,
        ),
        12,
        True,
    ),
    (
        Accident(
            day=_SOME_DAY,
            time="9:40",
            place="workshop",
            place_detail="Kitchen",
            account="Caught a finger on the edge of a tin while opening it.",
            injury="cut",
            body_part="finger",
            first_aid="Washed, and a plaster.",
            first_aider=_FIRST_AIDER,
            afterwards="stayed",
            hospital=False,
        ),
        5,
        False,
    ),
    (
        Accident(
            day=_SOME_DAY,
            time="13:10",
            place="inside",
            place_detail="Stairs to the office",
            account="Slipped on a wet step, with a wet-floor sign in the cupboard.",
            injury="sprain",
            body_part="foot",
            first_aid="Cold pack, foot raised.",
            first_aider=_FIRST_AIDER,
            afterwards="hospital",
            hospital=True,
        ),
        4,
        True,
    ),
)


def keep_accidents(desk: Desk, people: Sequence[Invented]) -> None:
    """Enter them; none in a small unit."""
    on_roll = [person for person in people if person.stay.on_roll(desk.today) and person.stay.end_date is None and not person.protections]
    if len(on_roll) < _LEAST_PUPILS:
        return
    for person, (accident, days_ago, is_told) in zip(on_roll[3:], _ACCIDENTS, strict=False):
        day = max(weekday(desk.today - timedelta(days=days_ago)), person.stay.start_date or date.min)
        changes: dict[str, object] = {"pupil_id": person.pupil.id, "day": day}
        if accident.report_reference:
            changes["reported_on"] = min(day + timedelta(days=2), desk.today)
        if is_told:
            changes |= {
                "parent": person.contacts[0].full_name,
                "parent_told_on": day,
                "parent_told_time": "14:05",
                "parent_told_by": _FIRST_AIDER,
            }
            changes |= {"letter_on": day} if accident.is_of_head else {}
        recording.add(desk, dataclasses.replace(accident, **changes))  # type: ignore[arg-type]  # items by name
