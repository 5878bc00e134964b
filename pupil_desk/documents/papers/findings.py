"""What to check in the records, on paper: a table a pupil, with a place to tick. Lying A4."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Heading, Para, Table
from pupil_desk.documents.pdf.style import A4

LYING = (A4[1], A4[0])
BASE = 10  # points of body text


@dataclass(frozen=True, slots=True)
class Checked:
    """One pupil: the name with our reference, and a row a thing: where, what to do, how pressing."""

    pupil: str
    rows: Sequence[tuple[str, str, str]]


def story(unit: str, what: str, made: str, pupils: Sequence[Checked]) -> list[Block]:
    """The list as blocks. ``what`` says which part of it this is, ``made`` by whom, when and how many."""
    blocks: list[Block] = [Heading(1, _("Records to check at {unit}").format(unit=unit)), Para(what), Para(made, style="small")]
    header = [_("Pupil"), _("Field"), _("What to do"), _("How pressing"), _("Done")]
    rows = [
        [one.pupil, where, words, pressing, "☐"] for one in pupils for where, words, pressing in one.rows
    ]  # fmt: skip
    blocks.append(Table(caption="", header=header, rows=rows, widths=(2.6, 2.4, 6.4, 2, 0.8), row_headers=True))
    return blocks
