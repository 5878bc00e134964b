"""The statement of charges: what a school owes for the places that it agreed in a half-term, or the unit for those that it buys, pupil by pupil. Standing A4."""

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
    address: AddressBlock | None,
    term: str,
    rows: Sequence[ChargeRow],
    total: str,
    notes: Sequence[str],
    *,
    made_on: str,
    reference: str = "",
    title: str = "",
    nothing: str = "",
    questions: str = "",
) -> list[Block]:
    """The statement as blocks, of charges unless it has another title; without an address it stays in the office. ``term`` is the half-term in words,
    ``made_on`` the day, ``reference`` what a payment names; ``notes`` say how it was counted and what lacks a price, ``nothing`` that no place fell into it,
    ``questions`` whom to ask."""
    facts = FactList(
        [
            (label, words)
            for label, words in ((_("Date"), made_on), (_("Reference"), reference), (_("Half-term"), term), (_("Questions to"), questions))
            if words
        ]
    )
    blocks: list[Block] = [*([address] if address else []), Heading(1, title or _("Statement of charges")), facts]
    if not rows:
        return [*blocks, Para(nothing or _("No place that was agreed fell into this half-term."))]
    header = (_("Pupil"), _("Place"), _("School days"), _("Times charged"), _("Price"), _("Amount"))
    lines: list[Sequence[Text]] = [(row.pupil, row.place, row.days, row.times, row.price, row.amount) for row in rows]
    bold_total = Run(total, bold=True)
    lines.append((Run(_("Total"), bold=True), "", "", "", "", bold_total))
    blocks.append(Table(caption="", header=header, rows=lines, widths=(2.4, 3, 1, 1.2, 1.4, 1.4)))
    return [*blocks, *(Para(words) for words in notes)]
