"""The admission register: everyone who was on roll between two days, leavers among them. Nothing is ever left out of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _, count_of
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.papers import register
from pupil_desk.documents.papers.register import AdmissionEntry
from pupil_desk.domain.catalogue.validation import Problem, Refused
from pupil_desk.domain.pupils.contact import Contact, home_of
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.protection import ORDER
from pupil_desk.domain.pupils.pupil import FormerAddress, Pupil
from pupil_desk.domain.unit.school_name import school_named
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import addresses, contacts, enrolments, protections, pupils

_PARENTS = frozenset({"PAM", "PAF", "STM", "STF", "FOM", "FOF", "CAR"})  # relationships that are a parent's by law or by care


@dataclass(frozen=True, slots=True)
class Admission:
    """One stay on the register with what its entry needs; ``barred`` are the contacts whom an order or restriction names; None for one that names nobody, and may mean anybody."""

    pupil: Pupil
    stay: Enrolment
    contacts: Sequence[Contact]
    earlier: Sequence[FormerAddress]
    barred: frozenset[str | None]


def begins(today: date) -> date:
    """The first day of the school year that a day lies in: what a register is usually asked from."""
    return date(today.year - (today.month < 9), 9, 1)


def entries(desk: Desk, since: date, until: date) -> list[Admission]:
    """The stays that put a pupil on roll on a day between the two, both among them, by name. Raises Refused."""
    desk.require(Action.READ_RECORD)
    if until < since:
        raise Refused((Problem("until", "ends_before_start", _("The last day is before the first. Correct one of the two.")),))
    stays, people, earlier = (store.by_pupil(desk.vault) for store in (enrolments, contacts, addresses))
    protections_by_pupil = protections.by_pupil(desk.vault, desk.today)
    return [
        Admission(
            pupil,
            stay,
            people[pupil.id],
            earlier[pupil.id],
            frozenset(protection.contact_id for protection in protections_by_pupil[pupil.id] if protection.kind == ORDER),
        )
        for pupil in pupils.all_pupils(desk.vault)
        for stay in stays[pupil.id]
        if stay.puts_on_roll and (stay.start_date is None or stay.start_date <= until) and (stay.end_date is None or stay.end_date >= since)
    ]


def paper(desk: Desk, admissions: Sequence[Admission], since: date, until: date) -> tuple[list[Block], str]:
    """The register as a story, and its title; that it was printed is logged with the number of entries."""
    with desk.act(Action.READ_RECORD, "unit", "", f"admission register printed: {len(admissions)} entries"):
        printed_line = _("{entries}. Printed on {day} by {user}.").format(
            entries=count_of(len(admissions), _("entry"), _("entries")), day=show_date(desk.today), user=desk.user.name
        )
        days = _("between {since} and {until}").format(since=show_date(since), until=show_date(until))
        settings = desk.settings
        unit = f"{settings.name} ({settings.dfe_number})"
    story = register.admission_register(unit, days, [entry_of(admission, settings.told_schools) for admission in admissions], printed_line)
    return story, _("Admission register")


def entry_of(admission: Admission, told_schools: str | None) -> AdmissionEntry:
    """What the register shows of one stay, in the order of the regulation; a school is named where ``told_schools`` has its number."""
    pupil, stay = admission.pupil, admission.stay
    known_as = pupil.full_name if pupil.full_name != pupil.legal_name else ""
    facts = [
        (_("Also known as"), known_as),
        (_("Sex"), codelist("sex").label_of(pupil.sex)),
        (_("Date of birth"), show_date(pupil.dob)),
        (_("Address"), ", ".join(pupil.address_lines)),
        *((_("Earlier address"), _earlier(address)) for address in admission.earlier),
        *(
            (_("Parent"), _parent(contact, pupil, barred=not admission.barred.isdisjoint({contact.id, None})))
            for contact in admission.contacts
            if is_parent(contact)
        ),
        (_("Starting day"), _day(stay.start_date)),
        (_("School last attended"), _last_school(stay.last_school, pupil.previous_school, told_schools)),
        (_("Registered as"), codelist("enrolment_status").label_of(stay.status)),
        (_("Other school"), school_named(stay.main_school, told_schools)),
        (_("Leaving day"), _day(stay.end_date)),
        (_("Ground for taking off the register"), codelist("deletion_ground").label_of(stay.deletion_ground)),
        (_("Next school"), _next(school_named(stay.next_school, told_schools), stay.next_school_start)),
    ]
    names = [pupil.surname + ",", pupil.forename, pupil.middle_names or ""]
    return AdmissionEntry(" ".join(filter(None, names)), [fact for fact in facts if fact[1] or fact[0] in _ALWAYS])


_ALWAYS = frozenset(
    {_("Sex"), _("Address"), _("Starting day"), _("School last attended")}
)  # what the law asks of every pupil: a dash says that it is missing


def is_parent(contact: Contact) -> bool:
    """Whether the register names a contact: a known parent, or one with parental responsibility or care of the pupil."""
    return bool(contact.parental_responsibility) or contact.relationship in _PARENTS


def _parent(contact: Contact, pupil: Pupil, *, barred: bool) -> str:
    """A parent's name, where they live, and the telephone numbers for an emergency: the law asks for each parent's, so that of one under an order it says not to call, and not why."""
    with_pupil = bool(contact.lives_with)
    where = ", ".join(home_of(contact, pupil).address_lines)
    numbers = ", ".join(filter(None, (contact.phone, contact.mobile)))
    parts = [
        contact.full_name,
        _("the pupil lives with them") if with_pupil else "",
        where or _("address not known"),
        _("in an emergency {numbers}").format(numbers=numbers) if numbers else _("no emergency number known"),
        _("do not call: ask the head of the unit first") if barred else "",
    ]
    return "; ".join(filter(None, parts))


def _earlier(address: FormerAddress) -> str:
    where = ", ".join(address.address_lines)
    if address.moved_on is None:
        return where
    words = _("{address}; moved on {day}").format(address=where, day=show_date(address.moved_on))
    return _("{words}, told by {who}").format(words=words, who=address.told_by) if address.told_by else words


def _next(school: str, start: date | None) -> str:
    if school and start:
        return _("{school}, from {day}").format(school=school, day=show_date(start))
    return school or _day(start)


def _day(day: date | None) -> str:
    return show_date(day) if day else ""


def _last_school(name: str | None, number: str | None, told_schools: str | None) -> str:
    words = school_named(name or number, told_schools)
    return _("{name} ({number})").format(name=words, number=number) if number and number not in words else words
