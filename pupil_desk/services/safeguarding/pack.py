"""The pack for the receiving lead: a pupil's whole file as one PDF, locked with a password of its own, apart from the record.

The password is made up and shown to the lead, who tells it by another way. Nothing of it, not that it was made, stands outside the
sealed room but a row of the log: the log of disclosures is read by more people than the lead.
"""

from collections.abc import Iterator
from pathlib import Path

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Bullets, Columns, FactList, Heading, Keep, Para, WritingLine
from pupil_desk.documents.papers.body_drawing import body_drawing
from pupil_desk.documents.papers.signing import dated
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.safeguarding.body_map import marks_of
from pupil_desk.domain.safeguarding.entry import EntryHistory, SafeguardingEntry
from pupil_desk.domain.safeguarding.sealed_paper import papers_of
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils.pupils import pupil_of
from pupil_desk.services.roles import Action
from pupil_desk.services.safeguarding import files, papers
from pupil_desk.services.safeguarding.chronology import footer_of
from pupil_desk.services.safeguarding.papers import LockedFiles
from pupil_desk.services.safeguarding.telling import facts_of, field_label, statuses_words

TITLE = _("Safeguarding file")  # names nobody, since it stands in the description of the file too
RECEIPT = _("Receipt for a safeguarding file")


def write(desk: Desk, pupil_id: str, folder: Path) -> LockedFiles:
    """Write the pack into a folder, the papers behind the chronology. Lead and deputies only.

    Raises NotAllowed, CannotWrite, Known (an entry or a paper cannot be opened); nothing is left behind then.
    """
    from pupil_desk.documents.pdf.page import build_pdf

    desk.require(Action.KEEP_SAFEGUARDING, files.FILE, pupil_id)
    pupil = pupil_of(desk.vault, pupil_id)
    file = files.of_pupil(desk, pupil_id)
    if words := files.unopened_words(file.moved, file.sealed):
        raise WrongUse(_("{words} No pack is made, since it would not be whole.").format(words=words))
    pdf = build_pdf(list(story(desk, pupil, file)), title=TITLE, footer=footer_of(desk, pupil))
    sealed = [(paper.title, data) for paper, data in papers.of_histories(desk, reversed(file.histories))]
    return papers.write_locked(desk, pupil_id, "pack", [(TITLE, pdf), *sealed], folder)


def receipt(desk: Desk, pupil_id: str, entry: SafeguardingEntry) -> bytes:
    """The paper by which the school before learns that its file has come, to be signed and given back. Lead and deputies only; it is logged."""
    from pupil_desk.documents.pdf.page import build_pdf

    desk.require(Action.KEEP_SAFEGUARDING, files.FILE, pupil_id)
    pupil = pupil_of(desk.vault, pupil_id)
    facts = [
        (_("Pupil"), pupil.full_name),
        (_("Born"), show_date(pupil.dob)),
        *facts_of(entry),
        (_("Received by"), _("{unit}, {user}").format(unit=desk.settings.name, user=desk.user.name)),
    ]
    blocks: list[Block] = [
        Heading(1, RECEIPT),
        Para(_("The file described here has reached the designated safeguarding lead of this unit.")),
        FactList(facts),
        Columns([WritingLine(_("Name")), WritingLine(_("Position"))]),
        dated(_("Signature")),
    ]
    desk.log(Action.KEEP_SAFEGUARDING, files.FILE, pupil_id)
    return build_pdf(blocks, title=RECEIPT, footer=footer_of(desk, pupil))


def story(desk: Desk, pupil: Pupil, file: files.SafeguardingFile) -> Iterator[Block]:
    """The file as it reads on paper: whose it is, the statuses that hold today with their social workers, and the chronology with the oldest first.

    A struck-out entry, which may be of another pupil, has its kind, day and reason alone.
    """
    yield Heading(1, TITLE)
    yield FactList(
        [
            (_("Pupil"), pupil.full_name),
            (_("Legal name"), pupil.legal_name),
            (_("Born"), show_date(pupil.dob)),
            (_("UPN"), pupil.upn or _("not known")),
            (_("Status"), statuses_words(file.statuses)),
            (_("From"), desk.settings.name),
            (_("Made on"), show_date(desk.today)),
            (_("Made by"), desk.user.name),
        ]
    )
    yield Para(
        _("For the designated safeguarding lead of the receiving school or college alone. Please confirm by return that it arrived.")
    )
    yield Heading(2, _("Chronology"))
    for history in reversed(file.histories):
        yield from _entry_blocks(history)
    if titles := [paper.words for history in reversed(file.histories) if not history.struck for paper in papers_of(history.now.papers)]:
        yield Heading(2, _("Papers"))
        yield Para(_("They follow in this order, and stand in the contents of the file."), leads=True)
        yield Bullets(titles, numbered=True)


def _entry_blocks(history: EntryHistory) -> Iterator[Block]:
    kind = codelist("safeguarding_entry").label_of(history.now.kind)
    heading = Heading(3, _("{kind}, {day}").format(kind=kind, day=show_date(history.now.day)))
    if history.struck:
        yield Keep([heading, FactList([(field_label(history.now.kind, "struck"), history.now.struck or "")])])
        return
    yield Keep([heading, FactList(list(facts_of(history.now)))])
    if marks := marks_of(history.now.body_map):
        yield body_drawing(marks)
    recorded = local_time(history.wordings[0].recorded_at)
    words = _("Written by {who} on {day}, {time}.")
    yield Para(words.format(who=history.author, day=show_date(recorded.date()), time=f"{recorded:%H:%M}"))
    for wording in history.wordings[:-1]:
        facts = "; ".join(
            f"{name}: {value}" for name, value in facts_of(wording.entry, has_papers=False)
        )  # which was taken out goes no more
        yield Para(_("What it said before: {facts}").format(facts=facts))
