"""Papers of who was told, or would be: the log of disclosures, the preview, the statement for a family.

The log of disclosures: each time something was told, of whom, to whom, what, on what law and why. Lying A4.

The preview, who would receive what: an export with its pupils, or a pupil with all recipients. Lying A4.

The statement for a family: a table of what left, what can be done about it, and the laws. Two sides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Bullets, FactList, Heading, Para, Run, Table, Text
from pupil_desk.documents.pdf.style import A4
from pupil_desk.documents.prose import Filling, blocks_of
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


@dataclass(frozen=True, slots=True)
class ReceivesRow:
    """A row in words: who (a pupil, or a recipient with the export), how much, who decided, what goes, what is withheld, and why."""

    subject: str
    level: str
    decided_by: str
    goes: str
    withheld: str
    reason: str


def preview(
    title: str, facts: Sequence[tuple[str, str]], count_sentence: str, first_heading: str, rows: Sequence[ReceivesRow]
) -> list[Block]:
    """The list as blocks. ``first_heading`` heads the first column, ``count_sentence`` is the count in a sentence."""
    blocks: list[Block] = [Heading(1, title), FactList(facts), Para(count_sentence)]
    header = [first_heading, _("Level"), _("Decided by"), _("What goes"), _("Withheld"), _("Why")]
    cells = [[row.subject, row.level, row.decided_by, row.goes, row.withheld, row.reason] for row in rows]
    if cells:
        blocks.append(Table(caption="", header=header, rows=cells, widths=(2, 1.2, 1.35, 3.6, 3.5, 2.8), row_headers=True))
    return blocks


SIDES = 2  # of A4 that it takes at most
SIZES = (12, 11, 10, 9)  # points of body text; the smaller ones for the year of a pupil of whom very much was told
_LONG, _NARROW = (
    (1.5, 2.2, 3, 2.3),
    (1.5, 2.3, 4.4, 0.8),
)  # shares of the width, where the last column says why, and where it has numbers alone
_SHORT = 16  # characters of «Laws 1, 2 and 3.»


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One line, in words: when and how often, who, what, and why with the numbers of the laws."""

    when: str
    recipient: str
    disclosed: str
    reason: str


def statement(prose: str, rights: str, filling: Mapping[str, Filling], lines: Sequence[StatementRow], laws: Sequence[str]) -> list[Block]:
    """The statement as blocks: ``prose`` opens it, ``rights`` says what can be done. A letter that no font has is a box."""
    blocks = blocks_of(prose, filling)
    if lines:
        rows: list[Sequence[Text]] = [(line.when, Run(line.recipient, bold=True), line.disclosed, line.reason) for line in lines]
        narrow = all(len(line.reason) <= _SHORT for line in lines)
        header = (_("When"), _("Who was told"), _("What"), _("Law") if narrow else _("Why, and by which law"))
        blocks.append(Table(caption="", header=header, rows=rows, widths=_NARROW if narrow else _LONG))
    else:
        blocks.append(Para([Run(_("In these days we told nobody anything that stands on this sheet."), bold=True)]))
    blocks += blocks_of(rights, filling)
    if laws:
        blocks += [Heading(2, _("The laws")), Bullets(list(laws), numbered=True)]
    return blocks
