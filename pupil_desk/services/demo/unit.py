"""The training unit's live file: made, filled with invented pupils, and three users who may sign in.

Inventing letters that were printed: an invitation to a review for three families.

Two filters of the training unit, for everyone who signs in there.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pupil_desk.basics.clock import Clock
from pupil_desk.basics.errors import CannotWrite, MadeClosed, WrongUse
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.own_values import NOTHING
from pupil_desk.domain.pupils.conditions import Condition
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.calendar import school_year
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.domain.unit.staff import Role, StaffMember
from pupil_desk.services import bin as bins
from pupil_desk.services import records
from pupil_desk.services.demo.accidents import keep_accidents
from pupil_desk.services.demo.consents import EMPLOYER, keep_asked, keep_consents, plan_work_experience
from pupil_desk.services.demo.exams import keep_exams
from pupil_desk.services.demo.governance import keep_governance, without_some_leavers
from pupil_desk.services.demo.health import keep_health
from pupil_desk.services.demo.incidents import keep_incidents
from pupil_desk.services.demo.invention import ESTAB, LA, Invented, invent
from pupil_desk.services.demo.leave import keep_leave
from pupil_desk.services.demo.marks import keep_marks_of, suspend
from pupil_desk.services.demo.next_steps import agreed, destinations_of, learning_of, placements_of
from pupil_desk.services.demo.notices import give_notices, print_and_scan
from pupil_desk.services.demo.outgoing import keep_own_export, tell_by_word
from pupil_desk.services.demo.own_fields import with_own_fields
from pupil_desk.services.demo.papers import keep_notes, keep_papers, keep_safeguarding, keep_translations
from pupil_desk.services.demo.plans import keep_plans
from pupil_desk.services.demo.providers import keep_providers
from pupil_desk.services.demo.registers import scan_a_register
from pupil_desk.services.demo.requests import begin_copy, keep_requests
from pupil_desk.services.demo.results import keep_reviews, results_of
from pupil_desk.services.demo.schools import keep_schools
from pupil_desk.services.demo.transport import keep_transport
from pupil_desk.services.desk import Desk, Progress, Work, unwatched
from pupil_desk.services.learning import assessments
from pupil_desk.services.letters import letter_templates, merging_letters
from pupil_desk.services.notes import readers
from pupil_desk.services.notes.rooms import NOTES, SAFEGUARDING_FILES
from pupil_desk.services.notices import notices
from pupil_desk.services.pupils import pupils
from pupil_desk.services.pupils.contacts import add_contact
from pupil_desk.services.pupils.lists import save_filter
from pupil_desk.services.pupils.protections import keep_protection
from pupil_desk.services.roles import Action
from pupil_desk.services.sharing.sharing import keep_choice
from pupil_desk.services.unit import calendars, staff
from pupil_desk.services.unit.units import create_unit
from pupil_desk.store.file import staging
from pupil_desk.store.file.keyslots import FLOOR
from pupil_desk.store.tables import staff as staff_store

_FILTERS = (
    (_("Year 11 with SEN support or a plan"), (Condition("year-group", "11"), Condition("any-sen"))),
    (_("Often away"), (Condition("here", "on-roll"), Condition("attendance-below", "90"))),
)


def keep_filters(desk: Desk) -> None:
    for name, conditions in _FILTERS:
        save_filter(desk, name, conditions, for_all=True)


_WITH_LETTERS = 3  # pupils; the first of the unit, so that they are found at once
_REVIEW = "shipped-review"
_ANSWERS = {"Day and time": "Thursday at 2 pm", "Place": "Meeting room, first floor"}


def print_letters(desk: Desk, people: Sequence[Pupil]) -> None:
    """Record an invitation to the first pupils' families as printed."""
    (template,) = [template for template in letter_templates.shipped() if template.template_id == _REVIEW]
    ids = [pupil.id for pupil in people[:_WITH_LETTERS]]
    merging_letters.record_printed(desk, merging_letters.merge(desk, ids, template, answers=_ANSWERS))


MOST_PUPILS = 20_000
PASSWORD = "quiet meadow copper kettle"  # noqa: S105 open by purpose: it guards invented pupils only
OFFICER = "Morgan Bailey"
_RETURNS_MADE_HERE = 5  # school years: nobody of long ago is due
_COLLEAGUES = (("Sam Whitlock", Role.ASSISTANT_HEAD), ("Alex Penn", Role.OFFICE))
USERS = ((OFFICER, Role.DATA_OFFICER), *_COLLEAGUES)  # everyone who may sign in

SETTINGS = UnitSettings(
    name="Larkfield Training Unit",
    la=LA,
    estab=ESTAB,
    urn="991100",
    ukprn="19991100",
    address_1="2 Lapwing Lane",
    town="Larkminster",
    county="Larkshire",
    postcode="AL28 2PA",
    phone="01632 960100",
    email="office@larkfield.example.org",
    controller="Larkshire County Council",
    head="Robin Ashdown",
    choices_contact="Sam Whitlock",
    choices_role="Assistant head",
    copy_contact=OFFICER,
    copy_role="Data officer",
    dpo="Jo Carrow",
    dpo_email="dpo@larkshire.example.org",
    dpo_phone="01632 960101",
    authority="Larkshire County Council",
    authority_page="https://larkshire.example.org/pupil-data",
    kind="pru",
    sendiass="Larkshire SENDIASS, 01632 960123",
    youth_service="Larkshire Youth Support",
    youth_service_page="https://youth.larkshire.example.org",
    told_schools="Wyming Vale School, 919/4001\nBroadmere Academy, 919/4003\nSt Osyth’s School, 919/4011\nHarrow Lea School, 919/4017\nThe Quarry School, 919/4020",
    told_social_care="Larkshire Children’s Services",
    told_virtual_school="Larkshire Virtual School",
    told_school_nurse="Larkshire School Nursing",
    told_exam_boards="AQA\nPearson",
    told_transport="Larkshire Passenger Transport",
    told_providers="Marden Farm",
    keeps_safeguarding=True,
)


@dataclass(frozen=True, slots=True)
class Training:
    """A training unit, its data officer at the desk. ``users``: name and role of everyone who may sign in, all by ``password``."""

    desk: Desk
    recovery_code: str = field(repr=False)
    users: tuple[tuple[str, Role], ...]
    password: str = PASSWORD


def make_training_unit(path: Path, *, number: int = 60, seed: int = 1, clock: Clock, progress: Progress = unwatched) -> Training:
    """Make a training unit's file and fill it. The same seed gives the same people. Raises WrongUse, CannotWrite."""
    if not 1 <= number <= MOST_PUPILS:
        raise WrongUse(_("Ask for 1 to 20,000 pupils."))
    progress(0, 3, _("Making the training unit’s file"))
    settings = dataclasses.replace(SETTINGS, returns_from=date(school_year(clock.today()) - _RETURNS_MADE_HERE, 9, 1))
    try:
        desk, code = create_unit(path, settings, user=OFFICER, password=PASSWORD, clock=clock, training=True, cost=FLOOR)
    except MadeClosed as error:
        staging.take_away(path.resolve())
        raise CannotWrite(_("The training unit could not be made. Check that the disk is there and has room, and try again.")) from error
    try:
        calendars.confirm_calendar(desk)
        progress(1, 3, _("Letting the training users in"))
        for name, role in _COLLEAGUES:
            member = staff.add_user(desk, name, role, PASSWORD)
            _ready(desk, member)
            if role is Role.ASSISTANT_HEAD:
                for room in (NOTES, SAFEGUARDING_FILES):
                    readers.set_reader(desk, member, may=True, reason="Designated safeguarding lead", room=room)
                lead = member
        progress(2, 3, _("Inventing the pupils"))
        people = without_some_leavers(invent(number, seed, desk.today), desk.today)
        fill(desk, people)
        with desk.act(Action.WRITE_CONCERN, "unit", "", "invented safeguarding files") as work:
            keep_safeguarding(work, [person.pupil for person in people], lead)
        keep_filters(desk)
        keep_governance(desk, [person.pupil for person in people], number - len(people), _COLLEAGUES[0][0])
    except BaseException:  # half of one is no use, and nothing in it is anybody's
        desk.vault.close()
        staging.take_away(desk.vault.path)
        raise
    progress(3, 3, _("The training unit is there"))
    return Training(desk, code, USERS)


def _ready(desk: Desk, member: StaffMember) -> None:
    """Spare a training user the change of password at the first sign-in."""
    with desk.act(Action.MANAGE_USERS, "staff", member.id, "training user"):
        staff_store.save(desk.vault, dataclasses.replace(member, must_change_password=False))


def fill(desk: Desk, people: Sequence[Invented]) -> None:
    """Keep invented pupils in one transaction, give some families the notice, and correct two records, so that there is history."""
    people = with_own_fields(desk, people)
    with desk.act(Action.EDIT_RECORD, "unit", "", f"{len(people)} invented pupils") as work:
        for person in people:
            _keep(work, person)
        keep_health(work, [person.pupil for person in people])
        keep_notes(work, [person.pupil for person in people])
        keep_papers(work, [person.pupil for person in people])
        keep_reviews(work, [person.pupil for person in people])
        keep_asked(work, [person.pupil for person in people if person.stay.on_roll(desk.today)])
    informed = {person.pupil.id for person in people if person.has_notice}
    with desk.act(Action.EDIT_RECORD, "register", "", "invented marks") as work:
        keep_marks_of(work, people)
    suspend(desk, people)
    keep_incidents(desk, people)
    keep_accidents(desk, people)
    keep_exams(desk, people)
    keep_plans(desk, people)
    keep_leave(desk, people)
    keep_schools(desk, people)
    keep_providers(desk, people)
    keep_transport(desk, people)
    body = plan_work_experience(desk, people)
    if body:
        keep_own_export(desk, body, EMPLOYER)  # before the notices are given: they name it
    letters = [letter for letter in notices.letters_of_everyone(desk).letters if letter.pupil.id in informed and letter.contacts]
    give_notices(desk, letters)
    keep_translations(desk, [person.pupil for person in people])
    print_letters(desk, [person.pupil for person in people])
    print_and_scan(desk)
    scan_a_register(desk)
    keep_requests(desk, people)
    keep_consents(desk, people, body)
    tell_by_word(desk, people)
    begin_copy(desk)
    for person in people[:2]:
        _correct(desk, person)
    for person in people[2:3]:
        _enter_twice(desk, person)
    for person in people[3:4]:
        _take_away(desk, person)


def _keep(work: Work, person: Invented) -> None:
    today = work.desk.today
    pupils.keep_new_pupil(work, person.pupil, agreed(person.stay, today))
    records.add(work, person.contacts, source="form")
    for choice in person.choices:
        keep_choice(work, choice)
    for protection in person.protections:
        keep_protection(work, protection)
    records.add(work, learning_of(person.pupil, person.pupil.id, today), source="form")
    records.add(work, destinations_of(person.pupil, person.stay, person.pupil.id, today), source="form")
    records.add(work, placements_of(person.pupil, person.stay, person.pupil.id, today), source="form")
    assessments.keep_new(work, results_of(person.pupil, person.pupil.id, work.desk.today))


_OUTSIDE_THE_FAMILY: Mapping[str, Any] = {
    "order": 9,
    "parental_responsibility": False,
    "lives_with": False,
    "mobile": None,
    "email": None,
    "own": NOTHING,
}


def _correct(desk: Desk, person: Invented) -> None:
    pupil = pupils.by_number(desk, person.pupil.upn or "")
    pupils.save_pupil(desk, dataclasses.replace(pupil, phone="01632 960999"))
    first = person.contacts[0]
    add_contact(
        desk,
        dataclasses.replace(
            first, relationship="DOC", title="Dr", forename=None, surname="Larkminster Surgery", phone="01632 960500", **_OUTSIDE_THE_FAMILY
        ),
    )


def _enter_twice(desk: Desk, person: Invented) -> None:
    """A parent entered a second time in a hurry: something for «Find duplicates» to find."""
    first = person.contacts[0]
    add_contact(desk, dataclasses.replace(first, forename=None, order=9, parental_responsibility=None, email=None))


def _take_away(desk: Desk, person: Invented) -> None:
    """A contact typed in for the wrong pupil, and taken away: something to be had back from the recycle bin."""
    first = person.contacts[0]
    contact = add_contact(desk, dataclasses.replace(first, relationship="OTH", forename="Perry", surname="Holt", **_OUTSIDE_THE_FAMILY))
    bins.take_away(desk, "contact", contact.id, "Typed in for the wrong pupil")
