"""Incidents as they are looked at: a line for each, whatever pupils are in it, and one of them whole."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from pupil_desk.basics.grouping import grouped
from pupil_desk.domain.incidents.duties import duties_of
from pupil_desk.domain.incidents.incident import Incident, IncidentCase, newest_first
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.protection import ORDER
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.incidents import incidents_due
from pupil_desk.services.incidents.incidents_due import OpenIncident
from pupil_desk.services.incidents.steps import IncidentStep, steps_of
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import several
from pupil_desk.store.tables import incidents as store
from pupil_desk.store.tables import protections, pupils

LAST_YEAR: Final = timedelta(days=366)
"""How far the list goes back unless all is asked for."""


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One incident: the account of it, the pupils by identity with their names, and what is left to do about it, the most urgent first."""

    id: str
    account: Incident
    people: Mapping[str, str]
    left: tuple[OpenIncident, ...]
    struck: str | None = None

    @property
    def due(self) -> date | None:
        """The first day of what is left to do."""
        return min((line.due for line in self.left), default=None)


@dataclass(frozen=True, slots=True)
class IncidentState:
    """One incident whole: the entries, those struck out too, the pupils and the parents by identity, and the steps.

    ``orders`` are the orders and restrictions in force on a parent, by contact, each in the words in which it is on file.
    """

    id: str
    cases: tuple[IncidentCase, ...]
    pupils: Mapping[str, Pupil]
    parents: Mapping[str, Contact]
    steps: tuple[IncidentStep, ...]
    orders: Mapping[str, str]

    @property
    def counting(self) -> tuple[IncidentCase, ...]:
        """The entries that are not struck out."""
        return tuple(case for case in self.cases if not case.struck)

    @property
    def account(self) -> Incident:
        """What is the same for all, as an entry that counts has it."""
        return _first(self.cases).now

    def name(self, pupil_id: str) -> str:
        """A pupil's name."""
        return self.pupils[pupil_id].full_name if pupil_id in self.pupils else ""

    def parent(self, contact_id: str | None) -> str:
        """The name of a parent; empty for none."""
        contact = self.parents.get(contact_id or "")
        return contact.full_name if contact is not None else ""


def people(desk: Desk, ids: Iterable[str]) -> dict[str, Pupil]:
    """The pupils of these identities, by identity; of one that stands for another, the record kept. Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    pupils_found = {pupil_id: pupils.get(desk.vault, pupil_id) for pupil_id in dict.fromkeys(ids)}
    return {pupil_id: pupil for pupil_id, pupil in pupils_found.items() if pupil is not None}


def rows(desk: Desk, *, since: date | None = None) -> list[IncidentRow]:
    """Every incident since a day, or ever, the newest first; those struck out too. Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    cases = newest_first(store.between(desk.vault, since or date.min, date.max))
    names = {pupil_id: pupil.full_name for pupil_id, pupil in people(desk, (case.now.pupil_id for case in cases)).items()}
    left = grouped((line.incident_id, line) for line in incidents_due.open_incidents(desk))
    by_incident = grouped((case.now.incident_id, case) for case in cases)
    return [_row(incident_id, of_one, names, left.get(incident_id, ())) for incident_id, of_one in by_incident.items()]


def _row(incident_id: str, cases: list[IncidentCase], names: Mapping[str, str], left: Iterable[OpenIncident]) -> IncidentRow:
    cases = sorted(cases, key=lambda case: case.wordings[0].at)
    account = _first(cases).now
    cases_shown = [case for case in cases if not case.struck] or cases
    named = {case.now.pupil_id: names.get(case.now.pupil_id, "") for case in cases_shown}
    return IncidentRow(incident_id, account, named, tuple(left), account.struck)


def _first(cases: Iterable[IncidentCase]) -> IncidentCase:
    """An entry that counts, if there is any."""
    cases = list(cases)
    return next((case for case in cases if not case.struck), cases[0])


def incident(desk: Desk, incident_id: str) -> IncidentState | None:
    """One incident; None where there is none of that identity. That the records of those in it were looked at is logged. Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    cases = store.of_incident(desk.vault, incident_id)
    if not cases:
        return None
    pupils_by_id = people(desk, (case.now.pupil_id for case in cases))
    for pupil in pupils_by_id.values():
        desk.viewed("pupil", pupil.id)
    contexts = {pupil_id: incidents_due.context_of(desk, pupil) for pupil_id, pupil in pupils_by_id.items()}
    duties = {case.now.entry_id: duties_of(case, contexts[case.now.pupil_id]) for case in cases if case.now.pupil_id in contexts}
    names = {pupil_id: pupil.full_name for pupil_id, pupil in pupils_by_id.items()}
    parents = {parent.id: parent for context in contexts.values() for parent in context.parents}
    told_ids = {event.contact_id for case in cases for event in case.events if event.contact_id} - set(parents)
    told = (several.get(desk.vault, Contact, contact_id) for contact_id in sorted(told_ids))
    parents |= {contact.id: contact for contact in told if contact is not None}  # who has no responsibility any more is named all the same
    parent_names = {contact_id: parent.full_name for contact_id, parent in parents.items()}
    return IncidentState(
        incident_id,
        tuple(cases),
        pupils=pupils_by_id,
        parents=parents,
        steps=steps_of(cases, duties, names, parent_names),
        orders=_orders(desk, pupils_by_id),
    )


def _orders(desk: Desk, pupil_ids: Iterable[str]) -> dict[str, str]:
    in_force = [protection for pupil_id in pupil_ids for protection in protections.of_pupil(desk.vault, pupil_id, desk.today)]
    by_contact = grouped((each.contact_id, each.reason) for each in in_force if each.kind == ORDER and each.contact_id)
    return {contact_id: "; ".join(reasons) for contact_id, reasons in by_contact.items()}
