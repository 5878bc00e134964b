"""How incidents stand: of each whether its account is signed and its parents are told, and whether anything about it is overdue."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from pupil_desk.basics.dates import age_on, show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.words import _
from pupil_desk.domain.incidents import duties as rules
from pupil_desk.domain.incidents.duties import Duty, duties_of
from pupil_desk.domain.incidents.incident import Incident, IncidentCase, IncidentEventKind, newest_first
from pupil_desk.services.desk import Desk
from pupil_desk.services.incidents import report
from pupil_desk.services.incidents.incidents_due import contexts_of
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import incidents as store
from pupil_desk.store.tables import pupils

_REPORTS = (IncidentEventKind.REPORTED, IncidentEventKind.TOLD_AUTHORITY)


@dataclass(frozen=True, slots=True)
class IncidentStanding:
    """One incident: its reference, the account, the kinds (what it was, then the interventions), and the pupils by our numbers.

    ``signed`` is whether the account is signed for every pupil, ``reported`` whether all who must be told were told or the report is
    withheld; None where nobody has to. ``overdue`` is whether the day for anything of it has gone by.
    """

    ref: str
    account: Incident
    kinds: tuple[str, ...]
    pupils: tuple[str, ...]
    signed: bool | None
    reported: bool | None
    overdue: bool

    @property
    def at(self) -> str:
        """When it was, as ISO writes it: the day, and the time if it is recorded."""
        day = self.account.day.isoformat()
        return f"{day}T{self.account.time}" if self.account.time else day


def standings(desk: Desk) -> list[IncidentStanding]:
    """Every incident that counts, the newest first. Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    return _standings(desk, newest_first(case for case in store.every(desk.vault) if not case.struck))


def entered_last(desk: Desk, pupil_id: str) -> IncidentStanding:
    """The incident that was entered last of those in which a pupil is. Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    incident_id = store.of_pupil(desk.vault, pupil_id)[-1].now.incident_id
    return _standings(desk, [case for case in store.of_incident(desk.vault, incident_id) if not case.struck])[0]


def of_ref(desk: Desk, ref: str) -> list[IncidentCase]:
    """The entries that count of the incident whose reference begins so. Raises WrongUse for none or several, NotAllowed."""
    desk.require(Action.READ_RECORD)
    cases_by_incident = grouped((case.now.incident_id, case) for case in store.every(desk.vault) if not case.struck)
    ids = [incident_id for incident_id in cases_by_incident if incident_id.startswith(ref.strip().lower())]
    if not ref.strip() or len(ids) != 1:
        raise WrongUse(_("There is no incident “{ref}”, or more than one. “incident FILE list” has the references.").format(ref=ref))
    return cases_by_incident[ids[0]]


def must_report(desk: Desk, case: IncidentCase) -> bool:
    """Whether the parents must be told of an entry, as the record of the pupil stands."""
    contexts = contexts_of(desk, [case.now.pupil_id])
    return case.now.pupil_id in contexts and rules.must_report(case, contexts[case.now.pupil_id])


def not_reported(desk: Desk, cases: Iterable[IncidentCase], reported: Collection[str]) -> dict[str, str]:
    """Why no report was made of those entries that are not among those ``reported``, in a sentence, by our reference of the pupil."""
    left = [case for case in cases if case.now.entry_id not in reported]
    refs = {pupil.id: pupil.ref for pupil in pupils.some(desk.vault, {case.now.pupil_id for case in left})}
    return {refs[case.now.pupil_id]: why_no_report(desk, case) for case in left if case.now.pupil_id in refs}


def why_no_report(desk: Desk, case: IncidentCase) -> str:
    """Why no report of an entry goes to anybody, and what is done instead, where anything is."""
    if must_report(desk, case):
        if told := case.last(IncidentEventKind.TOLD_AUTHORITY):
            words = _("{why} The authority was told instead, on {day}.")
            return words.format(why=report.why_nobody(desk, case), day=show_date(told.on))
        return _("{why} Tell the authority instead, and record it in the window, under Incidents.").format(
            why=report.why_nobody(desk, case)
        )
    if of_age := why_of_age(desk, case.now):
        return of_age
    words = (
        _("The law asked for none on that day.")
        if case.now.restrictive
        else _("There was no reasonable force, seclusion or restraint of this pupil.")
    )
    if not report.is_cause_of_letter(case.now):
        return words
    return _("{why} A letter home may go: write it with “incident FILE letter”.").format(why=words)


def why_of_age(desk: Desk, incident: Incident) -> str:
    """That of a pupil who is of age by the rule no parent is told; empty for one who is not."""
    context, adult = contexts_of(desk, [incident.pupil_id]).get(incident.pupil_id), rules.limits().adult
    is_adult = context is not None and context.dob is not None and age_on(context.dob, incident.day) >= adult
    return _("The pupil was {age} or over: no parent is told.").format(age=adult) if is_adult else ""


def _standings(desk: Desk, cases: Sequence[IncidentCase]) -> list[IncidentStanding]:
    ids = {case.now.pupil_id for case in cases}
    contexts, refs = contexts_of(desk, ids), {pupil.id: pupil.ref for pupil in pupils.some(desk.vault, ids)}
    cases = [case for case in cases if case.now.pupil_id in contexts]  # not of a pupil entered by mistake
    return [
        _one(desk, of_one, [duty for case in of_one for duty in duties_of(case, contexts[case.now.pupil_id])], refs)
        for of_one in grouped((case.now.incident_id, case) for case in cases).values()
    ]


def _one(desk: Desk, cases: Sequence[IncidentCase], duties: Sequence[Duty], refs: dict[str, str]) -> IncidentStanding:
    entries = [case.now for case in cases]
    interventions = dict.fromkeys(name for entry in entries for name in entry.interventions)
    return IncidentStanding(
        ref=entries[0].incident_id,
        account=entries[0],
        kinds=(entries[0].kind, *interventions),
        pupils=tuple(sorted(refs[entry.pupil_id] for entry in entries)),
        signed=_all_done(duty for duty in duties if duty.event == IncidentEventKind.SIGNED),
        reported=_all_done(duty for duty in duties if duty.event in _REPORTS),
        overdue=any(duty.done is None and duty.due < desk.today for duty in duties),
    )


def _all_done(duties: Iterable[Duty]) -> bool | None:
    answers = [duty.done is not None for duty in duties]
    return all(answers) if answers else None
