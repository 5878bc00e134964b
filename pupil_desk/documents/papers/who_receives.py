"""Who would receive what, on paper: an export with its pupils, or a pupil with all recipients. Lying A4."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, FactList, Heading, Para, Table
from pupil_desk.documents.pdf.style import A4

LYING = (A4[1], A4[0])
BASE = 10  # points of body text


@dataclass(frozen=True, slots=True)
class ReceivesRow:
    """A row in words: who (a pupil, or a recipient with the export), how much, who decided, what goes, what is withheld, and why."""

    subject: str
    level: str
    decided_by: str
    goes: str
    withheld: str
    reason: str


def story(
    title: str, facts: Sequence[tuple[str, str]], count_sentence: str, first_heading: str, rows: Sequence[ReceivesRow]
) -> list[Block]:
    """The list as blocks. ``first_heading`` heads the first column, ``count_sentence`` is the count in a sentence."""
    blocks: list[Block] = [Heading(1, title), FactList(facts), Para(count_sentence)]
    header = [first_heading, _("Level"), _("Decided by"), _("What goes"), _("Withheld"), _("Why")]
    cells = [[row.subject, row.level, row.decided_by, row.goes, row.withheld, row.reason] for row in rows]
    if cells:
        blocks.append(Table(caption="", header=header, rows=cells, widths=(2, 1.2, 1.35, 3.6, 3.5, 2.8), row_headers=True))
    return blocks
