"""The privacy notice on paper and as a page: the front part in prose, the annex in tables made from the
catalogue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pupil_desk.basics.text import begun_small, capital
from pupil_desk.basics.words import _, join_words
from pupil_desk.documents.blocks import Block, Bullets, Heading, Keep, PageBreak, Para, Run, Table
from pupil_desk.documents.papers.envelope import Envelope
from pupil_desk.documents.prose import Filling, blocks_of


@dataclass(frozen=True, slots=True)
class ItemRow:
    """Items of one category that share their facts: what for, on what basis, how long, and on what condition if specially protected."""

    category: str
    labels: Sequence[str]
    purpose: str
    basis: str
    how_long: str
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
    closing_prose: str


def front_part(prose: str, filling: Mapping[str, Filling]) -> list[Block]:
    """The layer everyone reads: at most two sides of A4."""
    return blocks_of(prose, filling)


def full_notice(front: Sequence[Block], further_layer: Sequence[Block]) -> list[Block]:
    """The two layers as one document: what everyone reads, and on a page of its own the tables with what closes them."""
    return [*front, PageBreak(), *further_layer]


def tables(annex: Annex, filling: Mapping[str, Filling]) -> list[Block]:
    """The layer for who wants every detail: the tables, and the prose that closes them."""
    return [*annex_part(annex), *blocks_of(annex.closing_prose, filling)]


def addressed(front: Sequence[Block], envelope: Envelope | None) -> list[Block]:
    """A front part for one family: the address in the window, and beneath the title whom it is about."""
    if envelope is None:
        return [*front]
    about_line = Para(_("About: {pupil}").format(pupil=envelope.pupil), style="small")
    return [envelope.window, front[0], about_line, *front[1:]]


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
            rows=[([Run(_short(row.category) + ":", bold=True), " " + in_a_row(row.labels)], _reasons(row)) for row in annex.items],
            widths=(0.52, 0.48),
        ),
        Heading(2, _("What the law protects specially")),
        Para(_("We may keep it on these conditions. The Articles are those of the UK GDPR.")),
        Bullets(_conditions(annex.items)),
        Heading(2, _("Who receives what")),
        Para(
            _(
                "We tell at most what is named here. Without your consent, and unless the law allows it, nobody else outside the unit is told."
            )
        ),
    ]
    for recipient in annex.recipients:
        law = _("On what law: {law}").format(law=recipient.law)
        names_line = [Para(_("Here: {names}.").format(names=join_words(list(recipient.names))))] if recipient.names else []
        if not recipient.full:
            blocks.append(Keep([Heading(3, recipient.name), Para(f"{recipient.covers} {law}")]))
            continue
        covers = [Para(recipient.covers)] if recipient.covers else []
        blocks.append(Keep([Heading(3, recipient.name), *names_line, *covers, *_how_much(recipient, annex.items), Para(law)]))
    return blocks


def _short(category: str) -> str:
    """A category without what it says in brackets: beside it stands all of it."""
    return capital(category.partition(" (")[0])


def _reasons(row: ItemRow) -> str:
    """A basis and a condition by their names alone, without the Articles: «To reach the family. Legal obligation. Kept …»."""
    facts = [capital(row.purpose), capital(row.basis.partition(",")[0]), _("Kept {how_long}").format(how_long=row.how_long)]
    if row.special:
        facts.append(_("Specially protected: {what}").format(what=row.special.partition(":")[0]))
    return ". ".join(facts) + "."


def _conditions(rows: Sequence[ItemRow]) -> list[str]:
    """Each condition once, after all that is kept under it: «Health; what a consent tells of health or belief: …»."""
    labels_by_condition: dict[str, list[str]] = {}
    for special in dict.fromkeys(row.special for row in rows if row.special):
        kind, _colon, condition = special.partition(": ")
        labels_by_condition.setdefault(condition, []).append(kind)
    return [capital(": ".join(filter(None, ("; ".join(kinds), condition)))) for condition, kinds in labels_by_condition.items()]


def _how_much(recipient: RecipientRow, rows: Sequence[ItemRow]) -> list[Block]:
    """What is told, by category; first what nobody can refuse, if someone can refuse the rest."""
    categories: dict[str, list[str]] = {}
    for row in rows:
        categories.setdefault(row.category, []).extend(row.labels)
    if not recipient.minimum:
        return [Para(_by_category(recipient.full, categories))]
    optional = [label for label in recipient.full if label not in recipient.minimum]
    least_text, most_text = _by_category(recipient.minimum, categories), _by_category(optional, categories)
    return [Para([_("At least: "), *least_text]), Para([_("At most all of that, and: "), *most_text])]


def _by_category(labels: Sequence[str], categories: Mapping[str, Sequence[str]]) -> list[str | Run]:
    """«Contact details: telephone, e-mail. Attendance: everything listed above.»"""
    runs: list[str | Run] = []
    for category, category_labels in categories.items():
        told_labels = [label for label in labels if label in category_labels]
        if told_labels:
            items = _("everything listed above") if set(told_labels) == set(category_labels) else in_a_row(told_labels)
            runs += [" " if runs else "", Run(_short(category) + ":", bold=True), f" {items}."]
    return runs


def in_a_row(labels: Sequence[str]) -> str:
    """Labels as one phrase in which each is still named: «Contact: surname, forename; Address line 1 and 2, town».

    What several are of, before a colon, is said once; so are the words before a number.
    """
    groups: list[tuple[str, list[str]]] = []
    for label in labels:
        of_what, colon, label_rest = label.rpartition(": ")
        if not groups or groups[-1][0] != of_what + colon:
            groups.append((of_what + colon, []))
        groups[-1][1].append(label_rest)
    return "; ".join(of_what + ", ".join(_numbered_once(names)) for of_what, names in groups)


def _numbered_once(names: Sequence[str]) -> list[str]:
    """«Address line 1», «Address line 2» as «Address line 1 and 2»; all but the first begin small."""
    phrases: list[str] = []
    stem = ""
    for name in names:
        words, _blank, number = name.rpartition(" ")
        if number.isdigit() and words == stem:
            phrases[-1] = _("{so_far} and {number}").format(so_far=phrases[-1], number=number)
            continue
        stem = words if number.isdigit() else ""
        phrases.append(begun_small(name) if phrases else name)
    return phrases
