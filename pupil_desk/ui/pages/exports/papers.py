"""The papers of the page: each ready to be looked at and printed, with what is logged then, and who in it is protected."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.papers import preview_paper
from pupil_desk.services.exports.papers.opening_sheet import opening_sheet
from pupil_desk.services.exports.papers.receipt_paper import receipt_paper, receipt_printed
from pupil_desk.services.exports.previewing import Preview, PupilPreview
from pupil_desk.services.guard import NOBODY, Guard, guard


@dataclass(frozen=True, slots=True)
class ExportPaper:
    """A paper: its title, its bytes, what is done once it is printed, and its guard."""

    title: str
    data: bytes
    on_printed: Callable[[], object] | None
    guard: Guard


def of_preview(desk: Desk, preview: Preview) -> ExportPaper:
    """One export and its pupils."""
    pupil_guard = guard(desk, {line.pupil.id for line in preview.lines}, "who would receive what")
    story, title = preview_paper.story(desk, preview)
    return ExportPaper(
        title, _pdf(story, title, pupil_guard), lambda: preview_paper.log_print(desk, preview.export.name, "export"), pupil_guard
    )


def of_pupil(desk: Desk, pupil: Pupil, previews: Sequence[PupilPreview]) -> ExportPaper:
    """One pupil and all recipients."""
    pupil_guard = guard(desk, [pupil.id], "who would receive what")
    story, title = preview_paper.story_of_pupil(desk, pupil, previews)
    return ExportPaper(title, _pdf(story, title, pupil_guard), lambda: preview_paper.log_print(desk, pupil.id, "pupil"), pupil_guard)


def of_receipt(desk: Desk, export_id: str) -> ExportPaper:
    """The receipt to sign; it names nobody."""
    return ExportPaper(_("Receipt to sign"), receipt_paper(desk, export_id), lambda: receipt_printed(desk, export_id), NOBODY)


def of_sheet(desk: Desk, export_id: str) -> ExportPaper:
    """How the receiver opens the file, for who carries it; it names nobody."""
    return ExportPaper(_("Opening sheet"), opening_sheet(desk, export_id), None, NOBODY)


def _pdf(story: Sequence[Block], title: str, pupil_guard: Guard) -> bytes:
    from pupil_desk.documents.pdf.page import build_pdf

    return build_pdf(
        story, title=title, page_size=preview_paper.LYING, base_size=preview_paper.BASE, stamp=pupil_guard.stamp, box_unprintable=True
    )
