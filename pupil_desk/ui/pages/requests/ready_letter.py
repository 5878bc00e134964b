"""A letter that is written: made ready for paper, and saved as a file to be attached."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block
from pupil_desk.services.desk import Desk
from pupil_desk.services.guard import Guard, confirmed, guard
from pupil_desk.services.requests import letters
from pupil_desk.services.requests.letters import LetterKind, LetterSending
from pupil_desk.services.requests.looking import RequestState
from pupil_desk.services.saving import Saving
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.papers.paper import ask_if_protected

FOLDER = "requests/folder"


@dataclass(frozen=True, slots=True)
class ReadyLetter:
    """A letter ready to be shown on paper: its story and title, what is recorded once it has gone, and whether the pupil is protected."""

    story: Sequence[Block]
    title: str
    sending: LetterSending
    guard: Guard


def ready_letter(desk: Desk, overview: RequestState, kind: LetterKind, sending: LetterSending, address: Sequence[str]) -> ReadyLetter:
    """The letter on paper, if it may go. Raises what stands in its way."""
    letters.may_send(desk, sending)
    pupil_ids = [overview.case.pupil_id] if overview.case.pupil_id else []
    pupil_guard = guard(desk, pupil_ids, "letter about a request", for_family=True)
    return ReadyLetter(*letters.paper(desk, overview, kind, sending.letter.words, address), sending, pupil_guard)


def save_letter(owner: QWidget, context: Context, ready: ReadyLetter, stem: str, *, then: Callable[[], None]) -> None:
    """Save a letter as PDF in a folder that the person chooses; ``then`` is called once it lies there."""
    from pupil_desk.documents.pdf.page import build_pdf

    start = context.memory.get(FOLDER)
    if not ask_if_protected(context.ask, ready.guard, _("Save it")):
        return
    folder = context.ask.folder(_("Where to save the letter"), Path(start) if isinstance(start, str) else None)
    if folder is None:
        return
    context.memory.keep(FOLDER, str(folder))

    def write(_job: object) -> None:
        with Saving(folder) as saving:
            saving.keep(stem, ".pdf", build_pdf(ready.story, title=ready.title, stamp=ready.guard.stamp))
            confirmed(context.desk, ready.guard)

    context.jobs.run(owner, write, lambda _result: then(), title=_("Saving the letter"))
