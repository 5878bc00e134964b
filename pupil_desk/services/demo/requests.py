"""Invented requests and complaints of the training unit, each at another step of the way; of the first request for one a copy is under way."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.requests.case import COPIES, Capacity, CaseKind, RequestCase, RequestEvent, RequestEventKind, RequestOutcome
from pupil_desk.services.demo.invention import Invented
from pupil_desk.services.desk import Desk, Progress
from pupil_desk.services.notes import notes
from pupil_desk.services.packs import compiling, deciding
from pupil_desk.services.packs.alone import WrittenAlone, write_alone
from pupil_desk.services.pupils import pupils
from pupil_desk.services.requests import handling, looking, places, receiving
from pupil_desk.store.tables import contacts

_NEEDED = 5  # pupils on roll with a parent
_LEFT_OPEN = 4  # places of the copy, so that there is something to decide


def keep_requests(desk: Desk, people: Sequence[Invented]) -> None:
    """Six cases: one closed, one that stands still, one late, one refused, one complaint; none where there are too few pupils."""
    on_roll = [person.pupil for person in people if person.stay.on_roll(desk.today) and person.stay.end_date is None]
    with_parent = [(pupil, parent) for pupil in on_roll if (parent := _parent(desk, pupil)) is not None]
    if len(with_parent) < _NEEDED:
        return
    copy, both_kinds, wrong, stop, old = with_parent[:_NEEDED]
    _copy(_Case(desk, *copy, 20), "A copy of everything you have about my child, please.")
    _both_kinds(_Case(desk, *both_kinds, 6), "His school file, and what the office has on the computer.")
    _correction(_Case(desk, *wrong, 34), "The telephone number is wrong, and so is the house number.")
    _objection(_Case(desk, *stop, 12), "I do not want you to tell the youth service where we live.")
    _closed(_Case(desk, *old, 60), "All letters about the exclusion meeting.")
    _complaint(desk)


class _Case:
    """One case, received so many days ago by a parent."""

    def __init__(self, desk: Desk, pupil: Pupil, parent: Contact, days_ago: int) -> None:
        self.desk, self.pupil, self.parent = desk, pupil, parent
        self.received = desk.today - timedelta(days=days_ago)
        self.id = ""

    def receive(self, kind: CaseKind, words: str, channel: str = "email") -> None:
        case, _news = receiving.receive(
            self.desk,
            RequestCase(
                pupil_id=self.pupil.id,
                contact_id=self.parent.id,
                kind=kind,
                received=self.received,
                channel=channel,
                requester=self.parent.full_name,
                capacity=Capacity.PARENT,
                asked=words,
                email=self.parent.email,
            ),
        )
        self.id = case.id

    def on(self, days: int) -> date:
        return min(self.received + timedelta(days=days), self.desk.today)

    def does(self, kind: RequestEventKind, days: int, note: str = "", **items: str) -> None:
        event = RequestEvent(case_id=self.id, kind=kind, on=self.on(days), note=note or None, **items)
        handling.record(self.desk, event)

    def checks(self, days: int) -> None:
        self.does(RequestEventKind.IDENTITY, days, "Known to the office for a year", answer="yes")
        self.does(RequestEventKind.COMPETENCE, days, "Talked it over with the pupil, who would rather have the parent ask", answer="no")
        self.does(RequestEventKind.AUTHORITY, days, "Holds parental responsibility by the record", answer="yes")


def _parent(desk: Desk, pupil: Pupil) -> Contact | None:
    return next(
        (contact for contact in contacts.of_pupil(desk.vault, pupil.id) if contact.parental_responsibility and contact.forename), None
    )


def _searched(case: _Case, days: int, number: int) -> None:
    places_used = places.in_use(case.desk)[:number]
    events = [
        RequestEvent(case_id=case.id, kind=RequestEventKind.SEARCHED, on=case.on(days), what=place.name, place_id=place.place_id)
        for place in places_used
    ]
    handling.record_all(case.desk, events)


def _copy(case: _Case, words: str) -> None:
    """A copy: checked, and half of the places searched."""
    case.receive(CaseKind.COPY, words)
    case.does(RequestEventKind.ACKNOWLEDGED, 1, "By e-mail")
    case.checks(2)
    _searched(case, 8, 4)


def _both_kinds(case: _Case, words: str) -> None:
    """A copy and the educational record: the office has asked what is meant, and time stands still for the copy."""
    case.receive(CaseKind.BOTH, words, "letter")
    case.does(RequestEventKind.ACKNOWLEDGED, 1)
    case.does(RequestEventKind.CLARIFICATION_ASKED, 3, "Which years are wanted?")


def _correction(case: _Case, words: str) -> None:
    """A correction that is late."""
    case.receive(CaseKind.RECTIFY, words, "phone")
    case.checks(3)


def _objection(case: _Case, words: str) -> None:
    """An objection that cannot be granted: decided, and the answer is still to be given."""
    case.receive(CaseKind.OBJECT, words)
    case.checks(2)
    case.does(
        RequestEventKind.DECIDED,
        9,
        "The law makes us name pupils from 13 to the service when it asks. The rest is not told any more.",
        outcome=RequestOutcome.REFUSED,
    )


def _closed(case: _Case, words: str) -> None:
    """A copy that was given in time, and is closed."""
    case.receive(CaseKind.COPY, words)
    case.checks(1)
    _searched(case, 10, len(places.in_use(case.desk)))
    case.does(RequestEventKind.EXEMPTION, 14, "Names another pupil", exemption="third-party")
    case.does(RequestEventKind.DECIDED, 15, "The letters are given, without the other pupil’s name.", outcome=RequestOutcome.PARTLY)
    if any(step.kind is RequestEventKind.PROTECTION for step in looking.state_of(case.desk, case.id).steps):
        case.does(RequestEventKind.PROTECTION, 15, "Gone through page by page", answer="yes")
    case.does(RequestEventKind.DELIVERY, 16, "Address of the record, asked again by telephone", answer="yes")
    case.does(RequestEventKind.REPLIED, 17, "Handed over in the office")
    case.does(RequestEventKind.CLOSED, 18)


def _complaint(desk: Desk) -> None:
    """A complaint about no pupil, acknowledged."""
    case, _news = receiving.receive(
        desk,
        RequestCase(
            kind=CaseKind.COMPLAINT,
            received=desk.today - timedelta(days=9),
            channel="letter",
            requester="Frances Marlow",
            capacity=Capacity.OTHER,
            asked="Your newsletter had my telephone number in it. I never said that it might.",
            address="14 Sandpiper Row\nLarkminster\nAL28 4QN",
        ),
    )
    handling.record(
        desk, RequestEvent(case_id=case.id, kind=RequestEventKind.ACKNOWLEDGED, on=desk.today - timedelta(days=7), note="By post")
    )


def begin_copy(desk: Desk) -> None:
    """Begin the copy of the open request that came first, and decide most of it as proposed."""
    cases = [
        state
        for pupil in pupils.all_pupils(desk)
        for state in looking.of_pupil(desk, pupil.id)
        if state.open and CaseKind(state.case.kind) in COPIES
    ]
    if not cases:
        return
    state = min(cases, key=lambda state: (state.case.received, state.case.ref))
    assert state.case.pupil_id is not None
    pack = deciding.begin(desk, state.case.pupil_id, state.case.requester, case_id=state.case.id)
    copy = compiling.compiled(desk, pack.id)
    deciding.accept(desk, copy, copy.undecided[:-_LEFT_OPEN])


def write_copy(desk: Desk, folder: Path, progress: Progress) -> WrittenAlone:
    """Write the copy of one pupil, the first who has notes that all may read and none that are restricted; else of the first without such."""
    people = [pupil for pupil in pupils.all_pupils(desk) if not notes.count_restricted(desk, pupil.id)] or pupils.all_pupils(desk)
    pupil = next((pupil for pupil in people if notes.of_pupil(desk, pupil.id)), people[0])
    return write_alone(desk, pupil.id, folder, progress)
