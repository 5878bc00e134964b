"""The pupil's sheet: everything held on one pupil, in plain headings."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import NOTHING, Block, FactList, Heading, Keep, Para, Table, linked


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One section: its title, and per record its facts as label and words.

    ``in_rows`` sets many short records of the same facts as a table, a row each.
    """

    title: str
    records: Sequence[Sequence[tuple[str, str]]]
    in_rows: bool = False


def story(name: str, parts: Sequence[SheetPart], made: str) -> list[Block]:
    """The sheet as blocks; a section in which nothing is held says so."""
    blocks: list[Block] = [Heading(1, name), Para(made, style="small")]
    for part in parts:
        blocks.append(Heading(2, part.title))
        if not part.records:
            blocks.append(Para(_("Nothing is held.")))
        elif part.in_rows:
            header = [label for label, _words in part.records[0]]
            rows = [[linked(words) or NOTHING for _label, words in record] for record in part.records]
            blocks.append(Table(caption="", header=header, rows=rows))
        else:
            blocks += _one_by_one(part)
    return blocks


def _one_by_one(part: SheetPart) -> list[Block]:
    """Each record as a list of what is held of it, kept on one page if it fits; several are counted."""
    blocks: list[Block] = []
    for number, record in enumerate(part.records, start=1):
        caption = _("{title}, {number} of {all}").format(title=part.title, number=number, all=len(part.records))
        facts = [(label, linked(words)) for label, words in record if words]
        blocks.append(Keep([FactList(facts, caption=caption if len(part.records) > 1 else "")]))
    return blocks
