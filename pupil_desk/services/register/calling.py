"""Calling home about an absence: whom, in order, with the numbers; and that somebody was called, kept as a note of that day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import required
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _
from pupil_desk.documents.papers.first_aid_card import Caller
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.papers.note import Note, Wording
from pupil_desk.domain.register.attendance import Session
from pupil_desk.services.care.cards import asks_office_first, people_to_call
from pupil_desk.services.desk import Desk
from pupil_desk.services.notes import notes
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import contacts, protections
from pupil_desk.store.tables import notes as note_store

FAMILY = "family"  # the category of a note of contact with the family
WITHOUT_REASON = frozenset({"N", "O"})
"""The codes of an absence that nobody has explained yet, or without leave: somebody is called."""
_SHOWN_WITHIN = timedelta(days=7)  # notes of these days after an absence are shown with it


@dataclass(frozen=True, slots=True)
class ToCall:
    """Whom to call about a pupil, the first to try first; ``asks_office_first``, whether the office is asked before anybody; ``notes_of_contact``, what was said with the family in the days since then; and whether
    somebody was called about this very absence, be it later."""

    pupil_id: str
    callers: Sequence[Caller]
    notes_of_contact: Sequence[str]
    is_called: bool = False
    asks_office_first: bool = False


def to_call(desk: Desk, pupil_ids: Collection[str], day: date, session: Session) -> list[ToCall]:
    """Whom to call about the absence of these pupils in a session, in the order given. That each record was looked at is logged."""
    desk.require(Action.READ_RECORD)
    for pupil_id in pupil_ids:
        desk.viewed("pupil", pupil_id)
    people, protections_by_pupil = contacts.by_pupil(desk.vault, pupil_ids), protections.by_pupil(desk.vault, desk.today)
    about = _about_words(day, session)
    pupils_to_call = []
    for pupil_id in pupil_ids:
        family_notes = _family_notes(desk, pupil_id, day)
        notes_of_contact = [
            _("{text} ({by})").format(text=wording.note.text, by=wording.by)
            for wording in family_notes
            if about in wording.note.text or wording.note.day <= day + _SHOWN_WITHIN
        ]
        is_called = any(about in wording.note.text for wording in family_notes)
        circle = people[pupil_id], protections_by_pupil[pupil_id]
        pupils_to_call.append(ToCall(pupil_id, people_to_call(*circle), notes_of_contact, is_called, asks_office_first(*circle)))
    return pupils_to_call


def _about_words(day: date, session: Session) -> str:
    """What the note of a call says of the absence: by it the call is known again."""
    words = _("about the absence on the morning of {day}:") if session is Session.AM else _("about the absence on the afternoon of {day}:")
    return words.format(day=show_date(day))


def _family_notes(desk: Desk, pupil_id: str, day: date) -> list[Wording]:
    """The notes of contact with the family from a day on, as they stand."""
    latest = {wording.note.note_id: wording for wording in note_store.of_pupil(desk.vault, pupil_id)}
    return [
        wording
        for wording in latest.values()
        if wording.note.category == FAMILY and wording.note.struck is None and wording.note.day >= day
    ]


def call_note(desk: Desk, absence: tuple[str, date, Session], callee: str, answer: str) -> Note:
    """Who was called about an absence of a pupil in a session, when, and what was said, as a note of contact with the family."""
    pupil_id, day, session = absence
    time = desk.clock.now().astimezone().strftime("%H:%M")
    text = _("Called {whom} at {time} {about} {said}").format(whom=callee, time=time, about=_about_words(day, session), said=tidy(answer))
    return Note(pupil_id=pupil_id, category=FAMILY, text=text, day=desk.today)


def record_call(desk: Desk, note: Note) -> Changed:
    """Keep a call. Raises Refused."""
    return notes.add(desk, note)


def take_back(desk: Desk, note: Note) -> Changed:
    """Undo that a call was recorded: its note is struck out. Raises WrongUse where it is no longer on file, or was struck out since."""
    histories = (history.now for history in notes.of_pupil(desk, note.pupil_id))
    note_on_file = next((now for now in histories if now.text == note.text and now.struck is None), None)
    return notes.strike(desk, required(note_on_file, _("That call is no longer on file.")), _("Undone at once"))
