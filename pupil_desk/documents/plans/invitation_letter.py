"""Letters of invitation to the review of a plan, a page each, of prose that the unit may change. They have no window: no address stands on them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Keep, PageBreak, Para, Run, Spacer, WritingLine
from pupil_desk.documents.prose import Filling, blocks_of

_ROOM = 3  # lines to sign in


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationLetter:
    """One letter: who is invited, in lines, whence it comes, the day and our reference in one, what fills the prose, and who signs in which role."""

    to: Sequence[str]
    sender: Sequence[str]
    head: str
    filling: Mapping[str, Filling]
    signer: str
    role: str


def story(prose: str, letters: Sequence[InvitationLetter]) -> list[Block]:
    """Each on a page of its own."""
    blocks: list[Block] = []
    for letter in letters:
        title, *body, closing = blocks_of(prose, letter.filling)
        blocks += [PageBreak()] if blocks else []
        blocks += [
            title,
            Para("\n".join((*letter.sender, letter.head)), style="small"),
            Para("\n".join(letter.to)),
            *body[:2],
            WritingLine(_("Time of the meeting")),
            *body[2:],
        ]
        blocks.append(Keep([closing, Spacer(_ROOM), Para([Run(letter.signer, bold=True)]), *([Para(letter.role)] if letter.role else [])]))
    return blocks
