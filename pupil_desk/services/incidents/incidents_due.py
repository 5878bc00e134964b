"""What is still to be done about incidents, for Home and beside the incident: a line for each pupil in it, the most urgent first."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.incidents.duties import Duty, IncidentContext, duties_of, still_to_do
from pupil_desk.domain.incidents.incident import IncidentCase, is_ordinary
from pupil_desk.domain.pupils.protection import ORDER
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.services.unit.calendars import law_calendar
from pupil_desk.store.tables import contacts, protections, pupils
from pupil_desk.store.tables import incidents as store

_SINCE = timedelta(days=120)  # what happened before is no longer asked for, as of suspensions


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenIncident:
    """What is left to do about one pupil's part in an incident; ``due`` is the first day of any of it, ``late`` whether that has gone by."""

    pupil_id: str
    incident_id: str
    entry_id: str
    name: str
    subject: str
    duties: tuple[Duty, ...]
    due: date
    late: bool


def open_incidents(desk: Desk, of: str = "") -> list[OpenIncident]:
    """Of the incidents of the last four months, those about which something is still to be done; ``of`` one pupil alone. Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    cases = [
        case
        for case in store.between(desk.vault, desk.today - _SINCE, desk.today)
        if not is_ordinary(case.now.kind) and (not of or case.now.pupil_id == of)
    ]
    people = {pupil.id: pupil for pupil in pupils.some(desk.vault, {case.now.pupil_id for case in cases})}
    contexts = {pupil_id: context_of(desk, pupil) for pupil_id, pupil in people.items()}
    lines = []
    for case in cases:
        pupil_id = case.now.pupil_id
        if pupil_id in people and (left := still_to_do(duties_of(case, contexts[pupil_id]))):
            lines.append(_line(case, people[pupil_id], left, desk.today))
    return sorted(lines, key=lambda line: (line.due, line.name))


def _line(case: IncidentCase, pupil: Pupil, left: Iterable[Duty], today: date) -> OpenIncident:
    duties, incident = tuple(left), case.now
    due = min(duty.due for duty in duties)
    subject = _("{what}, {day}").format(what=codelist("incident_kind").label_of(incident.kind), day=short_date(incident.day))
    return OpenIncident(
        pupil_id=pupil.id,
        incident_id=incident.incident_id,
        entry_id=incident.entry_id,
        name=pupil.full_name,
        subject=subject,
        duties=duties,
        due=due,
        late=due < today,
    )


def context_of(desk: Desk, pupil: Pupil) -> IncidentContext:
    """What decides whom to tell of an incident of a pupil, as the record stands today."""
    of_pupil = contacts.of_pupil(desk.vault, pupil.id)
    barred = frozenset(
        protection.contact_id
        for protection in protections.of_pupil(desk.vault, pupil.id, desk.today)
        if protection.kind == ORDER and protection.contact_id
    )
    parents = tuple(contact for contact in of_pupil if contact.parental_responsibility)
    return IncidentContext(pupil.dob, parents, law_calendar(desk.vault), barred)


def contexts_of(desk: Desk, pupil_ids: Collection[str]) -> dict[str, IncidentContext]:
    """The same of several pupils, by id."""
    return {pupil.id: context_of(desk, pupil) for pupil in pupils.some(desk.vault, pupil_ids)}


def duties(desk: Desk, case: IncidentCase) -> tuple[Duty, ...]:
    """What must be done about an entry, with what is done. Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    pupil = pupils.get(desk.vault, case.now.pupil_id)
    return duties_of(case, context_of(desk, pupil)) if pupil is not None else ()
