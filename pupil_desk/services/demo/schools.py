"""The main and commissioning schools of the training unit: whom to ask there, places that they agreed, what was written for them, and marks that one sent back."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

from pupil_desk.domain.papers.note import Note
from pupil_desk.domain.pupils.enrolment import DUAL
from pupil_desk.domain.pupils.place_review import SchoolPlaceReview
from pupil_desk.domain.register.attendance import DUAL as DUAL_CODE
from pupil_desk.domain.register.attendance import Session
from pupil_desk.domain.schools.school import School
from pupil_desk.domain.schools.school_mark import SchoolMark
from pupil_desk.domain.schools.school_place import DIRECTED, SchoolPlace
from pupil_desk.domain.schools.week import FOR_SCHOOL, week_of
from pupil_desk.services import records
from pupil_desk.services.demo.families import identity
from pupil_desk.services.demo.invention import Invented, weekday
from pupil_desk.services.desk import Desk
from pupil_desk.services.notes import notes
from pupil_desk.services.roles import Action
from pupil_desk.services.schools import schools
from pupil_desk.store.tables import standing

_PEOPLE = (
    School(
        number="919/4001",
        contact="Mrs Tamsin Okafor, attendance",
        contact_phone="01632 960401",
        contact_email="attendance@wymingvale.example.org",
        lead="Mr Owen Pryce",
        lead_email="safeguarding@wymingvale.example.org",
        finance="Wyming Vale School, finance office",
        finance_email="finance@wymingvale.example.org",
    ),
    School(number="919/4003", contact="Ms Ida Lund, attendance", contact_email="attendance@broadmere.example.org"),
)
_SENTENCES = (
    "A steady week, with a request for harder work in maths.",
    "A good start after a hard month. Please thank the tutor for the books.",
)
_CONTRADICTING = ("/", "I")
_WEEK = timedelta(days=7)


def keep_schools(desk: Desk, people: Sequence[Invented]) -> None:
    """Enter them for the pupils who are here and are registered at a main school too."""
    shared = [person for person in people if person.stay.status in DUAL and person.stay.main_school and person.stay.on_roll(desk.today)]
    for school in _PEOPLE:
        schools.save(desk, school)
    with desk.act(Action.EDIT_RECORD, "unit", "", "invented places and marks of schools") as work:
        records.add(work, [_place(desk, person, number) for number, person in enumerate(shared)], source="form")
        records.add(work, [_review(desk, person) for person in shared[:1]], source="form")
        records.add(work, _marks(desk, [person for person in shared if person.stay.main_school == _PEOPLE[0].number]), source="import")
    for person, text in zip(shared, _SENTENCES, strict=False):
        notes.add(desk, Note(pupil_id=person.pupil.id, category=FOR_SCHOOL, text=text, day=desk.today))


def _place(desk: Desk, person: Invented, number: int) -> SchoolPlace:
    """Every third is a direction off site, which ends and is reviewed soon; the others go on."""
    chance, today = random.Random(f"school places/{person.pupil.id}"), desk.today  # noqa: S311 a plain seed is the point
    directed = number % 3 == 0
    return SchoolPlace(
        id=identity(chance),
        pupil_id=person.pupil.id,
        school=person.stay.main_school or "",
        kind=DIRECTED if directed else "bought",
        start_date=person.stay.start_date or today - 4 * _WEEK,
        end_date=weekday(today + timedelta(days=chance.randrange(10, 60))) if directed else None,
        days="Mon, Tue, Wed",
        hours="9:15 to 14:30",
        price="95",
        price_per="day",
        purpose="To come back to lessons, and to learn what to do when things get loud.",
        success="Four weeks in which nine of ten sessions are attended, and two targets met.",
        review_day=weekday(today + timedelta(days=chance.randrange(5, 40))),
    )


def _review(desk: Desk, person: Invented) -> SchoolPlaceReview:
    """A first review, three weeks ago or on the first day, after which the place went on."""
    chance, today = random.Random(f"school place reviews/{person.pupil.id}"), desk.today  # noqa: S311 a plain seed is the point
    return SchoolPlaceReview(
        id=identity(chance),
        pupil_id=person.pupil.id,
        school=person.stay.main_school or "",
        day=max(weekday(today - 3 * _WEEK), person.stay.start_date or today - 4 * _WEEK),
        present="The school’s attendance officer, the mother, the tutor",
        found="Eight of ten sessions attended; one target met.",
        said="Wants harder work in maths.",
        decision="goes-on",
    )


def _marks(desk: Desk, people: Sequence[Invented]) -> list[SchoolMark]:
    """The school's marks of the week before: D where the pupil was here, and of the first two a session that contradicts ours."""
    monday, _sunday = week_of(desk.today - _WEEK)
    our_marks = standing.by_pupil(desk.vault, monday, monday + timedelta(days=4))
    marks = []
    for number, person in enumerate(people):
        chance = random.Random(f"school marks/{person.pupil.id}")  # noqa: S311 a plain seed is the point
        for place, (day, session, code, _minutes, _note) in enumerate(our_marks.get(person.pupil.id, ())):
            their_code = "/" if code == DUAL_CODE else DUAL_CODE
            if place == number and number < len(_CONTRADICTING):
                their_code = _CONTRADICTING[number]
            marks.append(
                SchoolMark(
                    id=identity(chance),
                    pupil_id=person.pupil.id,
                    school=_PEOPLE[0].number,
                    day=date.fromisoformat(day),
                    session=Session(session),
                    code=their_code,
                )
            )
    return marks
