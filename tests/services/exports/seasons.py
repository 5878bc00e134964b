"""A unit as autumn finds it, and all that has happened to its pupils by spring."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from pupil_desk.domain.catalogue.identifiers import upn_letter
from pupil_desk.domain.consents.consent import Occasion
from pupil_desk.domain.exports.own_export import ATTENDANCE, OwnColumn, OwnExport
from pupil_desk.domain.learning.next_steps import Destination
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.domain.schools.school_place import SchoolPlace
from pupil_desk.domain.sharing.choice import Choice
from pupil_desk.domain.unit.settings import Term
from pupil_desk.services import register
from pupil_desk.services.consents import occasions
from pupil_desk.services.consents.recording import ConsentEntry
from pupil_desk.services.exports.own import versions
from pupil_desk.services.learning import next_steps
from pupil_desk.services.notices import notices
from pupil_desk.services.pupils import contacts, pupils
from pupil_desk.services.schools import places
from pupil_desk.services.sharing import sharing
from pupil_desk.services.unit import calendars
from pupil_desk.services.unit import settings as settings_service
from tests.services import erased_at_once
from tests.services.consents.saying import record_said
from tests.services.exports.made import Unit

SPRING = datetime(2027, 4, 20, 9, 0, tzinfo=UTC)
OLD, YOUNG = date(2010, 3, 1), date(2011, 9, 5)  # 16 and 15 on both days
ALL = frozenset({"Ash", "Birch", "Cedar", "Dale", "Elder", "Fir", "Gorse", "Hazel", "Ivy", "Jay", "Kay"})  # on roll in autumn
HOME, AT_PARENTS = {"address_1", "postcode"}, {"parent_1_address_1", "parent_1_postcode"}


# -- the unit in autumn, and what spring brings


def upn(number: int) -> str:
    rest = f"91911002{number:04}"
    return upn_letter(rest) + rest


def filled(unit: Unit) -> None:
    desk = unit.desk
    settings_service.save_settings(desk, replace(desk.settings, ukprn="10012345", told_schools="Hill School, 919/4001"))
    terms = [
        (date(2025, 9, 2), date(2026, 7, 21)),
        (date(2026, 9, 2), date(2026, 12, 18)),
        (date(2027, 1, 4), date(2027, 3, 26)),
        (date(2027, 4, 12), date(2027, 7, 21)),
    ]
    calendars.save_calendar(desk, [Term(start=start, end=end) for start, end in terms], [])
    people = {
        surname: person(unit, surname, number, OLD if surname in {"Ash", "Cedar", "Dale", "Ivy", "Jay"} else YOUNG)
        for number, surname in enumerate(sorted(ALL))
    }
    for number, (surname, left, then) in enumerate(
        (("Lime", date(2026, 11, 10), "919/4001"), ("Moss", date(2026, 10, 20), None)), start=50
    ):
        stay = Enrolment(status="C", start_date=date(2026, 9, 2), end_date=left, next_school=then, deletion_ground="9(1)(a)")
        person(unit, surname, number, YOUNG, stay)
    for surname in ("Ash", "Cedar", "Dale", "Ivy", "Jay"):
        said(unit, people[surname], "post-16", "allow")
        next_steps.add_destination(desk, Destination(pupil_id=people[surname].id, kind="offer", activity="230", provider="Wyming College"))
        notices.issue(desk, notices.letters_of(desk, people[surname].id).letters, "by-hand")
    for surname in sorted(ALL):
        said(unit, people[surname], "youth-support", "allow")
    for surname in ("Dale", "Gorse"):
        places.add(desk, SchoolPlace(pupil_id=people[surname].id, school="919/4001", kind="bought", start_date=date(2026, 9, 2)))
    ids = [people[surname].id for surname in ("Fir", "Gorse", "Hazel")]
    acme = occasions.add(desk, Occasion(consent_type="named-sharing", name="Acme Garage", about="Your name, for the work placement."), ids)[
        1
    ]
    for pupil_id in ids:
        record_said(desk, [yes(unit, pupil_id, acme, "given", date(2026, 10, 5))])
    columns = (OwnColumn("pupil.surname", "Surname"), OwnColumn(ATTENDANCE, "Attended"))
    kept = versions.save(
        desk,
        OwnExport(
            title="Placements",
            recipient="Acme Garage",
            purpose="To plan placements",
            basis="consent",
            consent=f"named-sharing|{acme}|",
            columns=columns,
        ),
    )
    versions.approve(desk, kept.id)
    summer, autumn = days(date(2026, 6, 8), 5), days(date(2026, 10, 5), 17)
    for surname, code, of_days in (
        ("Fir", "O", [*summer, *autumn[:2]]),
        ("Fir", "/", autumn[2:]),
        ("Gorse", "I", autumn[:15]),
        ("Hazel", "I", autumn),
        ("Dale", "O", autumn[:3]),
        ("Ash", "/", autumn),
    ):
        register.mark(
            desk, [Mark(pupil_id=people[surname].id, day=day, session=session, code=code) for day in of_days for session in Session]
        )


def days(first: date, number: int) -> list[date]:
    """So many weekdays from a day on."""
    return [day for day in (first + timedelta(days=n) for n in range(2 * number + 7)) if day.weekday() < 5][:number]


def person(unit: Unit, surname: str, number: int, dob: date, stay: Enrolment | None = None) -> Pupil:
    """A pupil with a parent at home; Fir has been here since the year before, Kay came lately."""
    start = {"Fir": date(2026, 1, 5), "Kay": date(2026, 11, 16)}.get(surname, date(2026, 9, 2))
    items = {"upn": upn(number), "address_1": f"{number} Elm Row", "postcode": "AL28 2QN", "sex": "F", "year_group": "11"}
    pupil = unit.pupil(surname, "Zoë", dob, stay or Enrolment(status="C", start_date=start), **items)
    unit.contact(pupil, surname, forename="Pat", parental_responsibility=True, lives_with=True, order=1, phone=f"01632 9602{number:02}")
    return pupil


def said(unit: Unit, pupil: Pupil, recipient: str, choice: str, on: date = date(2026, 9, 10)) -> None:
    by = "pupil" if pupil.dob == OLD else "parent"
    sharing.record_choices(unit.desk, [Choice(pupil_id=pupil.id, recipient=recipient, choice=choice, by=by, on=on, channel="form")])


def yes(unit: Unit, pupil_id: str, occasion: str, what: str, on: date) -> ConsentEntry:
    giver = pupils.record(unit.desk, pupil_id).contacts[0].id
    return ConsentEntry(
        pupil_id=pupil_id, consent_type="named-sharing", step=what, giver=giver, day=on, channel="form", occasion_id=occasion
    )


def named(unit: Unit, surname: str) -> Pupil:
    return next(pupil for pupil in pupils.all_pupils(unit.desk) if pupil.surname == surname)


def spring_comes(unit: Unit) -> None:
    desk = unit.desk

    def edit(surname: str, **items: object) -> None:
        pupils.save_pupil(desk, replace(named(unit, surname), **items))

    def stay(surname: str, **items: object) -> None:
        [held] = pupils.record(desk, named(unit, surname).id).stays
        pupils.save_stay(desk, replace(held, **items))

    edit("Ash", address_1="9 Oak Way", postcode="WD53 2QN")
    said(unit, named(unit, "Birch"), "youth-support", "restrict", date(2027, 3, 1))
    stay("Cedar", end_date=date(2027, 3, 19), deletion_ground="9(1)(a)", next_school="919/4001")
    unit.protect(named(unit, "Dale"))
    erased_at_once.erase_pupil(desk, named(unit, "Elder").id, authority="A court")
    for surname, of_days in (
        ("Fir", [date(2026, 6, 9), date(2026, 10, 5), date(2026, 10, 6)]),
        ("Gorse", [date(2026, 10, 6)]),
        ("Hazel", [date(2026, 10, 6)]),
    ):
        register.mark(
            desk, [Mark(pupil_id=named(unit, surname).id, day=day, session=Session.AM, code="/") for day in of_days], reason="A letter came"
        )
    for surname, provider in (
        ("Ivy", "Marden Training"),
        ("Dale", "wyming collège"),
        ("Jay", "wyming collège"),
    ):  # as most write it, it is spelt so now
        for held in next_steps.destinations_of_pupil(desk, named(unit, surname).id):
            next_steps.save_destination(desk, replace(held, provider=provider))
    edit("Jay", uln="1000000051")
    contacts.add_contact(
        desk,
        Contact(
            pupil_id=named(unit, "Kay").id,
            surname="Aunt",
            forename="May",
            relationship="REL",
            phone="01632 960999",
            parental_responsibility=True,
            order=2,
        ),
    )
    contacts.add_contact(
        desk,
        Contact(
            pupil_id=named(unit, "Kay").id,
            surname="Uncle",
            forename="Max",
            relationship="REL",
            phone="01632 960998",
            parental_responsibility=True,
            order=3,
        ),
    )
    edit("Lime", address_1="7 Fen Lane")
    stay("Moss", next_school="919/4003")
    hazel = named(unit, "Hazel").id
    record_said(desk, [yes(unit, hazel, occasions.occasions(desk)[0].occasion_id, "withdrawn", date(2027, 2, 1))])
    nettle = person(unit, "Nettle", 60, OLD, Enrolment(status="C", start_date=date(2027, 1, 11)))
    for recipient in ("youth-support", "post-16"):
        said(unit, nettle, recipient, "allow", date(2027, 1, 12))
    next_steps.add_destination(desk, Destination(pupil_id=nettle.id, kind="offer", activity="230", provider="wyming collège"))
