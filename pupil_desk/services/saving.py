"""Papers saved to a folder by one act: all of its files are there, or none is.

Whoever calls has asked the person about those who are protected (``guard``): the window by a question; on the command line who is
named, or asks for all, is meant, and every paper bears its stamp.
"""

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from pupil_desk.basics.files import cannot_write, path_within, remove_within, write_whole
from pupil_desk.basics.words import _, count_of
from pupil_desk.documents.papers.receipt import FileMade
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.notices.addressees import Letter
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk, Progress
from pupil_desk.services.disclosures import statements
from pupil_desk.services.disclosures.statements import Statement
from pupil_desk.services.guard import confirmed, guard
from pupil_desk.services.households import LeftOut
from pupil_desk.services.many import slips
from pupil_desk.services.many.slips import Slip
from pupil_desk.services.notices import notice_slips, notices
from pupil_desk.services.notices.notice_copies import Copy, CopyMaker
from pupil_desk.services.notices.notice_papers import AS_USUAL, HTML, PDF, Version, file_of

if TYPE_CHECKING:
    from pupil_desk.services.paper_forms.printing import NumberedForm

__all__ = ["HTML", "PDF", "Saving", "save_notices", "save_numbered", "save_slips", "save_statements"]


class Saving:
    """Files written to one folder, as a context manager; if anything is raised inside, those written are taken away."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._paths: list[Path] = []
        self.files: list[FileMade] = []

    @property
    def words(self) -> str:
        """That they are there, and where, for whoever saved them."""
        files = count_of(len(self.files), _("file"), _("files"))
        return _("Saved {files} in {folder}. Their names hold no pupil’s name.").format(files=files, folder=self.folder.name or self.folder)

    def keep(self, stem: str, ending: str, data: bytes) -> None:
        """Write a file under the first name that is free: what is there already is never written over. Raises CannotWrite."""
        path = self._free(stem, ending)
        self._keep(path, path.name, len(data), write_whole(path, data))

    def keep_as(self, name: str, data: bytes) -> None:
        """Write a file under this very name. Raises CannotWrite, as where one of that name is there already."""
        path = path_within(self.folder, name)
        self._keep(path, name, len(data), write_whole(path, data))

    def _keep(self, path: Path, name: str, size: int, digest: str) -> None:
        self._paths.append(path)
        self.files.append(FileMade(name, size, digest))

    def _free(self, stem: str, ending: str) -> Path:
        path, number = self.folder / f"{stem}{ending}", 1
        try:
            while path.exists():
                number += 1
                path = self.folder / f"{stem}-copy-{number}{ending}"
        except OSError as error:
            raise cannot_write(error, self.folder) from error
        return path

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        if kind is None:
            return
        for path in reversed(self._paths):
            with contextlib.suppress(OSError):  # a stick that was pulled
                remove_within(self.folder, path)


def save_notices(
    saving: Saving,
    desk: Desk,
    letters: Sequence[Letter],
    form: str,
    progress: Progress,
    *,
    version: Version = AS_USUAL,
    slips: Mapping[Letter, "NumberedForm"] | None = None,
    pupil_side: bool = True,
) -> tuple[list[Copy], Changed]:
    """Write each letter's notice as a PDF or a web page (``pdf`` or ``html``), and log that they were; a PDF with its slip, which is on
    file from then on, and with the pupil's side. Raises CannotWrite, CannotPrint.

    Returns what is kept of each file, for ``notices.issue`` once it is given, and what changed.
    """
    copies: list[Copy] = []
    copying = CopyMaker(desk, version, form) if letters else None
    paper_guard = guard(desk, {letter.pupil.id for letter in letters}, "notice saved", for_family=True)
    with_slips = slips if slips and form == PDF else {}
    for number, paper in enumerate(
        notices.papers(desk, letters, version, {letter: slip.page for letter, slip in with_slips.items()}, pupil_side=pupil_side)
    ):
        progress(number, len(letters), _("Writing the notices"))
        data = file_of(paper.sheet, form)
        saving.keep(paper.file_stem, f".{form}", data)
        if copying is not None:
            copies.append(copying.copy(paper, data))
    confirmed(desk, paper_guard)
    changed = notice_slips.log_printed(desk, letters, with_slips.values())
    progress(len(letters), len(letters), _("Writing the notices"))
    return copies, changed


def save_numbered(saving: Saving, desk: Desk, forms: Sequence["NumberedForm"], progress: Progress) -> None:
    """Write forms with their numbers as PDF, a file each, and keep that they were printed. Raises CannotWrite, CannotPrint."""
    from pupil_desk.services.paper_forms import printing

    paper_guard = printing.guard_of(desk, forms)
    for number, form in enumerate(forms):
        progress(number, len(forms), _("Writing the forms"))
        saving.keep(form.form.file_stem, ".pdf", printing.own_file(form, paper_guard))
    confirmed(desk, paper_guard)
    printing.record_printed(desk, forms)
    progress(len(forms), len(forms), _("Writing the forms"))


def save_slips(saving: Saving, desk: Desk, pupils: Iterable[Pupil], day: date | None, progress: Progress) -> list[LeftOut]:
    """Write data-check slips as PDF, and log that they were; returns who gets none: pupils for whom there is nobody to ask, and what cannot be printed.

    Raises CannotWrite.
    """
    from pupil_desk.services.paper_forms import printing

    distinct_pupils = list({pupil.id: pupil for pupil in pupils}.values())
    papers: list[Slip] = []
    left_out: list[LeftOut] = []
    paper_guard = guard(desk, {pupil.id for pupil in distinct_pupils}, f"form saved: {slips.DATA_CHECK}", for_family=True)
    for number, pupil in enumerate(distinct_pupils):
        progress(number, len(distinct_pupils), _("Writing the slips"))
        pupil_slips = list(slips.of_pupils(desk, [pupil], day))
        left_out += [entry for entry in pupil_slips if isinstance(entry, LeftOut)] or (
            [] if pupil_slips else [LeftOut(pupil, "", _("nobody to ask"))]
        )
        for paper in (entry for entry in pupil_slips if isinstance(entry, Slip)):
            saving.keep(paper.file_stem, ".pdf", printing.own_file(paper.form, paper_guard))
            papers.append(paper)
    served = {paper.pupil.id for paper in papers}
    confirmed(desk, paper_guard.only(served))
    slips.keep_printed(desk, papers)
    progress(len(distinct_pupils), len(distinct_pupils), _("Writing the slips"))
    return left_out


def save_statements(saving: Saving, desk: Desk, statement_papers: Sequence[Statement]) -> None:
    """Write statements of who was told as PDF, a file each, and log that they were. Raises CannotWrite, CannotPrint."""
    from pupil_desk.documents.pdf.page import build_pdf

    paper_guard = guard(desk, {entry.pupil.id for entry in statement_papers}, "statement saved", for_family=True)
    for statement in statement_papers:
        saving.keep(
            statement.file_stem,
            ".pdf",
            build_pdf(statement.story, title=statements.TITLE, base_size=statement.base_size, stamp=statement.stamp),
        )
    confirmed(desk, paper_guard)
    statements.log_print(desk, statement_papers)
