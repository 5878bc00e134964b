"""The statement for a family of who was told: a table of what left, what can be done about it, and the laws. Two sides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Bullets, Heading, Para, Run, Table, Text
from pupil_desk.documents.prose import Filling, blocks_of

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


def story(prose: str, rights: str, filling: Mapping[str, Filling], lines: Sequence[StatementRow], laws: Sequence[str]) -> list[Block]:
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
