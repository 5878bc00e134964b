"""Papers of a safeguarding file: taken in with an entry, shown, written out under a lock, and put behind the pack. Lead and deputies only.

A paper is looked into as every paper kept is, and kept as a PDF: a picture as its page. It comes from the file that was chosen into memory
and from there into the unit's file, encrypted; nothing of it is written anywhere else.
"""

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pupil_desk.basics.errors import WrongUse, required
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _
from pupil_desk.documents.reading.paper_content import Media
from pupil_desk.domain.catalogue.validation import refuse
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.papers.attachment import MEGA, MOST_IN_ALL, size_words
from pupil_desk.domain.safeguarding import sealed_paper
from pupil_desk.domain.safeguarding.entry import EntryHistory, SafeguardingEntry
from pupil_desk.domain.safeguarding.sealed_paper import SealedPaper, lines_of, papers_of
from pupil_desk.services.attachments import attachments
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.export import Lock
from pupil_desk.services.exports.locking import new_passphrase
from pupil_desk.services.roles import Action
from pupil_desk.services.safeguarding import writing
from pupil_desk.services.safeguarding.files import FILE, log_opened
from pupil_desk.services.saving import Saving
from pupil_desk.store.file.second_key import whole_files
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import safeguarding as entries_store
from pupil_desk.store.tables import safeguarding_papers as store

_MOST_IN_ONE = 40 * MEGA
"""Bytes of papers that are bound into one file: the child that binds them has so much memory, and so many seconds."""


@dataclass(frozen=True, slots=True)
class PaperToSeal:
    """A paper that can be kept: a title to begin with, and its pages as a PDF."""

    title: str
    pages: int
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class LockedFiles:
    """Files as they were written: their names, and the password that opens each of them, which is kept nowhere."""

    names: tuple[str, ...]
    password: str = field(repr=False)


def look_at(path: Path) -> PaperToSeal:
    """Read a file and look into it; nothing is kept, and the file stays where it is. Touches no unit: for the worker. Raises NotKept, WrongUse."""
    from pupil_desk.documents.pdf.attachment_pages import pages_of

    file = attachments.look_at(path)
    return PaperToSeal(file.title[: sealed_paper.LONGEST_TITLE], file.pages, pages_of(Media(file.media), file.data))


def add(desk: Desk, entry: SafeguardingEntry, paper: PaperToSeal) -> Changed:
    """Keep a paper with an entry: a further wording of it, which has the paper. Raises Refused, WrongUse (struck out, no room), NotAllowed."""
    now = writing.standing(desk, entry).now
    bytes_used = attachments.room(desk).taken
    if bytes_used + len(paper.data) > MOST_IN_ALL:
        words = _("All papers of the unit together may take {most}, and this one would be more. Save it with fewer dots to the inch.")
        raise WrongUse(words.format(most=size_words(MOST_IN_ALL)))
    sealed = SealedPaper(new_id(), whole_files.new_key(), paper.pages, len(paper.data), tidy(paper.title))
    wording = dataclasses.replace(now, id=new_id(), papers=lines_of((*papers_of(now.papers), sealed)))
    refuse(tuple(sealed_paper.check(wording.papers)))
    with desk.act(Action.KEEP_SAFEGUARDING, FILE, now.pupil_id) as work:
        entries_store.add(desk.vault, wording, moment=work.stamp, actor=work.actor)
        store.keep(desk.vault, sealed, paper.data, entry_id=now.entry_id, pupil_id=now.pupil_id)
    return Changed.of("safeguarding", ids=(now.pupil_id,))


def take_out(desk: Desk, entry: SafeguardingEntry, paper_id: str) -> Changed:
    """Take a paper out of an entry: it goes into no pack. Its bytes stay with what the entry said before. Raises WrongUse, NotAllowed."""
    now = writing.standing(desk, entry).now
    left = [paper for paper in papers_of(now.papers) if paper.id != paper_id]
    return writing.amend(desk, dataclasses.replace(now, papers=lines_of(left)))


def pages(desk: Desk, pupil_id: str, paper: SealedPaper) -> bytes:
    """A paper as a PDF in memory, to be shown and printed. That it was opened is logged. Raises WrongUse (gone, or altered), NotAllowed."""
    desk.require(Action.READ_SAFEGUARDING, FILE, pupil_id)
    data = bytes_of(desk, paper)
    log_opened(desk, pupil_id)
    return data


def log_printed(desk: Desk, pupil_id: str) -> None:
    """Log that a paper was printed."""
    desk.log(Action.READ_SAFEGUARDING, FILE, pupil_id)


def write_out(desk: Desk, pupil_id: str, paper: SealedPaper, folder: Path) -> LockedFiles:
    """Write a paper into a folder, under a lock with a password of its own. Raises NotAllowed, CannotWrite, Known; nothing is left behind then."""
    desk.require(Action.KEEP_SAFEGUARDING, FILE, pupil_id)
    return write_locked(desk, pupil_id, "paper", [(paper.title, bytes_of(desk, paper))], folder)


def write_locked(desk: Desk, pupil_id: str, stem: str, documents: Sequence[tuple[str, bytes]], folder: Path) -> LockedFiles:
    """Write documents, each with its title, into as few files as hold them, all under one password. Raises NotAllowed, CannotWrite, Known."""
    from pupil_desk.documents.files.bound_pdf import bound_pdf

    desk.require(Action.KEEP_SAFEGUARDING, FILE, pupil_id)
    password = new_passphrase(Lock.PDF)
    with Saving(folder) as saving:
        for number, part in enumerate(_parts(documents), 1):
            suffix = f"-part-{number}" if number > 1 else ""
            locked = bound_pdf([data for _title, data in part], [title for title, _data in part], password)
            saving.keep(f"{stem}-{desk.today.isoformat()}{suffix}", ".pdf", locked)
        desk.log(Action.KEEP_SAFEGUARDING, FILE, pupil_id)
    return LockedFiles(tuple(file.name for file in saving.files), password)


def _parts(documents: Iterable[tuple[str, bytes]]) -> Iterator[list[tuple[str, bytes]]]:
    """In their order, as many together as one file may hold."""
    part, size = list[tuple[str, bytes]](), 0
    for title, data in documents:
        if part and size + len(data) > _MOST_IN_ONE:
            yield part
            part, size = [], 0
        part.append((title, data))
        size += len(data)
    yield part


def of_histories(desk: Desk, histories: Iterable[EntryHistory]) -> Iterator[tuple[SealedPaper, bytes]]:
    """Every paper of these entries that are not struck out, with its bytes. Raises WrongUse: one is gone, or was altered."""
    for history in histories:
        if not history.struck:
            for paper in papers_of(history.now.papers):
                yield paper, bytes_of(desk, paper)


def bytes_of(desk: Desk, paper: SealedPaper) -> bytes:
    """The bytes of a paper, for what a caller does with it whom the lead has asked. Raises WrongUse: they are gone, or were altered."""
    data = store.bytes_of(desk.vault, paper)
    words = _("“{title}” is not what was kept. Have the file checked, on the page Backup.").format(title=paper.title)
    return required(data, words)
