"""Inventing what comes after 14 and after the unit: learning, destinations, and what is agreed for a stay. The same seed gives the same."""

import dataclasses
import random
from collections.abc import Iterator
from datetime import date, timedelta

from pupil_desk.basics.dates import age_on
from pupil_desk.domain.learning.next_steps import ACTUAL, INTENDED, OFFER, Destination, Learning
from pupil_desk.domain.pupils.enrolment import DUAL, Enrolment
from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.demo.families import identity
from pupil_desk.services.demo.invention import weekday

FARM = "Marden Farm"
"""The provider at which the unit buys places."""

_COURSES = (("GCSE Mathematics", "Edexcel"), ("GCSE English Language", "AQA"), ("Food hygiene", "Highfield"))
_AWARDS = ("Bicycle maintenance", "Barista skills", "Gardening")
_PLACES = ("Wyming Vale College", "Marden Training", "Larkminster Sixth Form College")
_ACTIVITIES = ("230", "230", "220", "310")  # mostly a further education college


def learning_of(pupil: Pupil, seed: str, today: date) -> list[Learning]:
    """What one invented pupil takes; nothing before 14."""
    if age_on(pupil.dob, today) < 14:
        return []
    chance = random.Random(f"learning/{seed}")  # noqa: S311 a plain seed is the point
    start = date(today.year - (today.month < 9), 9, 7)
    return [dataclasses.replace(learning, id=identity(chance), pupil_id=pupil.id) for learning in _learning(chance, start)]


def _learning(chance: random.Random, start: date) -> Iterator[Learning]:
    for title, body in chance.sample(_COURSES, 2):
        yield Learning(kind="course", title=title, awarding_body=body, level="Level 2", start=start)
    if chance.random() < 0.5:
        end = start - timedelta(days=60)
        yield Learning(
            kind="award",
            title=chance.choice(_AWARDS),
            awarding_body="AQA",
            start=end - timedelta(days=90),
            end=end,
            result="Achieved",
            result_date=end,
        )


def destinations_of(pupil: Pupil, stay: Enrolment, seed: str, today: date) -> list[Destination]:
    """Where one invented pupil means to go, from 15, and what some were offered; where one who has left has gone."""
    if age_on(pupil.dob, today) < 15:
        return []
    chance = random.Random(f"destinations/{seed}")  # noqa: S311 a plain seed is the point
    has_left = stay.end_date is not None
    destination = Destination(
        id=identity(chance),
        pupil_id=pupil.id,
        kind=ACTUAL if has_left else INTENDED,
        activity=chance.choice(_ACTIVITIES),
        provider=chance.choice(_PLACES),
        source="telephone call home" if has_left else "careers interview",
        start=stay.end_date or date(today.year + (today.month >= 9), 9, 6),
        confirmed_on=stay.end_date,
    )
    if has_left or chance.random() < 0.5:
        return [destination]
    offer = dataclasses.replace(
        destination,
        id=identity(chance),
        kind=OFFER,
        provider=chance.choice(_PLACES),
        confirmed_on=today - timedelta(days=chance.randrange(1, 40)),
    )
    return [destination, dataclasses.replace(offer, source="letter of the college")]


def placements_of(pupil: Pupil, stay: Enrolment, seed: str, today: date) -> list[Placement]:
    """A place elsewhere that the unit arranged for one in three of those registered here alone."""
    chance = random.Random(f"placements/{seed}")  # noqa: S311 a plain seed is the point
    if stay.status in DUAL or not stay.puts_on_roll or stay.end_date is not None or chance.random() > 1 / 3:
        return []
    start = max(weekday(today - timedelta(days=chance.randrange(20, 60))), stay.start_date or today)
    place = Placement(
        id=identity(chance),
        pupil_id=pupil.id,
        provider=FARM,
        start_date=start,
        setting="OTH",
        postcode="AL28 2QN",
        reason="BHS",
        sessions_per_week=2,
        pattern="PT",
        sessions="Tue pm, Thu pm",
        hours="13:00 to 15:00",
        price="45",
        price_per="day",
        purpose="To work outdoors with animals, and to come to the rest of the week calmer.",
        review_day=weekday(today + timedelta(days=chance.randrange(3, 40))),
    )
    return [place]


def agreed(stay: Enrolment, today: date) -> Enrolment:
    """The stay with how it began, and what was agreed for it where the main school placed the pupil."""
    school = (stay.main_school or "").rpartition("/")[2]
    stay = dataclasses.replace(
        stay,
        part_time=stay.status in DUAL,
        entry_reason="ASP" if stay.status in DUAL else "PEX",
        last_school_urn=f"13{school}" if len(school) == 4 else None,
    )
    if stay.status not in DUAL or not stay.main_school:
        return stay
    return dataclasses.replace(
        stay,
        commissioned_by=stay.main_school,
        days_agreed="3",
        review_day=weekday(today + timedelta(days=35)),
        transport="Taxi of the authority",
        school_contact="Head of inclusion",
        school_phone="01632 960200",
        deletion_ground="9(1)(c)" if stay.end_date else None,
        next_school=stay.main_school if stay.end_date else None,
    )
