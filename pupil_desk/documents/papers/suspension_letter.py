"""The letter to a family about a suspension: prose that the office may edit, in the parts that the decision calls for."""

from collections.abc import Collection, Mapping

from pupil_desk.documents.blocks import Block, Heading, Keep, Para, Run, Spacer
from pupil_desk.documents.papers.envelope import Envelope
from pupil_desk.documents.prose import Filling, blocks_of

DAY_SIX, NEEDS = "Education from the sixth day", "Special educational needs"
"""The headings, as they stand in the prose, of parts that are left out: where there is no sixth day, and where no such needs are held."""
CLOSING = "Yours sincerely"
"""What the prose ends with: room to sign, the name and the role follow."""
_ROOM = 3.5  # lines to sign in


def story(
    prose: str, filling: Mapping[str, Filling], envelope: Envelope, *, signer: str, role: str, left_out: Collection[str] = ()
) -> list[Block]:
    """The letter as blocks, each part kept on one page, with room for the ``signer`` in that ``role``.

    ``left_out`` are headings of parts that are left out.
    """
    title, *body_blocks = blocks_of(_minus_parts(prose, left_out), filling)
    blocks = envelope.about(title)
    part: list[Block] = []
    for block in body_blocks:
        if isinstance(block, Heading) and part:
            blocks.append(Keep(part))
            part = []
        part.append(block)
    *last, closing = part
    closing_blocks: list[Block] = [closing, Spacer(_ROOM), Para([Run(signer, bold=True)]), Para(role)]
    return [*blocks, *([Keep(last)] if last else []), Keep(closing_blocks)]


def _minus_parts(prose: str, headings: Collection[str]) -> str:
    """The closing stays, whichever part it stands in."""
    body, closing, _after = prose.rpartition(CLOSING)
    front, *parts = body.rstrip().split("\n## ")
    remaining_prose = "\n## ".join([front, *(part for part in parts if part.split("\n", 1)[0] not in headings)])
    return f"{remaining_prose.rstrip()}\n\n{closing}\n"
