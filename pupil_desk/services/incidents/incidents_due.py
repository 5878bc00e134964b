"""What is still to be done about incidents, for Home and beside the incident: a line for each pupil in it, the most urgent first."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.incidents.duties import Duty, IncidentContext, duties_of, still_to_do
from pupil_desk.domain.incidents.incident import IncidentCase, IncidentEventKind, is_ordinary, missing_of, ordinary_kinds
from pupil_desk.domain.notices.addressees import parents_of
from pupil_desk.domain.pupils.protection import ORDER
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.services.unit.calendars import law_calendar
from pupil_desk.store.tables import contacts, protections, pupils
from pupil_desk.store.tables import incidents as store

_SINCE = timedelta(days=366)  # a whole year: what is still owed of an incident is not forgotten within it
_WHAT = {
    IncidentEventKind.SIGNED: _("sign the account"),
    IncidentEventKind.REPORTED: _("report to {parent}"),
    IncidentEventKind.TOLD_AUTHORITY: _("tell the authority"),
    IncidentEventKind.DEBRIEF_PUPIL: _("talk it over with {pupil}"),
    IncidentEventKind.DEBRIEF_STAFF: _("talk it over with the staff"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenIncident:
    """What is left to do about one pupil's part in an incident, and in a few ``words``; ``due`` is the first day of any of it, ``late`` whether that
    has gone by. ``subject`` says what it was and when, ``day`` is its day."""

    pupil_id: str
    incident_id: str
    entry_id: str
    name: str
    subject: str
    day: date
    duties: tuple[Duty, ...]
    words: tuple[str, ...]
    due: date
    late: bool


def open_incidents(desk: Desk, of: str = "") -> list[OpenIncident]:
    """Of the incidents of a year, those about which something is still to be done; ``of`` one pupil alone. Raises NotAllowed.

    None where the unit records none here: it cannot be switched off while there is any.
    """
    desk.require(Action.READ_RECORD)
    if not desk.settings.records_incidents or not (cases := _cases(desk, of)):
        return []
    people = pupils.some_by_id(desk.vault, {case.now.pupil_id for case in cases})
    contexts = _contexts(desk, people.values())
    lines = []
    for case in cases:
        pupil_id = case.now.pupil_id
        if pupil_id in people and (left := still_to_do(duties_of(case, contexts[pupil_id]))):
            lines.append(_line(case, people[pupil_id], left, contexts[pupil_id], desk.today))
    return sorted(lines, key=lambda line: (line.due, line.name))


def _cases(desk: Desk, of: str) -> list[IncidentCase]:
    """Those in which something may have to be done; a reward and ordinary behaviour are by far the most, and none of them."""
    since = desk.today - _SINCE
    cases = store.of_pupil(desk.vault, of) if of else store.between(desk.vault, since, desk.today, without=ordinary_kinds())
    return [case for case in cases if not is_ordinary(case.now.kind) and case.now.day >= since]


def together(lines: Iterable[OpenIncident]) -> list[OpenIncident]:
    """A line for each incident, whatever pupils are in it: what is one act for several of them is told once. ``pupil_id`` is empty where they are several."""
    return [_as_one(of_incident) for of_incident in grouped((line.incident_id, line) for line in lines).values()]


def together_by_due(lines: Iterable[OpenIncident], today: date) -> list[OpenIncident]:
    """The same, with what is late and what is still in time each in a line of its own."""
    parts = [part for line in lines for part in _parted(line, today)]
    groups = grouped(((part.incident_id, part.late), part) for part in parts)
    return sorted((_as_one(of_incident) for of_incident in groups.values()), key=lambda line: (line.due, line.name))


def _parted(line: OpenIncident, today: date) -> Iterator[OpenIncident]:
    for late in (True, False):
        left = [(duty, words) for duty, words in zip(line.duties, line.words, strict=True) if (duty.due < today) is late]
        if left:
            duties, words = zip(*left, strict=True)
            yield replace(line, duties=duties, words=words, due=min(duty.due for duty in duties), late=late)


def _as_one(lines: Sequence[OpenIncident]) -> OpenIncident:
    if len(lines) == 1:
        return lines[0]
    return replace(
        lines[0],
        pupil_id="",
        entry_id="",
        name=join_words([line.name for line in lines]),
        duties=tuple(duty for line in lines for duty in line.duties),
        words=tuple(dict.fromkeys(words for line in lines for words in line.words)),
        due=min(line.due for line in lines),
        late=any(line.late for line in lines),
    )


def _line(case: IncidentCase, pupil: Pupil, left: Iterable[Duty], context: IncidentContext, today: date) -> OpenIncident:
    duties, incident = tuple(left), case.now
    due = min(duty.due for duty in duties)
    subject = _("{what}, {day}").format(what=codelist("incident_kind").label_of(incident.kind), day=short_date(incident.day))
    parents = {parent.id: parent.full_name for parent in context.parents}
    return OpenIncident(
        pupil_id=pupil.id,
        incident_id=incident.incident_id,
        entry_id=incident.entry_id,
        name=pupil.full_name,
        subject=subject,
        day=incident.day,
        duties=duties,
        words=tuple(_words(case, duty, pupil, parents) for duty in duties),
        due=due,
        late=due < today,
    )


def _words(case: IncidentCase, duty: Duty, pupil: Pupil, parents: Mapping[str, str]) -> str:
    """What is to be done the same day has no day of its own beside it: that of the incident says it."""
    words = _WHAT[duty.event].format(parent=parents.get(duty.contact_id or "", ""), pupil=pupil.preferred_forename or pupil.forename)
    if duty.event is IncidentEventKind.SIGNED and missing_of(case.now):
        words = _("complete and sign the account")
    return words if duty.due == case.now.day else _("{what} by {day}").format(what=words, day=short_date(duty.due))


def context_of(desk: Desk, pupil: Pupil) -> IncidentContext:
    """What decides whom to tell of an incident of a pupil, as the record stands today."""
    return _contexts(desk, [pupil])[pupil.id]


def contexts_of(desk: Desk, pupil_ids: Collection[str]) -> dict[str, IncidentContext]:
    """The same of several pupils, by id."""
    return _contexts(desk, pupils.some(desk.vault, pupil_ids))


def _contexts(desk: Desk, people: Collection[Pupil]) -> dict[str, IncidentContext]:
    """Asked of all of them at once, however many they are."""
    calendar, protected = law_calendar(desk.vault), protections.by_pupil(desk.vault, desk.today)
    known = contacts.by_pupil(desk.vault, [pupil.id for pupil in people])
    return {
        pupil.id: IncidentContext(
            pupil.dob,
            tuple(parents_of(known[pupil.id])),
            calendar,
            frozenset(each.contact_id for each in protected[pupil.id] if each.kind == ORDER and each.contact_id),
        )
        for pupil in people
    }


def duties(desk: Desk, case: IncidentCase) -> tuple[Duty, ...]:
    """What must be done about an entry, with what is done. Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    pupil = pupils.get(desk.vault, case.now.pupil_id)
    return duties_of(case, context_of(desk, pupil)) if pupil is not None else ()
