"""The privacy notice on paper and as a page: the front part in prose, the annex in tables made from the
catalogue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _, join_words
from pupil_desk.documents.blocks import AddressBlock, Block, Bullets, Heading, Keep, PageBreak, Para, Run, Table
from pupil_desk.documents.prose import Filling, blocks_of


@dataclass(frozen=True, slots=True)
class ItemRow:
    """Items of one category that share their facts: what for, on what basis, how long, and on what condition if specially protected."""

    category: str
    labels: Sequence[str]
    purpose: str
    basis: str
    kept: str
    special: str = ""


@dataclass(frozen=True, slots=True)
class RecipientRow:
    """One recipient: on what law, and the items at each level. No minimum: nothing is told that someone may refuse.

    ``covers`` says of whom or what, in a sentence; ``names`` are their own names with us.
    """

    name: str
    law: str
    minimum: Sequence[str]
    full: Sequence[str]
    covers: str = ""
    names: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Annex:
    """What the annex says, ready: its tables, and the prose that closes it."""

    items: Sequence[ItemRow]
    recipients: Sequence[RecipientRow]
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
    return whole(addressed(front_part(prose, filling), envelope), tables(annex, filling))


def whole(front: Sequence[Block], further: Sequence[Block]) -> list[Block]:
    """The two layers as one document: what everyone reads, and on a page of its own the tables with what closes them."""
    return [*front, PageBreak(), *further]


def tables(annex: Annex, filling: Mapping[str, Filling]) -> list[Block]:
    """The layer for who wants every detail: the tables, and the prose that closes them."""
    return [*annex_part(annex), *blocks_of(annex.more, filling)]


def addressed(front: Sequence[Block], envelope: Envelope | None) -> list[Block]:
    """A front part for one family: the address in the window, and beneath the title whom it is about."""
    if envelope is None:
        return [*front]
    about = Para(_("About: {pupil}").format(pupil=envelope.about), style="small")
    return [AddressBlock(lines=envelope.address, sender=envelope.sender), front[0], about, *front[1:]]


def annex_part(annex: Annex) -> list[Block]:
    """What is kept and why, what the law protects specially, then who receives what.

    What would be said of many items is said once: the Articles above the table, the conditions below it.
    """
    bases = "; ".join(dict.fromkeys(row.basis for row in annex.items))
    blocks: list[Block] = [
        Heading(2, _("Every detail, in tables")),
        Para(_("What we keep, what for, on what lawful basis, and how long. The bases stand in the UK GDPR: {bases}.").format(bases=bases)),
        Table(
            caption="",
            header=(_("What we keep"), _("Why, and how long")),
            rows=[([Run(_short(row.category) + ":", bold=True), " " + in_a_row(row.labels)], _why(row)) for row in annex.items],
            widths=(0.52, 0.48),
        ),
        Heading(2, _("What the law protects specially")),
        Para(_("We may keep it on these conditions. The Articles are those of the UK GDPR.")),
        Bullets(_conditions(annex.items)),
        Heading(2, _("Who receives what")),
        Para(_("We tell at most what is named here. Without your consent, and unless the law allows it, nobody else outside the unit is told.")),
    ]
    for one in annex.recipients:
        law = _("On what law: {law}").format(law=one.law)
        who = [Para(_("Here: {names}.").format(names=join_words(list(one.names))))] if one.names else []
        if not one.full:
            blocks.append(Keep([Heading(3, one.name), Para(f"{one.covers} {law}")]))
            continue
        covers = [Para(one.covers)] if one.covers else []
        blocks.append(Keep([Heading(3, one.name), *who, *covers, *_how_much(one, annex.items), Para(law)]))
    return blocks


def _short(category: str) -> str:
    """A category without what it says in brackets: beside it stands all of it."""
    return _capital(category.partition(" (")[0])


def _why(row: ItemRow) -> str:
    """A basis and a condition by their names alone, without the Articles: «To reach the family. Legal obligation. Kept …»."""
    facts = [_capital(row.purpose), _capital(row.basis.partition(",")[0]), _("Kept {how_long}").format(how_long=row.kept)]
    if row.special:
        facts.append(_("Specially protected: {what}").format(what=row.special.partition(":")[0]))
    return ". ".join(facts) + "."


def _conditions(rows: Sequence[ItemRow]) -> list[str]:
    """Each condition once, after all that is kept under it: «Health; what a consent tells of health or belief: …»."""
    found: dict[str, list[str]] = {}
    for special in dict.fromkeys(row.special for row in rows if row.special):
        what, _colon, condition = special.partition(": ")
        found.setdefault(condition, []).append(what)
    return [_capital(": ".join(filter(None, ("; ".join(what), condition)))) for condition, what in found.items()]


def _how_much(recipient: RecipientRow, rows: Sequence[ItemRow]) -> list[Block]:
    """What is told, by category; first what nobody can refuse, if someone can refuse the rest."""
    categories: dict[str, list[str]] = {}
    for row in rows:
        categories.setdefault(row.category, []).extend(row.labels)
    if not recipient.minimum:
        return [Para(_by_category(recipient.full, categories))]
    more = [label for label in recipient.full if label not in recipient.minimum]
    least, most = _by_category(recipient.minimum, categories), _by_category(more, categories)
    return [Para([_("At least: "), *least]), Para([_("At most all of that, and: "), *most])]


def _by_category(labels: Sequence[str], categories: Mapping[str, Sequence[str]]) -> list[str | Run]:
    """«Contact details: telephone, e-mail. Attendance: everything listed above.»"""
    runs: list[str | Run] = []
    for category, held in categories.items():
        told = [label for label in labels if label in held]
        if told:
            items = _("everything listed above") if set(told) == set(held) else in_a_row(told)
            runs += [" " if runs else "", Run(_short(category) + ":", bold=True), f" {items}."]
    return runs


def _capital(words: str) -> str:
    """Words as they begin a sentence or a cell."""
    return words[:1].upper() + words[1:]


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
