"""A concern that was written about the wrong pupil is moved to the file of the right one, each wording with its author and moment, and its papers.

In the file that it leaves it is struck out with the reason; in the other an event says that it was moved, by whom and why. Neither names the
other pupil: each file goes on to another school, and the reason is asked for in such words.
"""

import dataclasses

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem, refuse
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.safeguarding.entry import EntryHistory, EntryKind, SafeguardingEntry
from pupil_desk.domain.safeguarding.sealed_paper import SealedPaper, lines_of, papers_of
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils.pupils import pupil_of
from pupil_desk.services.roles import Action
from pupil_desk.services.safeguarding import papers
from pupil_desk.services.safeguarding.files import FILE
from pupil_desk.services.safeguarding.writing import standing
from pupil_desk.store.file.second_key import whole_files
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import safeguarding as store
from pupil_desk.store.tables import safeguarding_papers as papers_store


def move(desk: Desk, concern: SafeguardingEntry, pupil_id: str, reason: str) -> Changed:
    """Move a concern to the file of another pupil: one act. Lead and deputies only. Raises Refused, WrongUse (no concern, struck out), NotAllowed."""
    history = standing(desk, concern)
    reason = tidy(reason)
    refuse(() if reason else (Problem("struck", "missing", _("Enter why it is moved.")),))
    pupil = pupil_of(desk.vault, pupil_id)
    if history.now.kind != EntryKind.CONCERN or pupil.id == history.now.pupil_id:
        raise WrongUse(_("A concern is moved to the file of another pupil. Choose whom it is about."))
    with desk.act(Action.KEEP_SAFEGUARDING, FILE, history.now.pupil_id) as work:
        entry_id, papers_by_id = new_id(), _papers_to_copy(history)
        for wording in history.wordings:
            lines = lines_of(papers_by_id[paper.id][1] for paper in papers_of(wording.entry.papers))
            copy_of_entry = dataclasses.replace(wording.entry, id=new_id(), entry_id=entry_id, pupil_id=pupil.id, papers=lines)
            store.add_as_it_was(
                desk.vault, copy_of_entry, recorded_at=wording.recorded_at, recorded_by=wording.author_id, moment=work.stamp
            )
        for paper, copy in papers_by_id.values():
            papers_store.keep(desk.vault, copy, papers.bytes_of(desk, paper), entry_id=entry_id, pupil_id=pupil.id)
        struck = _("Moved to the file of another pupil: {reason}").format(reason=reason)
        for entry in (_told(desk, history, pupil.id, reason), dataclasses.replace(history.now, struck=struck)):
            store.add(desk.vault, dataclasses.replace(entry, id=new_id()), moment=work.stamp, actor=work.actor)
        work.note(Action.KEEP_SAFEGUARDING, FILE, pupil.id)
    return Changed.of("safeguarding", ids=(history.now.pupil_id, pupil.id))


def _papers_to_copy(history: EntryHistory) -> dict[str, tuple[SealedPaper, SealedPaper]]:
    """Every paper of a concern and what it becomes in the other file: one of its own there, so that either file is erased with its papers."""
    all_papers = (paper for wording in history.wordings for paper in papers_of(wording.entry.papers))
    return {paper.id: (paper, dataclasses.replace(paper, id=new_id(), key=whole_files.new_key())) for paper in all_papers}


def _told(desk: Desk, history: EntryHistory, pupil_id: str, reason: str) -> SafeguardingEntry:
    """The event by which the file that a concern comes to says so."""
    words = _("The concern of {day}, written by {who}, stood in the file of another pupil. It was moved here: {reason}")
    text = words.format(day=show_date(history.now.day), who=history.author, reason=reason)
    return SafeguardingEntry(entry_id=new_id(), pupil_id=pupil_id, kind=EntryKind.EVENT, day=desk.today, text=text)
