"""The privacy notice on paper and as a page: the front part in prose, the annex in tables made from the
catalogue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import AddressBlock, Block, Heading, PageBreak, Para, Table
from pupil_desk.documents.prose import Filling, blocks_of


@dataclass(frozen=True, slots=True)
class ItemRow:
    """Items of one category that share their facts: what they are for, on what law, how long, and who
    receives them."""

    category: str
    labels: Sequence[str]
    purpose: str
    basis: str
    kept: str
    recipients: Sequence[str]


@dataclass(frozen=True, slots=True)
class RecipientRow:
    """One recipient: on what law, from what age, and the items at each level."""

    name: str
    law: str
    minimum: Sequence[str]
    full: Sequence[str]


@dataclass(frozen=True, slots=True)
class Annex:
    """What the annex says, ready: its tables, and the prose that closes it."""

    items: Sequence[ItemRow]
    recipients: Sequence[RecipientRow]
    special: Sequence[tuple[str, str]]
    more: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """To whom one copy goes: the lines of the window of the envelope, the sender, and whom the notice is
    about."""

    address: Sequence[str]
    sender: Sequence[str]
    about: str


def front_part(prose: str, filling: Mapping[str, Filling]) -> list[Block]:
    """The layer everyone reads: at most two sides of A4."""
    return blocks_of(prose, filling)


def story(prose: str, filling: Mapping[str, Filling], annex: Annex, envelope: Envelope | None = None) -> list[Block]:
    """The whole notice, as one list of blocks. Without an envelope it is the edition itself, addressed to nobody."""
    blocks: list[Block] = []
    if envelope is not None:
        blocks.append(AddressBlock(lines=envelope.address, sender=envelope.sender))
    front = front_part(prose, filling)
    blocks.append(front[0])
    if envelope is not None:
        blocks.append(Para(_("About: {pupil}").format(pupil=envelope.about), style="small"))
    blocks += front[1:]
    return [*blocks, PageBreak(), *annex_part(annex), *blocks_of(annex.more, filling)]


def annex_part(annex: Annex) -> list[Block]:
    """The tables: each item, then each recipient, then the special categories."""
    blocks: list[Block] = [
        Heading(2, _("Every detail, in tables")),
        Para(_("What we keep, what we use it for, on what lawful basis, how long, and whom we tell.")),
    ]
    for category in dict.fromkeys(row.category for row in annex.items):
        blocks += [Heading(3, category[:1].upper() + category[1:]), _items_table(category, annex.items)]
    blocks.append(Heading(2, _("Who receives what")))
    for recipient in annex.recipients:
        blocks += [Heading(3, recipient.name), Para(recipient.law), _recipient_table(recipient)]
    blocks += [
        Heading(2, _("Special categories")),
        Table(
            caption=_("On what condition we hold what the law protects specially"),
            header=(_("What"), _("Condition")),
            rows=[(labels, condition) for labels, condition in annex.special],
            widths=(0.4, 0.6),
            row_headers=True,
        ),
    ]
    return blocks


def _items_table(category: str, rows: Sequence[ItemRow]) -> Table:
    return Table(
        caption=_("Items: {category}").format(category=category),
        header=(_("Item"), _("Used"), _("Lawful basis"), _("Kept"), _("We tell")),
        rows=[
            (
                ", ".join(row.labels),
                row.purpose,
                row.basis,
                row.kept,
                ", ".join(row.recipients) or _("Nobody outside the unit"),
            )
            for row in rows
            if row.category == category
        ],
        widths=(0.28, 0.19, 0.17, 0.18, 0.18),
        row_headers=True,
    )


def _recipient_table(recipient: RecipientRow) -> Table:
    rows = [(_("Full"), ", ".join(recipient.full))]
    if recipient.minimum:
        rows.insert(0, (_("Minimum"), ", ".join(recipient.minimum)))
    return Table(
        caption=_("What {recipient} may be told").format(recipient=recipient.name),
        header=(_("Level"), _("Items")),
        rows=rows,
        widths=(0.18, 0.82),
        row_headers=True,
    )
