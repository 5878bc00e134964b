"""Inventing papers kept: a plan, a letter from the main school, a note of a visit. Made once, from words, for three pupils.

Inventing a few notes: a talk, something done well, a quarrel to look at again, and a concern that is restricted.
"""

import dataclasses
import hashlib
import random
from collections.abc import Sequence
from datetime import date, timedelta

from pupil_desk.basics.dates import show_date
from pupil_desk.documents.reading.paper_content import Media
from pupil_desk.domain.papers.attachment import Attachment
from pupil_desk.domain.papers.note import Note, always_restricted
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import records
from pupil_desk.services.demo.families import identity
from pupil_desk.services.demo.invention import weekday
from pupil_desk.services.desk import Work
from pupil_desk.services.notes.notes import keep_wording
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import attachments as store

_WITH_PAPERS = 3  # pupils; the first of the unit, so that they are found at once


def keep_papers(work: Work, people: Sequence[Pupil]) -> None:
    """Within a transaction: the papers of the first pupils; the same each time for the same pupil."""
    for place, pupil in enumerate(people[:_WITH_PAPERS]):
        chance = random.Random(f"papers/{pupil.id}")  # noqa: S311 - invention, not secrecy
        day = work.desk.today - timedelta(days=chance.randrange(20, 90))
        plan = Attachment(title="Individual plan for this term", kind="plan", paper_day=day, received_from="Key worker")
        _keep(work, plan, pupil, Media.PDF, _plan(pupil, day), paper_id=identity(chance))
        if place == 0:
            letter = Attachment(
                title="Letter about the placement",
                kind="letter",
                paper_day=day - timedelta(days=12),
                received_from="Wyming Vale School",
                note="The school asks to be told each month how it goes.",
            )
            _keep(work, letter, pupil, Media.PDF, _letter(pupil, day - timedelta(days=12)), paper_id=identity(chance))
            visit = Attachment(title="Note of the home visit", kind="minutes", paper_day=day + timedelta(days=5))
            _keep(work, visit, pupil, Media.TEXT, _VISIT.encode(), paper_id=identity(chance))


def _keep(work: Work, paper: Attachment, pupil: Pupil, media: Media, data: bytes, *, paper_id: str) -> None:
    attachment = dataclasses.replace(
        paper,
        id=paper_id,
        pupil_id=pupil.id,
        kept_on=work.desk.today,
        media_type=media.value,
        pages=1,
        size=len(data),
        digest=hashlib.sha256(data).hexdigest(),
    )
    records.add(work, [attachment], source="form")
    store.keep_content(work.desk.vault, attachment, data)


def _plan(pupil: Pupil, day: date) -> bytes:
    from pupil_desk.documents.blocks import Block, Bullets, FactList, Heading, Para
    from pupil_desk.documents.pdf.page import build_pdf

    goals = (
        "Be in the room at the start of each lesson.",
        "Ask for five minutes outside before it becomes too much.",
        "Finish the coursework in English by the end of term.",
    )
    story: list[Block] = [
        Heading(1, "Individual plan"),
        FactList((("Pupil", pupil.legal_name), ("Made on", show_date(day)), ("Key worker", "Sam Whitlock"))),
        Heading(2, "What we work on this term"),
        Bullets(goals, numbered=True),
        Heading(2, "What helps"),
        Para("A seat near the door, a short list of what comes next, and a word with the key worker at break."),
        Para("Invented for training."),
    ]
    return build_pdf(story, title="Individual plan")


def _letter(pupil: Pupil, day: date) -> bytes:
    from pupil_desk.documents.blocks import Block, Heading, Para
    from pupil_desk.documents.pdf.page import build_pdf

    story: list[Block] = [
        Heading(1, "Wyming Vale School"),
        Para(show_date(day)),
        Para("Dear colleagues,"),
        Para(
            f"Thank you for taking {pupil.forename} for three days a week. {pupil.forename} stays on our roll, and we would like to hear each month how it goes."
        ),
        Para("Our head of inclusion will telephone in the first week of each month. Please send the register on Fridays."),
        Para("Yours sincerely,"),
        Para("Head of inclusion"),
        Para("Invented for training."),
    ]
    return build_pdf(story, title="Letter")


_VISIT = """Home visit, 4 pm. Present: parent, key worker.

Mornings are hard: the bus is often late. We agreed that the taxi of the authority is asked for.
The parent would like a telephone call on Fridays, and not a letter.

Invented for training.
"""


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
        day = weekday(today - timedelta(days=ago))
        follow_up = day + timedelta(days=ahead) if ahead is not None else None
        note = Note(pupil_id=people[place].id, note_id=new_id(), category=category, text=text, day=day, follow_up=follow_up)
        keep_wording(work, note, is_restricted=always_restricted(category))
        if category == "achievement":
            keep_wording(work, dataclasses.replace(note, text=f"{text} The teacher kept a copy."), is_restricted=False)
