"""A letter that is written, made ready for paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.documents.blocks import Block
from pupil_desk.services.desk import Desk
from pupil_desk.services.guard import Guard, guard
from pupil_desk.services.requests import letters
from pupil_desk.services.requests.letters import LetterKind, LetterSending
from pupil_desk.services.requests.looking import RequestState


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
