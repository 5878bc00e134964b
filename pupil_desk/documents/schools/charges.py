"""The statement of charges: what a school owes for the places that it agreed in a half-term, pupil by pupil. Standing A4."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import AddressBlock, Block, FactList, Heading, Para, Run, Table, Text


@dataclass(frozen=True, slots=True)
class ChargeRow:
    """One place in words: whose, which days and until when, on how many school days, how often the price counts, the price, and the amount."""

    pupil: str
    place: str
    days: str
    times: str
    price: str
    amount: str


def story(
    address: AddressBlock, term: str, rows: Sequence[ChargeRow], total: str, notes: Sequence[str], *, made_on: str, reference: str
) -> list[Block]:
    """The statement as blocks. ``term`` is the half-term in words, ``made_on`` the day, ``reference`` what a payment names; ``notes`` say how it was
    counted and what lacks a price."""
    facts = FactList([(_("Date"), made_on), (_("Reference"), reference), (_("Half-term"), term)])
    blocks: list[Block] = [address, Heading(1, _("Statement of charges")), facts]
    if not rows:
        return [*blocks, Para(_("No place that was agreed fell into this half-term."))]
    header = (_("Pupil"), _("Place"), _("School days"), _("Counts"), _("Price"), _("Amount"))
    lines: list[Sequence[Text]] = [(row.pupil, row.place, row.days, row.times, row.price, row.amount) for row in rows]
    bold_total = Run(total, bold=True)
    lines.append((Run(_("Total"), bold=True), "", "", "", "", bold_total))
    blocks.append(Table(caption="", header=header, rows=lines, widths=(2.4, 3, 1, 1.2, 1.4, 1.4)))
    return [*blocks, *(Para(words) for words in notes)]
