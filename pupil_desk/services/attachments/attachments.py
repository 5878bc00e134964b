"""Papers kept on a pupil: looked into before they are kept, shown from memory, and never altered.

A paper that is no longer wanted is set aside, with the reason; a data officer can then remove it for good. The recycle bin
holds rows, not bytes, so papers do not go there.
"""

import dataclasses
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pupil_desk.basics.errors import WrongUse, required
from pupil_desk.basics.files import write_whole
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _
from pupil_desk.documents.reading.not_kept import NotKept
from pupil_desk.documents.reading.paper_content import Media
from pupil_desk.domain.catalogue.validation import Problem, gathered, problems_of, refuse, tidied
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.papers.attachment import (
    MOST_BYTES,
    MOST_IN_ALL,
    NEARLY_FULL,
    PORTRAIT,
    PORTRAIT_CONSENT,
    Attachment,
    check_attachment,
    size_words,
    title_from,
)
from pupil_desk.services import further, holds, records
from pupil_desk.services.consents import standings
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.plans.seeing import papers_seen
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import amendments, several
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import attachments as store

KIND = "attachment"


@dataclass(frozen=True, slots=True)
class PreparedFile:
    """A file that can be kept: what is kept of it, and what was found. ``cleaned``: something unseen was left out."""

    title: str
    media: Media
    data: bytes
    pages: int
    cleaned: bool

    @property
    def words(self) -> str:
        """What it is: «PDF, 3 pages, 240 KB»."""
        return file_words(self.media, self.pages, len(self.data))


@dataclass(frozen=True, slots=True)
class Room:
    """How much all papers of the unit take together, in bytes, and the most they may."""

    taken: int
    most: int = MOST_IN_ALL

    @property
    def nearly_full(self) -> bool:
        return self.taken >= NEARLY_FULL


def file_words(media: str, pages: int, size: int) -> str:
    """What a paper is as a file: «PDF, 3 pages, 240 KB»."""
    words = Media(media).words
    if media in (Media.PDF, Media.TEXT):
        pages_words = _("1 page") if pages == 1 else _("{pages} pages").format(pages=pages)
        words = _("{words}, {pages}").format(words=words, pages=pages_words)
    return _("{words}, {size}").format(words=words, size=size_words(size))


# -- adding


def look_at(path: Path) -> PreparedFile:
    """Read a file and look into it; nothing is kept, and the file stays where it is. Touches no unit: for the worker.

    Raises NotKept, WrongUse when it cannot be read.
    """
    return look_into(read_file(path, MOST_BYTES), path.name)


def read_file(path: Path, most: int) -> bytes:
    """The bytes of a file, one more than ``most`` at most. Raises NotKept, WrongUse."""
    try:
        if not path.is_file():
            raise WrongUse(_("That is no file. Choose a single file, not a folder."))
        if path.stat().st_size > most:
            raise NotKept("too_large")
        with open(path, "rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise WrongUse(_("The file cannot be read. Check that it is still there, and not open in another program.")) from error


def look_into(data: bytes, name: str) -> PreparedFile:
    """What can be kept of these bytes; ``name`` only begins the title. Raises NotKept."""
    from pupil_desk.documents.pdf import attachment_pages

    file = attachment_pages.looked_into(data)
    return PreparedFile(title_from(name), file.media, file.data, file.pages, file.cleaned)


def add(desk: Desk, paper: Attachment, file: PreparedFile) -> Changed:
    """Keep a new paper with its bytes, in one transaction. Raises Refused, WrongUse (no room, or it is there already)."""
    paper = _ready(desk, paper, file)

    def with_bytes(_work: Work, attachment: Attachment) -> None:
        store.keep_content(desk.vault, attachment, file.data)

    return further.add(desk, KIND, paper, lambda attachment: _problems(desk, attachment, None), then=with_bytes)


def keep(work: Work, paper: Attachment, file: PreparedFile) -> str:
    """Within another act's transaction: keep a new paper with its bytes, such as a form that came back; its identity.

    Raises as ``add``.
    """
    desk = work.desk
    desk.require(Action.EDIT_RECORD, "pupil", paper.pupil_id)
    paper = tidied(_ready(desk, paper, file), desk.today)
    refuse((*problems_of(paper, desk.today), *check_attachment(paper, desk.today)))
    paper = dataclasses.replace(paper, id=new_id())
    records.add(work, [paper], source="form")
    store.keep_content(desk.vault, paper, file.data)
    work.note(Action.EDIT_RECORD, "pupil", paper.pupil_id, f"{KIND} added")
    return paper.id


def _ready(desk: Desk, paper: Attachment, file: PreparedFile) -> Attachment:
    """The paper with what is known of its bytes. Raises WrongUse: no room, or it is there already."""
    size, digest = len(file.data), hashlib.sha256(file.data).hexdigest()
    if room(desk).taken + size > MOST_IN_ALL:
        raise WrongUse(
            _(
                "All papers of the unit together may take {most}, and this one would be more. Set aside papers that are no longer needed, and have them removed."
            ).format(most=size_words(MOST_IN_ALL))
        )
    title = store.with_digest(desk.vault, paper.pupil_id, digest)
    if title is not None:
        raise WrongUse(_("The same paper is on file already: {title}.").format(title=title))
    return dataclasses.replace(
        paper,
        kept_on=desk.today,
        media_type=file.media.value,
        pages=file.pages,
        size=size,
        digest=digest,
        set_aside_on=None,
        set_aside_because=None,
    )


# -- reading


def of_pupil(desk: Desk, pupil_id: str) -> list[Attachment]:
    """A pupil's papers without their bytes: the latest first, those set aside last. Not those of a plan that is not shown to who is at the desk."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    return papers_seen(desk, pupil_id, several.of_pupil(desk.vault, Attachment, pupil_id))


def room(desk: Desk) -> Room:
    """How much all papers take, and the most they may."""
    return Room(store.bytes_used(desk.vault))


def pages_to_show(desk: Desk, paper: Attachment) -> bytes:
    """A paper as pages, as ``pages``, for somebody who looks at it or prints it; that it is opened is logged. For the worker.

    Raises WrongUse, also for a photograph of the pupil whose consent does not stand: a copy of the record alone has it then.
    """
    _refuse_hidden(desk, paper)
    looked_at(desk, paper.id)
    return pages(desk, paper)


def _refuse_hidden(desk: Desk, paper: Attachment) -> None:
    if not paper.is_portrait:
        return
    rows = standings.of_pupil(desk, paper.pupil_id)
    if not any(row.verdict.in_force for row in rows if row.type.consent_type == PORTRAIT_CONSENT):
        raise WrongUse(_("The consent to the photograph has ended. It is shown no more: take it off the record, on the card."))


def looked_at(desk: Desk, attachment_id: str) -> None:
    """Log that a paper is opened, once in ten minutes."""
    desk.viewed(KIND, attachment_id)


def pages(desk: Desk, paper: Attachment) -> bytes:
    """A paper as pages to be shown and printed, as a PDF in memory; ``looked_at`` logs it. For the worker.

    Raises WrongUse when it is gone, or its bytes are not those that were kept.
    """
    from pupil_desk.documents.pdf import attachment_pages

    return attachment_pages.pages_of(Media(paper.media_type), bytes_of(desk, paper))


def log_print(desk: Desk, paper: Attachment) -> None:
    """Log that a paper was printed."""
    desk.log(Action.READ_RECORD, KIND, paper.id, "attachment printed")


def save_copy(desk: Desk, paper: Attachment, path: Path) -> None:
    """Write a copy, not encrypted, where the person chose, and log it. Raises NotAllowed, CannotWrite, WrongUse.

    Its name ends as its content has it; the person has agreed to replace a file of exactly the name chosen.
    """
    desk.require(Action.SAVE_ATTACHMENT, KIND, paper.id)
    _refuse_hidden(desk, paper)
    data = bytes_of(desk, paper)
    ending = Media(paper.media_type).ending
    target = path if path.suffix.lower() == ending else path.with_name(path.name + ending)

    def write() -> None:
        write_whole(target, data, replace=target == path)

    with desk.act(Action.SAVE_ATTACHMENT, KIND, paper.id, "attachment saved out", last=write):
        pass


def bytes_of(desk: Desk, paper: Attachment) -> bytes:
    """The bytes of a paper. Raises WrongUse when it is gone, or they are not those that were kept."""
    desk.require(Action.READ_RECORD, KIND, paper.id)
    data = required(store.content(desk.vault, paper.id), _("That paper is no longer on file. Open the pupil again."))
    if hashlib.sha256(data).hexdigest() != paper.digest:
        raise WrongUse(_("What is on file is not what was kept. Have the file checked, on the page Backup."))
    return data


# -- correcting, setting aside


def save(desk: Desk, paper: Attachment) -> Changed:
    """Keep what is corrected of a paper, never its bytes. Raises Refused, WrongUse."""
    before = several.get(desk.vault, Attachment, paper.id)
    return further.save(desk, KIND, paper, lambda attachment: _problems(desk, attachment, before))


@gathered
def _problems(desk: Desk, paper: Attachment, before: Attachment | None) -> Iterator[Problem]:
    """What is wrong with a paper; a photograph of the pupil neither comes to be one here nor ceases to."""
    yield from check_attachment(paper, desk.today)
    if paper.kind != (before.kind if before else "") and (paper.kind == PORTRAIT or (before is not None and before.is_portrait)):
        words = _("The photograph of the pupil is added, replaced and removed on the card. Choose another kind for any other paper.")
        yield Problem("kind", "not_here", words)


def set_aside(desk: Desk, paper: Attachment, because: str) -> Changed:
    """Take a paper out of use, with the reason; it stays on file. Raises Refused."""
    return save(desk, dataclasses.replace(paper, set_aside_on=desk.today, set_aside_because=tidy(because) or None))


def bring_back(desk: Desk, paper: Attachment) -> Changed:
    """Take a paper into use again."""
    return save(desk, dataclasses.replace(paper, set_aside_on=None, set_aside_because=None))


def remove(desk: Desk, paper: Attachment) -> Changed:
    """Take a paper that is set aside away for good, with its bytes; that it was there, and why it was set aside, stay on file.

    Raises NotAllowed, Refused (it is in use), WrongUse (it is gone, or a hold stands).
    """
    desk.require(Action.REMOVE_ATTACHMENT, KIND, paper.id)
    now = required(several.get(desk.vault, Attachment, paper.id), _("That paper is no longer on file. Open the pupil again."))
    refuse(() if now.set_aside_on else (Problem("set_aside_on", "in_use", _("Set the paper aside first, with the reason.")),))
    holds.refuse_if_held(desk, now.pupil_id)
    with desk.act(Action.REMOVE_ATTACHMENT, "pupil", now.pupil_id, f"attachment removed: {now.id}") as work:
        store.remove(desk.vault, now.id)
        amendments.taken_away(desk.vault, [now], **work.provenance("form"))
    return Changed.of("pupil", KIND, ids=(now.pupil_id,))
