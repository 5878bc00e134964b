"""The privacy notice on paper and as a page: the front part in prose, the annex in tables made from the
catalogue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import AddressBlock, Block, FactList, Heading, Keep, PageBreak, Para, Table
from pupil_desk.documents.prose import Filling, blocks_of


@dataclass(frozen=True, slots=True)
class ItemRow:
    """Items of one category that share their facts: what for, on what basis, how long, and who receives them."""

    category: str
    labels: Sequence[str]
    purpose: str
    basis: str
    kept: str
    recipients: Sequence[str]


@dataclass(frozen=True, slots=True)
class RecipientRow:
    """One recipient: on what law, and the items at each level. No minimum: nothing is told that someone may refuse."""

    name: str
    law: str
    minimum: Sequence[str]
    full: Sequence[str]


@dataclass(frozen=True, slots=True)
class Annex:
    """What the annex says, ready: its tables, and the prose that closes it."""

    items: Sequence[ItemRow]
    recipients: Sequence[RecipientRow]
    special: Sequence[tuple[Sequence[str], str]]
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
    return [*addressed(front_part(prose, filling), envelope), PageBreak(), *annex_part(annex), *blocks_of(annex.more, filling)]


def addressed(front: Sequence[Block], envelope: Envelope | None) -> list[Block]:
    """A front part for one family: the address in the window, and beneath the title whom it is about."""
    if envelope is None:
        return [*front]
    about = Para(_("About: {pupil}").format(pupil=envelope.about), style="small")
    return [AddressBlock(lines=envelope.address, sender=envelope.sender), front[0], about, *front[1:]]


def annex_part(annex: Annex) -> list[Block]:
    """The tables: each item under its category, then each recipient, then the special categories."""
    blocks: list[Block] = [
        Heading(2, _("Every detail, in tables")),
        Para(_("What we keep, what for, whom we tell, how long we keep it, and on what lawful basis.")),
    ]
    for category in dict.fromkeys(row.category for row in annex.items):
        blocks += [Heading(3, category[:1].upper() + category[1:]), _items_table(category, annex.items)]
    blocks.append(Heading(2, _("Who receives what")))
    for recipient in annex.recipients:
        law = Para(_("On what law: {law}").format(law=recipient.law))
        blocks.append(Keep([Heading(3, recipient.name), law, _how_much(recipient)]))
    blocks += [
        Heading(2, _("What the law protects specially")),
        Table(
            caption="",
            header=(_("What we keep"), _("On what condition")),
            rows=[(in_a_row(labels), condition) for labels, condition in annex.special],
            widths=(0.55, 0.45),
        ),
    ]
    return blocks


def _items_table(category: str, rows: Sequence[ItemRow]) -> Table:
    """No caption: the heading above names the table."""
    return Table(
        caption="",
        header=(_("What we keep"), _("What for"), _("Whom we tell"), _("How long"), _("Lawful basis")),
        rows=[
            (
                in_a_row(row.labels),
                row.purpose,
                ", ".join(row.recipients) or _("Nobody outside the unit"),
                row.kept,
                row.basis,
            )
            for row in rows
            if row.category == category
        ],
        widths=(0.3, 0.16, 0.18, 0.2, 0.16),
    )


def _how_much(recipient: RecipientRow) -> FactList:
    more = in_a_row([label for label in recipient.full if label not in recipient.minimum])
    if not recipient.minimum:
        return FactList([(_("At most"), more)])
    least = in_a_row(recipient.minimum)
    return FactList([(_("At least"), least), (_("At most"), _("all of that; and: {items}").format(items=more))])


def in_a_row(labels: Sequence[str]) -> str:
    """Labels as one phrase in which each is still named: «Contact: surname, forename; Address line 1 and 2, town».

    What several are of, before a colon, is said once; so are the words before a number.
    """
    groups: list[tuple[str, list[str]]] = []
    for label in labels:
        of_what, colon, rest = label.rpartition(": ")
        if not groups or groups[-1][0] != of_what + colon:
            groups.append((of_what + colon, []))
        groups[-1][1].append(rest)
    return "; ".join(of_what + ", ".join(_numbered_once(names)) for of_what, names in groups)


def _numbered_once(names: Sequence[str]) -> list[str]:
    """«Address line 1», «Address line 2» as «Address line 1 and 2»; all but the first begin small."""
    found: list[str] = []
    stem = ""
    for name in names:
        words, _blank, number = name.rpartition(" ")
        if number.isdigit() and words == stem:
            found[-1] = _("{so_far} and {number}").format(so_far=found[-1], number=number)
            continue
        stem = words if number.isdigit() else ""
        found.append(begun_small(name) if found else name)
    return found
