"""The very bytes of the notices that were given, kept beside the record that they were.

A family's file differs from a specimen of its edition with the same parts, a file addressed to nobody, by its first page alone. Each
specimen is kept once, and of each family what differs: some three kilobytes in place of seventy. Digests prove that what comes back is what was given.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pupil_desk.basics.delta import difference, patched
from pupil_desk.basics.errors import Damaged, WrongUse, required
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import CodedPages
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.notices.addressees import Edition, Letter, NoticeIssue
from pupil_desk.services.desk import Desk, Progress, Work, unwatched
from pupil_desk.services.notices import notice_papers
from pupil_desk.services.notices.notice_editions import current_edition, keep
from pupil_desk.services.notices.notice_papers import (
    AS_USUAL,
    BOTH_LAYERS,
    HTML,
    PDF,
    NoticePaper,
    NoticeParts,
    NoticeSheet,
    Version,
    file_of,
)
from pupil_desk.services.roles import Action
from pupil_desk.store.file.vault import Row
from pupil_desk.store.tables import notice_editions as store

MEDIA = {PDF: "application/pdf", HTML: "text/html"}


@dataclass(frozen=True, slots=True)
class Copy:
    """One family's file, as what it differs from its edition's specimen by. ``parts`` are those that a PDF has."""

    letter: Letter
    edition_id: str
    version: Version
    form: str
    size: int
    digest: str
    body: bytes
    parts: NoticeParts


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file that was given, byte for byte: its kind by its ending, and its digest."""

    data: bytes
    form: str
    digest: str


class CopyMaker:
    """Makes the copies of one version of the current edition, against its specimens: one for each set of parts that there is."""

    def __init__(self, desk: Desk, version: Version = AS_USUAL, form: str = PDF) -> None:
        self._desk, self._version, self._form = desk, version, form
        self._edition = current_edition(desk)
        self._specimens: dict[NoticeParts, bytes] = {}
        if form == PDF:  # what no font can print is found before any family's file is made
            self._specimen(NoticeParts(notice_papers.gives_tables(desk, version)))

    def copy(self, paper: NoticePaper, data: bytes) -> Copy:
        """What must be kept of a paper as the file that it became."""
        digest, parts = hashlib.sha256(data).hexdigest(), paper.sheet.parts if self._form == PDF else NoticeParts()
        body = difference(self._specimen(parts), data)
        return Copy(
            letter=paper.letter,
            edition_id=self._edition.id,
            version=self._version,
            form=self._form,
            size=len(data),
            digest=digest,
            body=body,
            parts=parts,
        )

    def _specimen(self, parts: NoticeParts) -> bytes:
        if parts not in self._specimens:
            self._specimens[parts] = specimen_file(self._desk, self._edition, self._version, self._form, parts)
        return self._specimens[parts]


def specimen_file(desk: Desk, edition: Edition, version: Version = AS_USUAL, form: str = PDF, parts: NoticeParts = BOTH_LAYERS) -> bytes:
    """An edition as a file addressed to nobody, with these parts, made anew. Raises WrongUse where what it said is not on file; CannotPrint."""
    return file_of(_on_file(notice_papers.specimen(desk, edition, version, parts)), form)


def tables_file(desk: Desk, edition: Edition, form: str = PDF) -> bytes:
    """The tables of an edition as a file of their own. Raises WrongUse where what it said is not on file; CannotPrint."""
    desk.require(Action.PRINT_NOTICE)
    return file_of(_on_file(notice_papers.tables_alone(desk, edition)), form)


def web_page(desk: Desk, edition: Edition) -> bytes:
    """An edition as a web page with its tables and without an address. Raises WrongUse where what it said is not on file."""
    desk.require(Action.PRINT_NOTICE)
    return file_of(_on_file(notice_papers.for_the_web(desk, edition)), HTML)


def _on_file(sheet: NoticeSheet | None) -> NoticeSheet:
    if sheet is None:
        raise WrongUse(_("What that edition said is not on file: it was made before that was kept."))
    return sheet


def edition_file(desk: Desk, edition: Edition) -> bytes:
    """An edition as PDF, addressed to nobody: the file that was kept of it, or made anew. Raises WrongUse where neither can be had."""
    desk.require(Action.PRINT_NOTICE)
    for row in store.specimen_rows(desk.vault):
        if (row["edition_id"], row["language"], row["variant"], row["media_type"]) == (
            edition.id,
            AS_USUAL.language,
            AS_USUAL.variant,
            MEDIA[PDF],
        ):
            return store.specimen(desk.vault, row["digest"]) or b""
    return specimen_file(desk, edition)


def edition_printed(desk: Desk, edition: Edition) -> Changed:
    """Log that an edition, addressed to nobody, was printed or saved; the current one is on file from then on."""
    return _log_edition(desk, edition, "addressed to nobody")


def tables_printed(desk: Desk, edition: Edition) -> Changed:
    """The same of its tables by themselves."""
    return _log_edition(desk, edition, "the tables alone")


def _log_edition(desk: Desk, edition: Edition, words: str) -> Changed:
    with desk.act(Action.PRINT_NOTICE, "notice-edition", edition.id, f"edition {edition.number}, {words}") as work:
        if edition.id == current_edition(desk).id:
            keep(work)
    return Changed.of("notice")


def log_saved(desk: Desk, issue: NoticeIssue) -> None:
    """Log that the file which was given was saved once more."""
    desk.log(Action.PRINT_NOTICE, "pupil", issue.pupil_id, "the file that was given")


def copies(
    desk: Desk,
    letters: Sequence[Letter],
    version: Version = AS_USUAL,
    progress: Progress = unwatched,
    slips: Mapping[Letter, CodedPages] | None = None,
    *,
    pupil_side: bool = True,
) -> Iterator[Copy]:
    """The copies of letters as PDF, with their slips and the pupil's side; one whose characters no font of ours has is left out, for it can have been given by no file of ours."""
    from pupil_desk.documents.typography.fonts import CannotPrint

    if not letters:
        return
    try:
        copying = CopyMaker(desk, version)
    except CannotPrint:  # a detail of the unit's own, which stands on every copy
        return
    for number, paper in enumerate(notice_papers.papers(desk, letters, version, slips, pupil_side=pupil_side)):
        progress(number, len(letters), _("Keeping what is given"))
        try:
            data = file_of(paper.sheet)
        except CannotPrint:
            continue
        yield copying.copy(paper, data)


class CopyKeeper:
    """Within a transaction: keeps the copies of what is given, and the specimen of each version once."""

    def __init__(self, work: Work, edition: Edition) -> None:
        self._work, self._edition = work, edition
        self._specimens: dict[tuple[Version, str, NoticeParts], str] = {}

    def keep(self, copy: Copy, issues: Sequence[NoticeIssue]) -> None:
        """Keep a copy for each person to whom it was given. Raises WrongUse for one that another edition was made into."""
        if copy.edition_id != self._edition.id:
            raise WrongUse(_("The notice has changed since these were made. Make them again, and give those."))
        specimen = self._specimen(copy)
        for issue in issues:
            store.add_copy(
                self._work.desk.vault, issue.id, issue.pupil_id, specimen=specimen, size=copy.size, digest=copy.digest, body=copy.body
            )

    def _specimen(self, copy: Copy) -> str:
        key = (copy.version, copy.form, copy.parts)
        if key not in self._specimens:
            desk = self._work.desk
            data = specimen_file(desk, self._edition, copy.version, copy.form, copy.parts)
            digest = self._specimens[key] = hashlib.sha256(data).hexdigest()
            if not store.has_specimen(desk.vault, digest):
                place = (copy.version.language, copy.version.variant + _marks(copy.parts))
                store.add_specimen(desk.vault, digest, self._edition.id, place, MEDIA[copy.form], data=data, moment=self._work.stamp)
        return self._specimens[key]


def _marks(parts: NoticeParts) -> str:
    """What tells specimens of one layout apart. The whole notice has no mark: for long it was the only one."""
    marks = (("+sides", not parts.with_tables), ("+pupil", parts.with_pupil_side), ("+slip", parts.with_slip))
    return "".join(mark for mark, applies in marks if applies)


def given_file(desk: Desk, issue_id: str) -> GivenFile:
    """The file that was given, byte for byte; that it was looked at is logged. Raises WrongUse where none was kept, Damaged."""
    desk.require(Action.PRINT_NOTICE)
    row = required(store.copy(desk.vault, issue_id), _("The file of that notice was not kept: it was recorded as given without one."))
    data = _full_file(store.specimen(desk.vault, row["specimen"]), row)
    if data is None:
        raise Damaged(_("What is kept of that notice is damaged. Check the file of the unit."))
    desk.viewed("notice", issue_id)
    return GivenFile(data, next(form for form, media in MEDIA.items() if media == row["media_type"]), row["digest"])


def _full_file(base: bytes | None, row: Row) -> bytes | None:
    """A file put together again and proved by its digest; None where that cannot be."""
    try:
        data = patched(base or b"", row["body"])
    except ValueError:
        return None
    return data if hashlib.sha256(data).hexdigest() == row["digest"] else None


def damaged(desk: Desk) -> int:
    """How many of the files that were given cannot be had back byte for byte: of a whole unit's file none."""
    desk.require(Action.CHECK_FILE, "unit")
    bases: dict[str, bytes | None] = {}
    count = 0
    for row in store.copies(desk.vault):
        if row["specimen"] not in bases:
            bases[row["specimen"]] = store.specimen(desk.vault, row["specimen"])
        count += _full_file(bases[row["specimen"]], row) is None
    return count
