"""Inventing a few notes: a talk, something done well, a quarrel to look at again, and a concern that is restricted."""

import dataclasses
from collections.abc import Sequence
from datetime import date, timedelta

from pupil_desk.domain.papers.note import Note, always_restricted
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Work
from pupil_desk.services.notes.notes import keep_wording
from pupil_desk.store.rows.rows import new_id

_SATURDAY = 5
_SAID = (  # of which pupil on the list, how many days ago, the category, the words, and in how many days to look again
    (
        0,
        12,
        "family",
        "Rang the mother at 16:10. She said that mornings are hard since the move.\nAgreed: a call each Friday before 15:00.",
        None,
    ),
    (0, 5, "achievement", "Finished the fractions booklet, and explained two of the answers to the group.", None),
    (0, 2, "behaviour", "Left the maths room at 10:20 after a quarrel about a chair. Back at 10:30, and worked until the break.", 2),
    (1, 8, "attendance", "Asked why Mondays are missed. Said the bus was full twice. To ask the transport office for the list.", 14),
    (
        1,
        3,
        "safeguarding",
        "Said at 11:15 in the corridor: “I do not want to be there on Friday.” Told the safeguarding lead at 11:20.",
        None,
    ),
    (2, 6, "health", "Brought a new inhaler. The old one is thrown away; the date is entered under Health.", None),
)


def keep_notes(work: Work, people: Sequence[Pupil]) -> None:
    """Within a transaction: the notes of the first pupils, one of them corrected since."""
    today = work.desk.today
    for place, ago, category, text, ahead in _SAID:
        if place >= len(people):
            continue
        day = _weekday(today - timedelta(days=ago))
        follow_up = day + timedelta(days=ahead) if ahead is not None else None
        note = Note(pupil_id=people[place].id, note_id=new_id(), category=category, text=text, day=day, follow_up=follow_up)
        keep_wording(work, note, is_restricted=always_restricted(category))
        if category == "achievement":
            keep_wording(work, dataclasses.replace(note, text=f"{text} The teacher kept a copy."), is_restricted=False)


def _weekday(day: date) -> date:
    """That day, or the Friday before it."""
    return day - timedelta(days=max(0, day.weekday() - _SATURDAY + 1))
