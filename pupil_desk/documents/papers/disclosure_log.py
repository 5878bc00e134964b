"""The log of disclosures on paper: each time something was told, of whom, to whom, what, on what law and why. Lying A4."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Heading, Para, Table
from pupil_desk.documents.pdf.style import A4
from pupil_desk.documents.typography.fonts import with_boxes

LYING = (A4[1], A4[0])
BASE = 10  # points of body text
_WHEN, _PUPIL, _RECIPIENT, _HOW, _TOLD, _WHY, _BY = 1.7, 1.9, 1.8, 1.8, 4, 4, 1.4  # shares of the width


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureLine:
    """One line, in words. ``pupil`` or ``recipient`` is empty where the whole paper is about one."""

    when: str
    pupil: str
    recipient: str
    way: str
    disclosed: str
    reason: str
    sender: str


def story(unit: str, scope: str, imprint: str, rows: Sequence[DisclosureLine]) -> list[Block]:
    """The log as blocks; a letter that no font has is a box, and the reference stands beside the name. ``scope`` says which part of it this is, ``imprint`` by whom, when and how many lines."""
    blocks: list[Block] = [
        Heading(1, _("What {unit} told others").format(unit=unit)),
        Para(with_boxes(scope)),
        Para(imprint, style="small"),
    ]
    columns = [(_("When"), _WHEN, [row.when for row in rows])]
    if any(row.pupil for row in rows):
        columns.append((_("Of whom"), _PUPIL, [row.pupil for row in rows]))
    if any(row.recipient for row in rows):
        columns.append((_("To whom"), _RECIPIENT, [row.recipient for row in rows]))
    columns += [
        (_("By what"), _HOW, [row.way for row in rows]),
        (_("What was told"), _TOLD, [row.disclosed for row in rows]),
        (_("On what law, and why"), _WHY, [row.reason for row in rows]),
        (_("Sent by"), _BY, [row.sender for row in rows]),
    ]
    if not rows:
        return [*blocks, Para(_("Nothing was told."))]
    lines = [list(map(with_boxes, line)) for line in zip(*(words for _heading, _share, words in columns), strict=True)]
    blocks.append(
        Table(
            caption="",
            header=[heading for heading, _share, _words in columns],
            rows=lines,
            widths=[share for _heading, share, _words in columns],
        )
    )
    return blocks
