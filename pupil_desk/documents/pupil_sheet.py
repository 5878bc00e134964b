"""The pupil's sheet: everything held on one pupil, in plain headings."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, FactList, Heading, Para


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One section: its title, and per record its facts as label and words."""

    title: str
    records: Sequence[Sequence[tuple[str, str]]]


def story(name: str, parts: Sequence[SheetPart], made: str) -> list[Block]:
    """The sheet as blocks; a section in which nothing is held says so."""
    blocks: list[Block] = [Heading(1, name), Para(made, style="small")]
    for part in parts:
        blocks.append(Heading(2, part.title))
        if not part.records:
            blocks.append(Para(_("Nothing is held.")))
        for number, record in enumerate(part.records, start=1):
            caption = _("{title}, {number} of {all}").format(title=part.title, number=number, all=len(part.records))
            blocks.append(
                FactList([fact for fact in record if fact[1]], caption=caption if len(part.records) > 1 else "")
            )
    return blocks
