"""Inventing consents of every standing: a year's photographs and rules, a fingerprint for lunch, a trip to come, a person told, and one past.

Inventing who was asked about sharing: most of those who have not answered were sent the form, some were reminded by telephone, one pupil was told at 16.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from pupil_desk.basics.dates import age_on, birthday
from pupil_desk.domain.care.health import Medicine
from pupil_desk.domain.consents.consent import ASKED, GIVEN, REFUSED, REMINDED, WITHDRAWN, Competence, Occasion
from pupil_desk.domain.notices.addressees import Letter
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.choice import OWN_WORD_FROM, PASSED, PUPIL, WishStep
from pupil_desk.services.consents import occasions, recording, types
from pupil_desk.services.consents.recording import ConsentEntry
from pupil_desk.services.demo.invention import Invented
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.notices import notices
from pupil_desk.services.paper_forms import sharing_choice
from pupil_desk.services.sharing import wishes
from pupil_desk.services.sharing.sharing import asked_about
from pupil_desk.store.rows import several
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import wish_steps as store

_WITH_CONSENTS = 24  # pupils at most: enough for every standing, and quick
_COMPETENT, _OLD_ENOUGH = 6, 13  # one in so many was found competent, from what age
_AHEAD = 9  # days until the trip, and the week with the employer
_WALKED = 4  # pupils on the trip that is over
_TRIP = Occasion(
    consent_type="trip",
    name="Climbing at Larkrock",
    about="By minibus to the climbing wall at Larkrock, with two instructors. "
    "Bring trainers, water and lunch. Out at 9:30, back at 5\N{NO-BREAK SPACE}pm.",
)
_SWAM = 2  # pupils on the trip of more than a year ago: what was said of it is due to be erased
_LONG_PAST = Occasion(consent_type="trip", name="Swimming at Larkminster", about="By minibus to the baths.")
_PAST = Occasion(consent_type="trip", name="Night walk on Lark Moor", about="On foot, with torches, from 6 pm to 9 pm.")
EMPLOYER = "Larkminster Garage"
_BODY = Occasion(
    consent_type="named-sharing", name=EMPLOYER, about="Name, date of birth, allergies and whom to call, for a week of work experience."
)
_REASON = "Said in own words what is asked, and what yes and no would mean"


def plan_work_experience(desk: Desk, people: Sequence[Invented]) -> str:
    """Plan a week with an employer, for one pupil; its occasion, empty where nobody is there to go."""
    some = _with_answers(people)
    start = desk.today + timedelta(days=_AHEAD)
    return occasions.add(desk, replace(_BODY, start=start, end=start + timedelta(days=4)), [_working(some).pupil.id])[1] if some else ""


def keep_consents(desk: Desk, people: Sequence[Invented], body: str) -> None:
    """Plan the trips, and record what families said; the same people, whatever the seed, say the same kinds of thing. ``body`` is the week with an employer."""
    some = _with_answers(people)
    if not some:
        return
    statements = [statement for place, person in enumerate(some) for statement in _of_one(desk, place, person)]
    checked = [recording.ready(desk, statement) for statement in (*statements, *_of_trips(desk, some, body)) if statement.day <= desk.today]
    # what could not have been said, as by a parent once it is the pupil's own, an office would not have entered either
    recording.record(desk, [entry for entry in checked if not entry.problems])
    for place, person in enumerate(some):
        if place % _COMPETENT == 1 and age_on(person.pupil.dob, desk.today) >= _OLD_ENOUGH:
            recording.find(
                desk,
                Competence(
                    pupil_id=person.pupil.id,
                    consent_type="photographs",
                    asked_about="",
                    finding="competent",
                    on=desk.today - timedelta(days=20),
                    reason=_REASON,
                ),
            )


def _with_answers(people: Sequence[Invented]) -> list[Invented]:
    return [person for person in people if person.stay.end_date is None and _holders(person)][:_WITH_CONSENTS]


def _working(some: Sequence[Invented]) -> Invented:
    """Who is on work experience: one of the two oldest years, where there is any."""
    return next((person for person in reversed(some) if person.pupil.year_group in ("10", "11")), some[-1])


def _holders(person: Invented) -> list[Contact]:
    return [contact for contact in person.contacts if contact.parental_responsibility]


@dataclass(frozen=True, slots=True)
class _Family:
    """One pupil, the place among those who said something, and the day on which the forms went out."""

    one: Invented
    place: int
    asked: date

    @property
    def first(self) -> str:
        return _holders(self.one)[0].id

    def every(self, number: int, remainder: int) -> bool:
        """Whether it is this family's turn: one in so many."""
        return self.place % number == remainder

    def said(self, key: str, step: str, days: int, giver: str = "", **extra: Any) -> ConsentEntry:
        """Something said so many days after."""
        facts: dict[str, Any] = {
            "pupil_id": self.one.pupil.id,
            "consent_type": key,
            "step": step,
            "giver": giver or self.first,
            "day": self.asked + timedelta(days=days),
            "channel": "form",
        }
        return ConsentEntry(**(facts | extra))


def _of_one(desk: Desk, place: int, person: Invented) -> list[ConsentEntry]:
    today = desk.today
    autumn = date(today.year if today.month >= 9 else today.year - 1, 9, 3)
    asked_on = max(person.stay.start_date or today, autumn) + timedelta(days=1 + place % 5)
    family = _Family(person, place, asked_on)
    return [*_photographs(family), *_biometrics(family), *_other_consents(family), *_medicines(desk, family)]


def _photographs(family: _Family) -> Iterator[ConsentEntry]:
    uses = tuple(use.key for use in types.shipped()["photographs"].type.use_list)
    yes = uses[: 2 + family.place % 4]
    yield family.said("photographs", ASKED, 0)
    if family.every(5, 4):
        yield family.said("photographs", REMINDED, 12)
        return
    yield family.said("photographs", GIVEN, 4, uses=yes)
    if len(yes) < len(uses):
        yield family.said("photographs", REFUSED, 4, uses=uses[len(yes) :])
    if family.every(7, 2):
        yield family.said("photographs", WITHDRAWN, 15, channel="phone", note="Rang the office")
    if family.every(_COMPETENT, 1):
        yield family.said("photographs", REFUSED, 9, PUPIL, uses=("social",), channel="in-person")


def _biometrics(family: _Family) -> Iterator[ConsentEntry]:
    if not family.every(3, 0):
        return
    holders = _holders(family.one)
    yield from (family.said("biometrics", ASKED, 1, holder.id, channel="letter") for holder in holders)
    yield family.said("biometrics", GIVEN, 6)
    if family.every(9, 3):
        yield family.said("biometrics", REFUSED, 10, PUPIL, channel="in-person", note="Would rather have a card")
    if family.every(6, 0) and len(holders) > 1:
        yield family.said("biometrics", REFUSED, 8, holders[1].id, channel="letter")


def _other_consents(family: _Family) -> Iterator[ConsentEntry]:
    yield family.said("trips", ASKED, 0)
    if not family.every(5, 4):
        yield family.said("trips", GIVEN, 4)
    if not family.every(4, 3):
        yield family.said("acceptable-use", GIVEN, 5)
    if family.every(4, 1) or family.every(4, 2):
        yield family.said("acceptable-use", GIVEN, 5, PUPIL)
    if family.every(8, 5):
        yield family.said("transport", GIVEN, -400)  # of the school year before: lapsed
    if family.every(9, 2):
        yield family.said("worship", GIVEN, 5, uses=("worship",))


def _medicines(desk: Desk, family: _Family) -> Iterator[ConsentEntry]:
    """Who agreed to a medicine is entered by name, but for one in four, of whom it still says «The parent»."""
    if not family.every(4, 3):
        for medicine in several.of_pupil(desk.vault, Medicine, family.one.pupil.id):
            yield family.said("medicines", GIVEN, 3, medicine_id=medicine.id)


def _of_trips(desk: Desk, some: Sequence[Invented], body: str) -> list[ConsentEntry]:
    today = desk.today
    start = today + timedelta(days=_AHEAD)
    invited = [person for person in some if person.pupil.year_group in ("9", "10")] or list(some[:10])
    ids = [person.pupil.id for person in invited]
    trip = occasions.add(desk, replace(_TRIP, start=start, reply_by=start - timedelta(days=5)), ids)[1]
    past = occasions.add(desk, replace(_PAST, start=today - timedelta(days=21)), ids[:_WALKED])[1]
    older = occasions.add(desk, replace(_LONG_PAST, start=today - timedelta(days=400)), ids[-_SWAM:])[1]
    working = _working(some)
    statements = [_Family(person, 0, today).said("trip", GIVEN, -410, occasion_id=older) for person in invited[-_SWAM:]]
    statements += [_Family(working, 0, today).said("named-sharing", GIVEN, -2, _holders(working)[0].id, occasion_id=body)]
    for place, person in enumerate(invited):
        family = _Family(person, place, today)
        statements.append(family.said("trip", ASKED, -10, occasion_id=trip))
        if not family.every(4, 2):
            statements.append(family.said("trip", REFUSED if family.every(4, 3) else GIVEN, -4, occasion_id=trip))
        if place < _WALKED:
            statements.append(family.said("trip", GIVEN, -30, occasion_id=past))
    return statements


_MOST = 60  # pupils: a unit of thousands is made as quickly
_ASKED, _REMINDED = timedelta(days=34), timedelta(days=6)


def keep_asked(work: Work, people: Sequence[Pupil]) -> None:
    """Within a transaction: the askings of the first pupils' families."""
    today = work.desk.today
    for pupil in people[:_MOST]:
        chance = random.Random(pupil.id)  # noqa: S311 the same each time is the point
        if not asked_about(age_on(pupil.dob, today)) or chance.random() > 0.7:
            continue
        reminded = chance.random() < 0.4
        for letter in sharing_choice.askable(notices.letters_of(work.desk, pupil.id).letters, pupil, today):
            _ask(work, letter, reminded=reminded)
    sixteen = next((pupil for pupil in people if age_on(pupil.dob, today) == OWN_WORD_FROM), None)
    if sixteen is not None:
        day = min(today, birthday(sixteen.dob, OWN_WORD_FROM) + timedelta(days=2))
        step = WishStep(id=new_id(), pupil_id=sixteen.id, step=PASSED, by=PUPIL, asked=sixteen.legal_name, on=day, channel="letter")
        store.add(work.desk.vault, [step], moment=work.stamp, actor=work.actor)


def _ask(work: Work, letter: Letter, *, reminded: bool) -> None:
    day, pupil, contact_ids = work.desk.today, letter.pupil, [contact.id for contact in letter.contacts]
    if contact_ids or birthday(pupil.dob, OWN_WORD_FROM) <= day - _ASKED:
        wishes.keep_asking(work, pupil.id, contact_ids, wording=sharing_choice.KIND.form(work.desk, letter).wording, day=day - _ASKED)
        if reminded:
            wishes.keep_asking(work, pupil.id, contact_ids, channel="phone", day=day - _REMINDED)
