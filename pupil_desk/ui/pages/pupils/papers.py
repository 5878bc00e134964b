"""Papers about pupils, made in memory and seen before they are printed: the sheet, the first-aid card, emergency contacts."""

from collections.abc import Callable, Collection, Sequence
from typing import Protocol

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.paper_of_pupils import PaperOfPupils
from pupil_desk.documents.pdf.style import A4
from pupil_desk.services.guard import Guard, guard
from pupil_desk.ui.kit.context import Context


class Show(Protocol):
    """Shows a document by its title, with the guard of those whom it tells of."""

    def __call__(self, title: str, data: bytes, *, guard: Guard) -> None:
        """Show it."""


def show_made(
    owner: QWidget,
    context: Context,
    make: "Callable[[], tuple[Sequence[Block], str]]",
    show: Show,
    words: str,
    *,
    pupil_ids: Collection[str],
    paper_name: str,
    page_size: tuple[float, float] = A4,
    base: float = 12,
    for_family: bool = False,
) -> None:
    """Have a story made and turned into a PDF, then shown by its title; what goes wrong is said in the banner.

    ``pupil_ids`` are the pupils whom it tells of; the rest is as ``show_paper`` has it.
    """
    if (story_and_title := context.attempt(make)) is not None:
        paper = PaperOfPupils(*story_and_title, pupil_ids)
        show_paper(owner, context, paper, show, words, paper_name=paper_name, page_size=page_size, base=base, for_family=for_family)


def show_paper(
    owner: QWidget,
    context: Context,
    paper: PaperOfPupils,
    show: Show,
    words: str,
    *,
    paper_name: str,
    page_size: tuple[float, float] = A4,
    base: float = 12,
    for_family: bool = False,
) -> None:
    """Have a story that is made turned into a PDF, then shown by its title, under the guard of those who stand on it.

    ``paper_name`` names the paper for the log; ``page_size`` and ``base``, the size of its text, are in points; ``for_family`` is one that goes to a family.
    """
    from pupil_desk.documents.pdf.page import build_pdf

    story, title, pupil_ids = paper
    pupil_guard = guard(context.desk, pupil_ids, paper_name, for_family=for_family)
    context.jobs.run(
        owner,
        lambda _job: build_pdf(story, title=title, page_size=page_size, base_size=base, stamp=pupil_guard.stamp, box_unprintable=True),
        lambda data: show(title, data, guard=pupil_guard),
        title=words,
    )


def show_sheet(owner: QWidget, context: Context, pupil_id: str, show: Show) -> None:
    """All that is held on one pupil."""
    from pupil_desk.services import sheet

    show_made(
        owner,
        context,
        lambda: sheet.paper(context.desk, pupil_id),
        show,
        _("Making the sheet"),
        pupil_ids=[pupil_id],
        paper_name="pupil’s sheet",
        page_size=sheet.LYING,
        base=sheet.BASE,
    )


def show_card(owner: QWidget, context: Context, pupil_id: str, show: Show) -> None:
    """The first-aid card of one pupil."""
    from pupil_desk.services.care import cards

    if (paper := context.attempt(lambda: cards.first_aid(context.desk, [pupil_id]))) is not None:
        show_paper(owner, context, paper, show, _("Making the card"), paper_name="first-aid card")


def show_emergency_contacts(owner: QWidget, context: Context, ids: Collection[str] | None, show: Show) -> None:
    """Whom to call: for those pupils, or for all on roll."""
    from pupil_desk.documents.papers.first_aid_card import BASE
    from pupil_desk.services.care import cards

    if (paper := context.attempt(lambda: cards.emergency_contacts(context.desk, ids))) is not None:
        show_paper(owner, context, paper, show, _("Making the sheet"), paper_name="emergency contacts", base=BASE)
