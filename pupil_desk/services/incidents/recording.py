"""Incidents: entered for several pupils at once, amended by a further wording, struck out with a reason, signed, reported, talked over.

Nothing is written over. What was done at once can be undone: an incident by striking it out, a step by taking it back.
"""

import dataclasses
from collections.abc import Collection, Mapping, Sequence

from pupil_desk.basics.clock import local_time, stamp
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.care.health import tidy_time
from pupil_desk.domain.catalogue.items import item_named
from pupil_desk.domain.catalogue.validation import Problem, problems_of, refuse, tidied
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.incidents.incident import (
    ASKED_OF,
    Incident,
    IncidentCase,
    IncidentEvent,
    IncidentEventKind,
    check_incident,
    check_pupils,
    is_ordinary,
    missing_of,
    with_account,
)
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.incidents import incidents_due, known, told_authority
from pupil_desk.services.pupils.pupils import pupil_of
from pupil_desk.services.roles import Action
from pupil_desk.services.unit.uses import require_use
from pupil_desk.store.rows import several
from pupil_desk.store.rows.rows import differences, new_id
from pupil_desk.store.tables import incidents as store

SWITCH = "records_incidents"
"""The setting by which a unit that records none here switches them off."""


def of_pupil(desk: Desk, pupil_id: str) -> list[IncidentCase]:
    """A pupil's entries in the order of recording, those struck out too; that the record was looked at is logged."""
    desk.viewed("pupil", pupil_id)
    return store.of_pupil(desk.vault, pupil_id)


def of_incident(desk: Desk, incident_id: str) -> list[IncidentCase]:
    """The entries of one incident, one for each pupil in it, those struck out too. Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    return store.of_incident(desk.vault, incident_id)


def problems(desk: Desk, incident: Incident) -> tuple[Problem, ...]:
    """What is wrong with an entry across its items."""
    return check_incident(incident, desk.today, now(desk))


def now(desk: Desk) -> str:
    """The time of day, as HH:MM."""
    return local_time(stamp(desk.clock.now())).strftime("%H:%M")


def enter(desk: Desk, entries: Sequence[Incident]) -> Changed:
    """Keep a new incident, an entry for each pupil in it; the account is the first entry's, and so is its identity, where the caller gave it one.

    Raises Refused, WrongUse, NotAllowed.
    """
    desk.require(Action.EDIT_RECORD)
    require_use(desk, SWITCH)
    refuse(check_pupils(entries))
    incident_id = entries[0].incident_id or new_id()
    fresh = [_checked(desk, with_account(entry, entries[0])) for entry in entries]
    wordings = []
    for entry in fresh:
        pupil_of(desk.vault, entry.pupil_id)
        wordings.append(dataclasses.replace(entry, id=new_id(), entry_id=new_id(), incident_id=incident_id, struck=None))
    with desk.act(Action.EDIT_RECORD, "incident", incident_id, "incident entered") as work:
        _keep(work, wordings)
    return _changed(wordings)


def keep_new(work: Work, entries: Sequence[Incident]) -> None:
    """Within a transaction: keep checked entries that are numbered already, as they come with a file."""
    store.add(work.desk.vault, entries, moment=work.stamp, actor=work.actor, act=work.act)


def keep_struck(work: Work, case: IncidentCase, reason: str) -> None:
    """Within a transaction: strike out an entry; it stays on file."""
    _keep(work, [dataclasses.replace(case.now, id=new_id(), struck=reason)])


def amend(desk: Desk, entries: Sequence[Incident]) -> Changed:
    """Keep a further wording of each entry that is said otherwise now; what it said before stays. One without ``entry_id`` adds a pupil.

    ``entries`` are all of one incident that count; the account is the first entry's. Raises Refused, WrongUse, NotAllowed.
    """
    desk.require(Action.EDIT_RECORD)
    refuse(check_pupils(entries))
    cases_by_entry = {case.now.entry_id: case for case in store.of_incident(desk.vault, entries[0].incident_id)}
    wordings = []
    for entry in entries:
        wording = _checked(desk, with_account(entry, entries[0]))
        case = cases_by_entry.get(entry.entry_id)
        if entry.entry_id and (case is None or case.struck):
            raise _not_on_file()
        if case is None:
            pupil_of(desk.vault, entry.pupil_id)
            wordings.append(dataclasses.replace(wording, id=new_id(), entry_id=new_id(), incident_id=entries[0].incident_id, struck=None))
        elif differences(case.now, dataclasses.replace(wording, id=case.now.id, struck=None)):
            wordings.append(dataclasses.replace(wording, id=new_id(), struck=None))
    if not wordings:
        return Changed.of()
    with desk.act(Action.EDIT_RECORD, "incident", entries[0].incident_id, "incident amended") as work:
        _keep(work, wordings)
    return _changed(wordings)


def strike(desk: Desk, entry_ids: Collection[str], reason: str) -> Changed:
    """Say that entries were made by mistake, of a whole incident or of one pupil in it. They stay on file. Raises Refused, WrongUse, NotAllowed."""
    desk.require(Action.EDIT_RECORD)
    reason = tidy(reason)
    refuse(() if reason else (Problem("struck", "missing", _("Enter why it is struck out.")),))
    cases = [_counting(desk, entry_id) for entry_id in entry_ids]
    wordings = [dataclasses.replace(case.now, id=new_id(), struck=reason) for case in cases]
    with desk.act(Action.EDIT_RECORD, "incident", wordings[0].incident_id, "incident struck out") as work:
        _keep(work, wordings)
    return _changed(wordings)


def new_incident_id() -> str:
    """An identity for a new incident, for who would know it before it is kept."""
    return new_id()


def wordings_now(desk: Desk, incident_id: str) -> dict[str, Incident]:
    """What each entry of an incident says now, by its identity: before an act and after it they tell what the act kept, to be undone."""
    return {case.now.entry_id: case.now for case in of_incident(desk, incident_id)}


def undo(desk: Desk, entered: Sequence[Incident]) -> Changed:
    """Undo what was just entered or amended: a new entry is struck out, an amended one says again what it said before."""
    desk.require(Action.EDIT_RECORD)
    wordings = []
    for incident in entered:
        case = store.entry(desk.vault, incident.entry_id)
        if case is None or case.now.id != incident.id:
            raise WrongUse(_("Something was recorded of this incident since. Open it, and put it right there."))
        before = case.wordings[-2].incident if len(case.wordings) > 1 else None
        told = before or dataclasses.replace(case.now, struck=_("Undone at once"))
        wordings.append(dataclasses.replace(told, id=new_id()))
    with desk.act(Action.EDIT_RECORD, "incident", wordings[0].incident_id, "incident undone") as work:
        _keep(work, wordings)
    return _changed(wordings)


def record(desk: Desk, events: Sequence[IncidentEvent], *, despite_order: bool = False) -> Changed:
    """Record what was done about entries of one incident, or, not ``done``, take it back; all or none. Raises Refused, WrongUse, NotAllowed.

    A signature and a report name the wording that they are of by themselves. To withhold a report is for an assistant head or a data officer,
    and so is to record, ``despite_order``, that a parent who is under an order or restriction was told: unless that is said, it is refused.
    """
    withheld = any(event.kind == IncidentEventKind.WITHHELD for event in events)
    action = Action.WITHHOLD_REPORT if withheld or despite_order else Action.EDIT_RECORD
    desk.require(action)
    tidy_events = []
    for event in events:
        case = _counting(desk, event.entry_id)
        tidy_events.append((case, _checked_event(desk, case, event, despite_order)))
    incident_id = tidy_events[0][0].now.incident_id
    with desk.act(action, "incident", incident_id, f"incident: {events[0].kind}{'' if events[0].done else ' taken back'}") as work:
        for case, event in tidy_events:
            store.add_event(desk.vault, event, moment=work.stamp, actor=work.actor, act=work.act)
            told_authority.follow(work, case, event)
    return Changed.of("incident", "disclosure", ids=tuple({event.pupil_id for event in events}))


def _checked(desk: Desk, entry: Incident) -> Incident:
    entry = tidied(entry, desk.today)
    entry = dataclasses.replace(entry, time=_tidy_time(entry.time), began=_tidy_time(entry.began))
    refuse((*problems_of(entry, desk.today), *check_incident(entry, desk.today, now(desk))))
    return entry


def _tidy_time(text: str | None) -> str | None:
    return tidy_time(text) if text else None


def _checked_event(desk: Desk, case: IncidentCase, event: IncidentEvent, despite_order: bool) -> IncidentEvent:
    event = tidied(event, desk.today)
    event = dataclasses.replace(event, id=new_id(), pupil_id=case.now.pupil_id, time=_tidy_time(event.time))
    if event.kind in (IncidentEventKind.SIGNED, IncidentEventKind.REPORTED):
        event = dataclasses.replace(event, wording=case.now.id)
    refuse((*problems_of(event, desk.today), *_check_event(desk, case, event, despite_order)))
    return event


def _check_event(desk: Desk, case: IncidentCase, event: IncidentEvent, despite_order: bool) -> list[Problem]:
    if not event.done:
        if case.last(event.kind, event.contact_id) is None:
            return [Problem("kind", "not_done", _("That is not recorded, so it cannot be taken back."))]
        return []
    if event.on > desk.today:
        return [Problem("on", "future_date", _("That day lies in the future. Enter the day on which it was done."))]
    if event.on < case.now.day:
        return [Problem("on", "before_day", _("That is before the day of the incident. Enter the day on which it was done."))]
    if event.kind == IncidentEventKind.SIGNED:
        return _check_signing(desk, case, event)
    if event.kind in (IncidentEventKind.REPORTED, IncidentEventKind.WITHHELD):
        return _check_report(desk, case, event, despite_order)
    return _missing_of(event)


_MISSING: Mapping[tuple[str, str], str] = {
    (IncidentEventKind.SIGNED, "who"): _("Enter who signs it."),
    (IncidentEventKind.REPORTED, "way"): _("Enter how it was told."),
    (IncidentEventKind.WITHHELD, "who"): _("Enter who decided to withhold it."),
    (IncidentEventKind.WITHHELD, "note"): _("Enter why: how telling this parent would put the pupil at risk of significant harm."),
    (IncidentEventKind.TOLD_AUTHORITY, "who"): _("Enter who at the authority was told."),
    (IncidentEventKind.TOLD_AUTHORITY, "way"): _("Enter how it was told."),
    (IncidentEventKind.DEBRIEF_PUPIL, "note"): _("Enter what the pupil said, in the pupil’s own words, or that the pupil said nothing."),
    (IncidentEventKind.DEBRIEF_STAFF, "note"): _("Enter what came of it."),
}


def _missing_of(event: IncidentEvent) -> list[Problem]:
    """What must be said of such a step, and is not."""
    return [Problem(name, "missing", _MISSING[event.kind, name]) for name in ASKED_OF.get(event.kind, ()) if not getattr(event, name)]


def _check_signing(desk: Desk, case: IncidentCase, event: IncidentEvent) -> list[Problem]:
    if is_ordinary(case.now.kind):
        return [Problem("kind", "ordinary", _("A reward or ordinary behaviour is not signed."))]
    problems = _missing_of(event)
    if event.who and event.who not in known.may_sign(desk, [case.now]):
        words = _("Choose a member of staff: one who signs in here, the head, or one whom the account names. {name} is none of them.")
        problems.append(Problem("who", "no_staff", words.format(name=event.who)))
    return problems + [
        Problem(
            name,
            "missing_by_law",
            _("{what} is missing, and the law asks for it. Enter it, then sign.").format(what=item_named(Incident, name).quoted_label),
        )
        for name in missing_of(case.now)
    ]


def _check_report(desk: Desk, case: IncidentCase, event: IncidentEvent, despite_order: bool) -> list[Problem]:
    contact = several.get(desk.vault, Contact, event.contact_id) if event.contact_id else None
    if contact is None or contact.pupil_id != case.now.pupil_id:
        return [Problem("contact_id", "no_parent", _("Choose the parent whom it concerns."))]
    if event.kind == IncidentEventKind.REPORTED:
        problems = _missing_of(event)
        if case.last(IncidentEventKind.WITHHELD, contact.id):
            problems.append(
                Problem("kind", "withheld", _("The report is withheld from this parent. Take that back first, if it was wrong."))
            )
        elif not despite_order and contact.id in incidents_due.contexts_of(desk, [case.now.pupil_id])[case.now.pupil_id].barred:
            words = _("This parent is under an order or restriction. Decide whether the report is withheld: {who}.")
            problems.append(Problem("kind", "barred", words.format(who=_WHO_DECIDES)))
        if case.signed is None:
            problems.append(
                Problem("kind", "not_signed", _("The account is not signed as it stands. Sign it first: the report is made from it."))
            )
        return problems
    return _missing_of(event)


_WHO_DECIDES = _("an assistant head or a data officer does that")


def _counting(desk: Desk, entry_id: str) -> IncidentCase:
    case = store.entry(desk.vault, entry_id)
    if case is None or case.struck:
        raise _not_on_file()
    return case


def _not_on_file() -> WrongUse:
    return WrongUse(_("That entry is no longer on file, or was struck out. Open the incident again."))


def _keep(work: Work, wordings: Sequence[Incident]) -> None:
    store.add(work.desk.vault, wordings, moment=work.stamp, actor=work.actor, act=work.act)
    for wording in wordings:
        work.note(Action.EDIT_RECORD, "pupil", wording.pupil_id, "incident")


def _changed(wordings: Sequence[Incident]) -> Changed:
    return Changed.of("incident", ids=tuple({wording.pupil_id for wording in wordings}))
