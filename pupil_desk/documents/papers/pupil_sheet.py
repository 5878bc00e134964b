"""The pupil's sheet: everything held on one pupil, in plain headings. For the office, so that it is set closer than what families read."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.documents.blocks import Block, Heading, Para
from pupil_desk.documents.pdf.records import LYING as ACROSS
from pupil_desk.documents.pdf.records import Record, blocks_of, nothing_held
from pupil_desk.documents.pdf.style import A4

LYING = (A4[1], A4[0])
BASE = 10  # points of body text


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One section: its title, and per record its facts as label and words; ``in_rows`` are read one under the other, as in a register."""

    title: str
    records: Sequence[Record]
    in_rows: bool = False


def story(name: str, parts: Sequence[SheetPart], imprint: str) -> list[Block]:
    """The sheet as blocks; the sections in which nothing is held stand together in one line, before the others."""
    blocks: list[Block] = [
        Heading(1, name),
        Para(imprint, style="small"),
        *nothing_held([part.title for part in parts if not part.records]),
    ]
    for part in parts:
        if part.records:
            blocks += [Heading(2, part.title), *blocks_of(part.title, part.records, ACROSS, in_rows=part.in_rows)]
    return blocks
