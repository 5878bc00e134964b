"""The accident book over several pupils: a line an accident, in the order of days, for the head, the employer or an inspector."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Heading, Para, Table

_SHARES = (1.5, 2.1, 1.6, 2.2, 2.3, 2.2)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccidentBook:
    """What it says: of which days, and a row an accident."""

    days: str
    rows: Sequence[Sequence[str]]
    foot: str


def story(book: AccidentBook) -> list[Block]:
    """One table: no more of an injury than names it, since each accident has a page of its own."""
    header = (_("Day"), _("Pupil"), _("Where"), _("Injury"), _("First aid"), _("Report to HSE"))
    table = Table(caption="", header=header, rows=book.rows, widths=_SHARES)
    return [Heading(1, _("Accident book")), Para(book.days), table, Para(book.foot, style="small")]
