"""Inventing pupils with their families, choices and protections. The same seed, number and day give the same people.

Ages run from 11 to 16; the first few have birthdays on and about 13 and 16, where the rule of sharing turns. Postcode
districts are not in use, telephone numbers are of the ranges kept for drama, e-mail addresses end in example.org.
"""

import dataclasses
import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pupil_desk.basics.dates import age_on
from pupil_desk.domain.catalogue.identifiers import upn_letter
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.choice import Choice
from pupil_desk.services.demo import families

LA, ESTAB = "919", "1100"
_TURNING = ((13, 0), (16, 0), (13, 1), (16, -1), (13, 30), (16, 12), (13, -1), (16, 75))
"""Of the first pupils: an age, and in how many days it is reached."""
_YEAR_GROUPS = (7,) * 6 + (8,) * 9 + (9,) * 11 + (10,) * 14 + (11,) * 16
_STRIDE = 25  # has no factor in common with the number of places above, so that a small unit has every year group too
_LEAVERS = 12  # one pupil in so many has left
_LEAP_DAY, _TEMPORARY, _NO_UPN, _FORMER, _LOOKED_AFTER, _SERVICE, _CARER = 8, 9, 10, 11, 12, 13, 14


_SATURDAY = 5
_CHRISTMAS, _NEW_YEAR = (12, 21), (1, 4)  # the first day off, and the first day on again
"""Nobody meets, teaches or writes at a weekend, or between these two days."""


def weekday(day: date) -> date:
    """That day, or the last one before it that is no day of a weekend or of Christmas."""
    month_day = (day.month, day.day)
    if month_day >= _CHRISTMAS or month_day < _NEW_YEAR:
        day = date(day.year - (month_day < _NEW_YEAR), *_CHRISTMAS) - timedelta(days=1)
    return day - timedelta(days=max(0, day.weekday() - _SATURDAY + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Invented:
    """One invented pupil with all that hangs on the record. ``has_notice``: whether the family was given the privacy notice."""

    pupil: Pupil
    stay: Enrolment
    contacts: tuple[Contact, ...]
    choices: tuple[Choice, ...]
    protections: tuple[Protection, ...]
    has_notice: bool


_TUTORS = "HR"  # the letters behind the year, of Mr Holt and Ms Reed
_SITES = {3: "Mill Street", 4: "Lapwing Lane"}  # by key stage


def invent(number: int, seed: int, today: date) -> list[Invented]:
    """So many pupils, as they would be on file on a day."""
    return [_invented(place, number, random.Random(f"{seed}/{place}"), today) for place in range(number)]  # noqa: S311 a plain seed is the point


def _invented(place: int, number: int, chance: random.Random, today: date) -> Invented:
    has_left = place >= number - number // _LEAVERS
    dob = _born(place, chance, today, has_left=has_left)
    pupil = _pupil(place, chance, dob, today)
    stay = _stay(chance, pupil, today, has_left=has_left)
    family = families.family_of(place, pupil, chance)
    choices = () if has_left else families.choices_of(place, pupil, family.contacts, chance, today)
    return Invented(
        pupil=family.pupil,
        stay=stay,
        contacts=family.contacts,
        choices=choices,
        protections=families.protections_of(place, family, today),
        has_notice=not has_left and chance.random() < 0.6,
    )


# -- when they were born, and when they came


def _born(place: int, chance: random.Random, today: date, *, has_left: bool) -> date:
    if not has_left and place < len(_TURNING):
        age, days = _TURNING[place]
        turning_day = today + timedelta(days=days)
        return _years_before(turning_day, age)
    if not has_left and place == _LEAP_DAY:
        leap = next(year for year in range(today.year - 12, today.year - 20, -1) if year % 4 == 0)
        return date(leap, 2, 29)
    if has_left:
        year_group = 12
    elif place in families.STORIES:
        year_group = 9 + place % 2
    else:
        year_group = _YEAR_GROUPS[place * _STRIDE % len(_YEAR_GROUPS)]
    first = date(_school_year(today) - year_group - 5, 9, 1)  # eleven on the 31st of August before Year 7
    return first + timedelta(days=chance.randrange(365))


def _years_before(day: date, years: int) -> date:
    if (day.month, day.day) == (2, 29):
        day -= timedelta(days=1)
    return day.replace(year=day.year - years)


def _school_year(day: date) -> int:
    return day.year if day.month >= 9 else day.year - 1


def year_group_on(dob: date, day: date) -> int:
    """The year group by age: 7 for those who were 11 on the 31st of August before."""
    return age_on(dob, date(_school_year(day), 8, 31)) - 4


def _stay(chance: random.Random, pupil: Pupil, today: date, *, has_left: bool) -> Enrolment:
    dual = chance.random() < 0.5
    start, end = weekday(today - timedelta(days=chance.randrange(15, 420))), None
    if has_left:
        end = date(_school_year(today), 7, 21) if chance.random() < 0.6 else weekday(today - timedelta(days=chance.randrange(5, 60)))
        start = weekday(end - timedelta(days=chance.randrange(60, 400)))
    school = pupil.previous_school if dual else None
    return Enrolment(
        id=families.identity(chance), pupil_id=pupil.id, status="S" if dual else "C", start_date=start, end_date=end, main_school=school
    )


# -- who they are


_SHORT = 4  # letters of a forename that nobody makes shorter: «The» of Theo would be found in every sentence


def _pupil(place: int, chance: random.Random, dob: date, today: date) -> Pupil:
    sex = chance.choice("FM")
    forename = chance.choice(families.GIRLS if sex == "F" else families.BOYS)
    middle = chance.choice(families.GIRLS if sex == "F" else families.BOYS)
    group = year_group_on(dob, today)
    pupil = Pupil(
        id=families.identity(chance),
        surname=chance.choice(families.SURNAMES),
        forename=forename,
        middle_names=middle if middle != forename and chance.random() < 0.4 else None,
        preferred_forename=forename[:3] if chance.random() < 0.1 and len(forename) > _SHORT else None,
        dob=dob,
        upn=_upn(place, dob),
        uln=_uln(place) if group >= 10 else None,
        sex=sex,
        ethnicity=chance.choice(families.ETHNIC_GROUPS),
        ethnicity_source=chance.choice("PPPC"),
        first_language=chance.choice(families.LANGUAGES),
        year_group=str(group) if group <= 11 else "11",
        previous_school=chance.choice(families.SCHOOLS),
        **_groups(place, group),
        **families.address_at(chance),
        **_needs(place, chance),
    )
    return _with_oddities(place, pupil)


def _groups(place: int, year_group: int) -> dict[str, Any]:
    """The tutor group, the site and the sets of a pupil: two tutors to a year, the younger ones at a site of their own, three sets to a stage."""
    stage = 3 if year_group <= 9 else 4
    return {
        "tutor_group": f"{min(year_group, 11)}{_TUTORS[place % len(_TUTORS)]}",
        "site": _SITES[stage],
        "subject_sets": f"KS{stage} Maths {1 + place % 3}, KS{stage} English {1 + place % 2}",
    }


def _needs(place: int, chance: random.Random) -> dict[str, Any]:
    provision = chance.choice("NNKKKE")
    need = chance.choice(families.NEEDS) if provision != "N" else None
    cared_for = place == _LOOKED_AFTER or (chance.random() < 0.05 and place not in families.STORIES)
    return {
        "sen_provision": provision,
        "sen_need_1": need,
        "medical": chance.choice(families.MEDICAL) if chance.random() < 0.15 else None,
        "looked_after": cared_for,
        "care_authority": LA if cared_for else None,
        "service_child": "Y" if place == _SERVICE else "N",
        "young_carer": "S" if place == _CARER else "N",
    }


def _with_oddities(place: int, pupil: Pupil) -> Pupil:
    """A temporary UPN, a missing one, and a former one, each on one pupil."""
    if place == _TEMPORARY:
        characters = f"{LA}{ESTAB}{pupil.dob.year % 100 + 11:02d}{place:02d}A"
        return dataclasses.replace(pupil, upn=upn_letter(characters) + characters)
    if place == _NO_UPN:
        return dataclasses.replace(pupil, upn=None)
    if place == _FORMER:
        return dataclasses.replace(pupil, former_upn=_numbered(f"{LA}2004{(pupil.dob.year + 5) % 100:02d}{place:03d}"))
    return pupil


def _upn(place: int, dob: date) -> str:
    """A good number of a primary school of the authority, given in the year the child began there; each place has its own."""
    return _numbered(f"{LA}{2001 + place // 1000:04d}{(dob.year + 5) % 100:02d}{place % 1000:03d}")


def _numbered(characters: str) -> str:
    return upn_letter(characters) + characters


def _uln(place: int) -> str:
    """The place-th good learner number of a range: its last digit makes the weighted sum 10 modulo 11."""
    body = 400_000_000 + place * 7
    while True:
        total = sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), str(body), strict=True))
        last = (10 - total) % 11
        if last < 10:
            return f"{body}{last}"
        body += 1
