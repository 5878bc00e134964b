"""Inventing papers kept: a plan, a letter from the main school, a note of a visit. Made once, from words, for three pupils.

Inventing a few notes: a talk, something done well, a quarrel to look at again, and a concern that is restricted.

Inventing safeguarding files: one with a concern, what followed from it and the minutes of a meeting, and one that came from the school before.

Inventing translations: a letter and a slip that may go out in Polish to one family, and one whose English has changed since. No text of ours is a checked translation.
"""

import dataclasses
import hashlib
import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Heading, Para
from pupil_desk.documents.reading.paper_content import Media
from pupil_desk.domain.papers.attachment import Attachment
from pupil_desk.domain.papers.letter import LetterTemplate
from pupil_desk.domain.papers.note import Note, always_restricted
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.safeguarding import sealed_paper
from pupil_desk.domain.safeguarding.body_map import BodyMark, lines_of
from pupil_desk.domain.safeguarding.entry import EntryKind, SafeguardingEntry
from pupil_desk.domain.safeguarding.sealed_paper import SealedPaper
from pupil_desk.domain.unit.staff import StaffMember
from pupil_desk.services import records
from pupil_desk.services.demo.families import identity
from pupil_desk.services.demo.invention import weekday
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.letters import letter_templates
from pupil_desk.services.notes.notes import keep_wording
from pupil_desk.services.pupils.contacts import save_contact
from pupil_desk.services.translations import papers, translations
from pupil_desk.services.translations.translations import TranslationEntry
from pupil_desk.store.file.second_key import whole_files
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import attachments as store
from pupil_desk.store.tables import contacts, safeguarding, safeguarding_papers

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


_FILES = 4, 7  # places of pupils on the list: of whom there is a file, and whose came from the school before
_CONCERN = "Came in at 9:10 and would not take the coat off. Said the room is cold at home, and asked whether there is any toast left."
_IN_OWN_WORDS = "“There is never anything in the fridge when she is on nights.”"


def keep_safeguarding(work: Work, people: Sequence[Pupil], lead: StaffMember) -> None:
    """Within a transaction: two safeguarding files, the lead's but for the concern. Written under the room's public key, as a concern is: nobody reads them here."""
    today = work.desk.today

    def keep(place: int, kind: EntryKind, ago: int, **values: Any) -> SafeguardingEntry:
        author_id = work.actor if kind is EntryKind.CONCERN else lead.id
        day = weekday(today - timedelta(days=ago))
        entry = SafeguardingEntry(id=new_id(), entry_id=new_id(), pupil_id=people[place].id, kind=kind, day=day, **values)
        safeguarding.add(work.desk.vault, entry, moment=work.stamp, actor=author_id)
        return entry

    if len(people) <= max(_FILES):
        return
    file, arrived = _FILES
    decided = "Early help is offered, and the family agrees. Breakfast here each day."
    marks = lines_of((BodyMark("front", 20, 90, "small graze, dry; says it is from the bike"),))
    keep(file, EntryKind.CONCERN, 40, time="09:25", text=_CONCERN, pupil_words=_IN_OWN_WORDS, body_map=marks, decision=decided)
    keep(file, EntryKind.STATUS, 33, status="child-in-need", social_worker="Ade Example (invented)", authority=_AUTHORITY)
    text = "Ask the authority for the date of the next meeting"
    keep(file, EntryKind.ACTION, 9, text=text, responsible=lead.name, due=weekday(today - timedelta(days=1)))
    minutes = "Child in need meeting: what was agreed"
    _with_paper(
        work,
        lead,
        keep(file, EntryKind.MEETING, 12, meeting="child-in-need", people=f"{lead.name}\nAde Example", decision=minutes),
        minutes,
    )
    came = keep(arrived, EntryKind.RECEIVED, 60, school="Wyming Vale School", way="hand", text="One folder, 2 pages scanned here")
    _with_paper(work, lead, came, "Chronology of the school before")


def _with_paper(work: Work, lead: StaffMember, entry: SafeguardingEntry, title: str) -> None:
    """The entry once more, with a paper."""
    from pupil_desk.documents.pdf.page import build_pdf

    data = build_pdf([Heading(1, title), Para(_("Invented for training."))], title=title)
    paper = SealedPaper(new_id(), whole_files.new_key(), 1, len(data), title)
    wording = dataclasses.replace(entry, id=new_id(), papers=sealed_paper.lines_of([paper]))
    safeguarding.add(work.desk.vault, wording, moment=work.stamp, actor=lead.id)
    safeguarding_papers.keep(work.desk.vault, paper, data, entry_id=entry.entry_id, pupil_id=entry.pupil_id)


_AUTHORITY = "Larkshire Children’s Services"
POLISH = "pl"
_TRANSLATOR, _CHECKER = "Zofia Example (invented)", "Adam Example (invented)"
_REVIEW, _SLIP = "letter/shipped-review", "fixed/page-notice-slip"
_BUS_PASS = LetterTemplate(
    name="Bus pass",
    subject="Bus pass: {{forename}}",
    body="Dear {{salutation}}\n\nThe council has agreed to the bus pass. Please fetch it from our office before {{ask: Day}}.\n\n"
    "Yours sincerely\n\n{{signature}}\n\n{{head}}\n{{unit name}}",
)
_ONCE = "Please fetch it from our office."
_IN_POLISH: Mapping[str, str] = {
    "Review of {{forename}}’s placement": "Spotkanie w sprawie pobytu: {{forename}}",
    "Dear {{salutation}}": "Szanowni Państwo, {{salutation}}!",
    "We would like to look at how {{forename}} is getting on with us, and at what should come next. Please join us at a review meeting:": "Chcielibyśmy omówić, jak {{forename}} radzi sobie u nas i co powinno być dalej. Zapraszamy na spotkanie:",
    "We will talk about attendance, learning and how {{forename}} feels about being here. You are welcome to bring somebody with you. If you would like an interpreter, or cannot come at that time, please call us on {{unit telephone}} and we will find another way.": "Porozmawiamy o obecności, nauce i o tym, jak {{forename}} się tu czuje. Mogą Państwo przyjść z kimś bliskim. Jeśli potrzebny jest tłumacz albo ten termin Państwu nie odpowiada, prosimy o telefon: {{unit telephone}}. Znajdziemy inne rozwiązanie.",
    "Yours sincerely": "Z poważaniem",
    "This page says what the form says that comes with it. Tick, sign and send back the form, not this page.": "Ta strona mówi to samo, co dołączony formularz. Prosimy zaznaczyć, podpisać i odesłać formularz, a nie tę stronę.",
    "Pupil": "Uczeń",
    "Date of birth": "Data urodzenia",
    "Parent or carer": "Rodzic lub opiekun",
    "Edition of the notice": "Wydanie informacji",
    "Reply by": "Odpowiedź do",
    "Have you got our privacy notice?": "Czy mają Państwo naszą informację o ochronie danych?",
    "From {unit}. Our privacy notice says how we use information about pupils. It comes with this slip. If you did not get it, tell {whom}, and keep this slip until you have it.": "{unit}. Nasza informacja o ochronie danych mówi, jak używamy danych uczniów. Jest dołączona do tego formularza. Jeśli jej Państwo nie otrzymali, prosimy powiedzieć: {whom}, i zachować formularz, aż nadejdzie.",
    "If you have it: tick the box, sign, and send this slip back.": "Jeśli ją Państwo mają: prosimy zaznaczyć kratkę, podpisać i odesłać formularz.",
    "I have the privacy notice.": "Mam informację o ochronie danych.",
    "If you tick the box:": "Jeśli zaznaczą Państwo kratkę:",
    "we note that whoever signs has the notice, and no more. It changes none of your choices or rights.": "zapiszemy tylko, że osoba podpisana ma tę informację. Nie zmienia to Państwa decyzji ani praw.",
    "Until you answer, or if you never do:": "Dopóki nie ma odpowiedzi:",
    "nothing changes for you. The same with a tick and no signature, or a signature and no tick. We may ask you again.": "nic się dla Państwa nie zmienia. Tak samo, gdy brakuje podpisu albo zaznaczenia. Możemy zapytać ponownie.",
    "Return to:": "Zwrot do:",
    "the head of the unit": "dyrektor ośrodka",
    "Our reference: {reference}": "Nasz numer: {reference}",
    "{all} and {last}": "{all} i {last}",
    "{day}, number {number}": "{day}, numer {number}",
    "What stands here in English is written as we hold it. Ask us to explain the form to you: {reach}.": "Co stoi tu po angielsku, jest zapisane tak, jak w naszych aktach. Chętnie wyjaśnimy formularz: {reach}.",
    "Bus pass: {{forename}}": "Bilet autobusowy: {{forename}}",
    "The council has agreed to the bus pass. Please fetch it from our office.": "Rada zgodziła się na bilet autobusowy. Prosimy odebrać go w naszym biurze.",
}


def keep_translations(desk: Desk, people: Sequence[Pupil]) -> None:
    """A family that would like Polish, a letter and a slip that it gets so, and a letter whose English has changed since it was translated."""
    for contact in contacts.of_pupil(desk.vault, people[0].id) if people else ():
        if contact.parental_responsibility:
            save_contact(desk, dataclasses.replace(contact, language=POLISH))
    once = letter_templates.save_template(
        desk, dataclasses.replace(_BUS_PASS, body=_BUS_PASS.body.replace("Please fetch it from our office before {{ask: Day}}.", _ONCE))
    )
    for key in (_REVIEW, _SLIP, f"letter/{once.template_id}"):
        _keep_in_polish(desk, key)
    letter_templates.save_template(desk, dataclasses.replace(once, body=_BUS_PASS.body))


def _keep_in_polish(desk: Desk, key: str) -> None:
    paper = papers.paper_named(desk, key)
    words = {line.key: _IN_POLISH[line.english] for line in paper.lines}
    entry = TranslationEntry(words, _TRANSLATOR, _CHECKER, desk.today, is_check_new=True)
    translations.keep(desk, paper, POLISH, entry)
