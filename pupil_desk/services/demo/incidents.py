"""Inventing incidents of the last weeks: serious ones, ordinary behaviour and rewards; one all done, one withheld, one overdue, one of today."""

import dataclasses
from collections.abc import Sequence
from datetime import date, timedelta

from pupil_desk.domain.incidents.incident import Incident, IncidentCase, IncidentEvent, IncidentEventKind
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.services.demo.invention import Invented
from pupil_desk.services.desk import Desk
from pupil_desk.services.incidents import recording
from pupil_desk.services.unit.calendars import school_calendar
from pupil_desk.store.rows.rows import new_id

_WEEKS = timedelta(weeks=8)  # in which they were
_LEAST_DAYS = 15  # school days in those weeks; with fewer the unit has hardly begun, and there are none
_LEAST_PUPILS = 10
_STAFF = "Sam Whitlock\nAlex Penn"
_LIGHT = (  # kind, school days ago, points, in a line
    ("kindness", 2, 5, "Showed a new pupil round the site, and ate lunch with them."),
    ("effort", 3, 3, "Stayed with a hard page of fractions to the end."),
    ("refusal", 3, None, "Would not put the telephone away in English; did after five minutes."),
    ("progress", 6, 5, "Read the first chapter aloud to the group."),
    ("late-in-class", 7, None, "Ten minutes late to maths after break."),
    ("disruption", 9, None, "Talked over the teacher; moved to another table, then worked."),
    ("effort", 12, 3, "A full week in every lesson."),
)
_HELD = Incident(
    kind="assault-pupil",
    day=date.min,
    time="11:20",
    place="Art room",
    account="A pot of paint was thrown, then a fist was raised at another pupil. Sam Whitlock stood between them, and with Alex Penn held the "
    "pupil by both arms until the other had left the room. The pupil sat down after two minutes.",
    led_to_it="A painting was laughed at.",
    tried="Both were spoken to by name and offered the quiet room.",
    staff=_STAFF,
    part="took-part",
    force=True,
    force_kind="held-standing",
    force_degree="firm",
    began="11:22",
    minutes=2,
    necessary="The other pupil could not get out of the way, and would have been hit.",
    needs="Social, emotional and mental health",
    triggers="Being laughed at in front of others",
    injury="None",
    support="Twenty minutes in the quiet room with Alex Penn, then back to the lesson.",
)
_LED = dataclasses.replace(
    _HELD,
    kind="absconding",
    time="13:05",
    place="Front gate",
    account="The pupil ran from the yard to the gate, which was open for a delivery. Alex Penn stood in the way and led the pupil back by the arm.",
    led_to_it="A telephone call at lunch.",
    tried="The pupil was called back and asked to talk.",
    staff="Alex Penn",
    force_kind="guided",
    force_degree="light",
    began="13:06",
    minutes=1,
    necessary="The road in front of the gate is busy.",
    triggers="None known",
)
_Kind = IncidentEventKind


def keep_incidents(desk: Desk, people: Sequence[Invented]) -> None:
    """Enter them, each with what was done about it; none in a unit that is small or has hardly begun its year."""
    days = school_calendar(desk.vault).school_days(desk.today - _WEEKS, desk.today - timedelta(days=1))
    on_roll = [person for person in people if person.stay.on_roll(desk.today) and person.stay.end_date is None and not person.protections]
    if len(days) < _LEAST_DAYS or len(on_roll) < _LEAST_PUPILS:
        return
    for place, (kind, ago, points, account) in enumerate(_LIGHT):
        entry = Incident(
            pupil_id=on_roll[place % len(on_roll)].pupil.id, kind=kind, day=days[-ago], account=account, part="took-part", points=points
        )
        _enter(desk, [entry])
    _bullying(desk, on_roll[-3:], days[-8])
    both, one = _with_parents(on_roll, 2), _with_parents(on_roll, 1)
    if both:
        _all_done(desk, both[0], on_roll[-4], days[-10])
    if one:
        _withheld(desk, one[-1], days[-5])
    if len(both) > 1:
        _overdue(desk, both[1], days[-1])
    _of_today(desk, on_roll[-1])


def _with_parents(people: Sequence[Invented], number: int) -> list[Invented]:
    """Those of whom so many have parental responsibility."""
    return [person for person in people if len(_parents(person)) == number]


def _parents(person: Invented) -> list[Contact]:
    return [contact for contact in person.contacts if contact.parental_responsibility]


def _enter(desk: Desk, entries: Sequence[Incident]) -> list[IncidentCase]:
    incident_id = new_id()
    recording.enter(desk, [dataclasses.replace(entry, incident_id=incident_id) for entry in entries])
    return recording.of_incident(desk, incident_id)


def _sign(desk: Desk, cases: Sequence[IncidentCase]) -> None:
    recording.record(desk, [_event(case, _Kind.SIGNED, who=desk.settings.head) for case in cases])


def _event(case: IncidentCase, kind: IncidentEventKind, **items: str | date | None) -> IncidentEvent:
    """A step about an entry, on the day of it unless said."""
    return IncidentEvent(**{"entry_id": case.now.entry_id, "kind": kind, "on": case.now.day, **items})  # type: ignore[arg-type]  # items by name


def _bullying(desk: Desk, three: Sequence[Invented], day: date) -> None:
    """Without force: signed, and nothing more is asked for."""
    account = Incident(
        kind="bullying",
        day=day,
        time="12:40",
        place="Yard",
        account="Two pupils had taken a third one’s bag and called names across the yard for some days. The bag was given back, and all three spoke "
        "with Sam Whitlock, one by one.",
        staff="Sam Whitlock",
        part="took-part",
    )
    parts = ("hurt", "took-part", "took-part")
    entries = [dataclasses.replace(account, pupil_id=person.pupil.id, part=part) for person, part in zip(three, parts, strict=True)]
    _sign(desk, _enter(desk, entries))


def _all_done(desk: Desk, person: Invented, other: Invented, day: date) -> None:
    """Force: signed, reported to both parents the same day, talked over with pupil and staff. The other pupil’s part asks for the signature alone."""
    hurt = Incident(pupil_id=other.pupil.id, kind=_HELD.kind, day=day, account=_HELD.account, part="hurt", injury="None")
    cases = _enter(desk, [dataclasses.replace(_HELD, pupil_id=person.pupil.id, day=day), hurt])
    _sign(desk, cases)
    case = cases[0]
    for parent, way in zip(_parents(person), ("hand", "post"), strict=True):
        recording.record(desk, [_event(case, _Kind.REPORTED, contact_id=parent.id, way=way, time="15:10", who="Alex Penn")])
    after = day + timedelta(days=1)
    said = "I thought nobody would stop them laughing. I would like to go out before I get that angry."
    recording.record(desk, [_event(case, _Kind.DEBRIEF_PUPIL, on=after, who="Sam Whitlock", note=said)])
    came = "A card with which the pupil may leave the room. Paintings are put away before the next group comes."
    recording.record(desk, [_event(case, _Kind.DEBRIEF_STAFF, on=after, who=desk.settings.head, note=came)])


def _withheld(desk: Desk, person: Invented, day: date) -> None:
    """The only parent is not told, by a decision with its reason; so the authority is."""
    (case,) = _enter(desk, [dataclasses.replace(_LED, pupil_id=person.pupil.id, day=day)])
    _sign(desk, [case])
    (parent,) = _parents(person)
    why = "The pupil told Sam Whitlock of being hit at home after the last letter. The duty social worker agrees that it waits."
    recording.record(desk, [_event(case, _Kind.WITHHELD, contact_id=parent.id, who="Sam Whitlock", note=why)])
    recording.record(
        desk, [_event(case, _Kind.TOLD_AUTHORITY, time="15:30", way="email", who="Duty officer, Larkshire Children’s Services")]
    )
    recording.record(desk, [_event(case, _Kind.DEBRIEF_PUPIL, who="Sam Whitlock", note="I only wanted to get away. I am glad you asked.")])


def _overdue(desk: Desk, person: Invented, day: date) -> None:
    """Of the last school day: signed, and nobody has told the parents yet."""
    entry = dataclasses.replace(_LED, pupil_id=person.pupil.id, day=day, led_to_it="An argument over a place in the queue for lunch.")
    _sign(desk, _enter(desk, [entry]))


def _of_today(desk: Desk, person: Invented) -> None:
    """Of this morning, with the account still to be signed."""
    entry = Incident(
        pupil_id=person.pupil.id,
        kind="damage",
        day=desk.today,
        place="Workshop",
        account="A drawer was pulled out and thrown at the wall; nobody stood near. The pupil swept up afterwards.",
        staff="Alex Penn",
        damage="A drawer, and plaster",
        part="took-part",
    )
    _enter(desk, [entry])
