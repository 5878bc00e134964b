"""What to check in the records, on paper: a table a pupil, with a place to tick. Lying A4."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Heading, Para, Table
from pupil_desk.documents.pdf.style import A4

LYING = (A4[1], A4[0])
BASE = 10  # points of body text


@dataclass(frozen=True, slots=True)
class CheckedPupil:
    """One pupil: the name with our reference, and a row a thing: where, what to do, how pressing."""

    pupil: str
    rows: Sequence[tuple[str, str, str]]


def story(unit: str, scope: str, imprint: str, pupils: Sequence[CheckedPupil]) -> list[Block]:
    """The list as blocks. ``scope`` says which part of it this is, ``imprint`` by whom, when and how many."""
    blocks: list[Block] = [Heading(1, _("Records to check at {unit}").format(unit=unit)), Para(scope), Para(imprint, style="small")]
    header = [_("Pupil"), _("Field"), _("What to do"), _("How pressing"), _("Done")]
    rows = [[pupil.pupil, where, words, pressing, "☐"] for pupil in pupils for where, words, pressing in pupil.rows]
    blocks.append(Table(caption="", header=header, rows=rows, widths=(2.6, 2.4, 6.4, 2, 0.8), row_headers=True))
    return blocks
