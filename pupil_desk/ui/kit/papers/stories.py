"""A story shown as the paper that will be printed, and the half-term that one is asked for where it is of one."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.pdf.style import A4
from pupil_desk.domain.unit.settings import Term
from pupil_desk.services.guard import Guard
from pupil_desk.services.schools import charging
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.jobs import Job
from pupil_desk.ui.kit.papers.paper import Paper
from pupil_desk.ui.kit.talk.ask import Choice

_TERMS = 6  # half-terms that are offered: those of a year
_BASE = 10  # points of body text


def ask_half_term(context: Context, title: str, text: str) -> Term | None:
    """Which of the half-terms of the last year; None where the person would rather not, or there is none."""
    terms = context.attempt(lambda: charging.half_terms(context.desk))
    if not terms:
        return None
    choices = [
        Choice(term.id, _("{since} to {until}").format(since=show_date(term.start), until=show_date(term.end))) for term in terms[:_TERMS]
    ]
    answer = context.ask.choose(title, text, [*choices, Choice("", _("Cancel"))], safe="")
    return next((term for term in terms if term.id == answer), None)


def show_story(
    owner: QWidget,
    context: Context,
    paper: Paper,
    *,
    story: Sequence[Block],
    title: str,
    guard: Guard,
    bring_forward: Callable[[], None],
    on_printed: Callable[[], None],
    page_size: tuple[float, float] = A4,
    footer: str = "",
) -> None:
    """Make the PDF and show it on a page's paper, which ``bring_forward`` brings into view; ``on_printed`` is told once it went to the printer.

    ``footer`` is what stands at the foot of each page; empty for the title.
    """
    show_stories(
        owner,
        context,
        paper,
        stories=[(title, story)],
        title=title,
        guard=guard,
        bring_forward=bring_forward,
        on_printed=on_printed,
        page_size=page_size,
        footer=footer,
    )


def show_stories(
    owner: QWidget,
    context: Context,
    paper: Paper,
    *,
    stories: Sequence[tuple[str, Sequence[Block]]],
    title: str,
    guard: Guard,
    bring_forward: Callable[[], None],
    on_printed: Callable[[], None],
    page_size: tuple[float, float] = A4,
    footer: str = "",
) -> None:
    """The same of several papers in one file, each with its name: every one has its own page numbers, and none begins on the back of another."""

    def make(_job: Job) -> bytes:
        from pupil_desk.documents.pdf.page import Document, build_print_file
        from pupil_desk.documents.typography.fonts import boxed

        documents = [Document(boxed(list(story)), name, footer=footer or title, stamp=guard.stamp) for name, story in stories]
        return build_print_file(documents, title=title, page_size=page_size, base_size=_BASE)

    def show(data: bytes) -> None:
        bring_forward()
        paper.show_pdf(title, data, on_printed=on_printed, guard=guard)

    context.jobs.run(owner, make, show, title=_("Making the paper"))
