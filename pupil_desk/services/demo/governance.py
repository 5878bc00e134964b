"""Data protection in the training unit: two pupils of long ago whose time is over, an erasure proposed, a hold, and a small breach."""

import dataclasses
from collections.abc import Sequence
from datetime import date, timedelta

from pupil_desk.basics.dates import birthday
from pupil_desk.domain.governance.breach_forms import BreachEventKind, BreachReport, Effects, Measures
from pupil_desk.domain.governance.erasure_case import Ground, Reach
from pupil_desk.domain.governance.hold import LegalHold
from pupil_desk.domain.governance.retention import PROOF, RECORD, birth_years
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import holds
from pupil_desk.services.demo.invention import Invented
from pupil_desk.services.desk import Desk
from pupil_desk.services.erasure import cases
from pupil_desk.services.governance import breaches
from pupil_desk.services.many import slips
from pupil_desk.services.notices import notice_slips, notices
from pupil_desk.services.pupils import pupils
from pupil_desk.store.tables import staff

_SENT = 8  # notices
_ENOUGH = 40  # pupils: a smaller unit has no past
_LONG_AGO = ((("Hartnell", "Joss"), "M", Reach.RECORD), (("Okafor", "Blessing"), "F", Reach.ALL))


def without_some_leavers(people: Sequence[Invented], today: date) -> list[Invented]:
    """The people less the last who have left, in whose place pupils of long ago come: of a unit with enough of them."""
    leavers = [person for person in people if not person.stay.on_roll(today)]
    if len(people) < _ENOUGH or len(leavers) < len(_LONG_AGO) + 1:
        return list(people)
    out = {person.pupil.id for person in leavers[-len(_LONG_AGO) :]}
    return [person for person in people if person.pupil.id not in out]


def keep_governance(desk: Desk, on_file: Sequence[Pupil], long_ago: int, colleague: str) -> None:
    """Keep them. ``long_ago``: how many pupils of long ago there is room for; ``colleague`` proposes the erasure, so that the officer may agree to it."""
    _breach(desk)
    _send_papers(desk)
    if long_ago < len(_LONG_AGO):
        return
    former_pupils = [_former(desk, number, name, sex, reach) for number, (name, sex, reach) in enumerate(_LONG_AGO)]
    member = staff.by_name(desk.vault, colleague)
    if member is not None:
        cases.propose(dataclasses.replace(desk, user=member), former_pupils[1].id, Reach.ALL, Ground.DUE)
    hold = LegalHold(
        pupil_id=on_file[4].id,
        reason="The authority has announced an inquiry into the placement",
        review_on=birthday(desk.today, 1) - timedelta(days=60),
    )
    holds.set_hold(desk, hold)


def _send_papers(desk: Desk) -> None:
    """A few families were sent the notice, and asked by a slip whether what is held is still right."""
    letters = notices.letters_of_everyone(desk).letters
    notice_slips.log_printed(desk, letters[:_SENT])
    slips.keep_printed(desk, [slips.slip(desk, letter) for letter in letters[:2]])


def _former(desk: Desk, number: int, name: tuple[str, str], sex: str, reach: Reach) -> Pupil:
    """A pupil of long ago, of whom so much has been due for some weeks."""
    born = date(1990, 2, 10 + number)
    years = birth_years(desk.schedule[PROOF if reach is Reach.ALL else RECORD])
    while birthday(_years_on(born), years) <= desk.today - timedelta(days=40):
        born = _years_on(born)
    left = date(birthday(born, 16).year, 6, 24)
    stay = Enrolment(status="C", start_date=birthday(born, 14) + timedelta(days=200), end_date=left)
    pupil = Pupil(
        surname=name[0],
        forename=name[1],
        dob=born,
        sex=sex,
        address_1=f"{number + 3} Old Mill Row",
        town="Larkminster",
        postcode="AL28 4QT",
        year_group="11",
    )
    return pupils.add_pupil(desk, pupil, stay)


def _years_on(day: date) -> date:
    return day.replace(year=day.year + 1)


def _breach(desk: Desk) -> None:
    """A letter in the wrong envelope this morning: reported, stopped, and not judged yet, so that the clock runs."""
    now = desk.clock.now().astimezone()
    aware = now - timedelta(minutes=90)
    report = BreachReport(
        text="A letter about P0007 was put into the envelope of another family. They telephoned and have brought it back unread by others.",
        day=aware.date(),
        time=aware.strftime("%H:%M"),
        happened=aware.date() - timedelta(days=1),
    )
    breaches.report(desk, report)
    (breach,) = breaches.listing(desk)
    breaches.record(
        desk,
        breach.id,
        BreachEventKind.ACTION,
        Measures(text="The letter was brought back and sent to the right address. Envelopes are checked by a second person from now on."),
    )
    breaches.record(
        desk,
        breach.id,
        BreachEventKind.EFFECTS,
        Effects(
            data="Name, and an invitation to a review meeting",
            people=1,
            entries=1,
            text="The other family knows that the pupil is at the unit and has a review.",
        ),
    )
