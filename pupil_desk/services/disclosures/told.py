"""The log of disclosures, read: what was told of whom, to whom, on what law; for one recipient or one pupil, with totals.

Whoever has to answer for it sees the whole. Others see what they sent or entered themselves, and of one pupil everything, as in the record.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import begun_small, fold
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.catalogue.catalogue import every_item, label_of
from pupil_desk.domain.pupils.pupil import ADDRESS
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import disclosures
from pupil_desk.services.disclosures.disclosures import BY_HAND
from pupil_desk.services.exports import EXPORTS
from pupil_desk.services.exports.contents import FLAG, TOTALS
from pupil_desk.services.exports.own import versions
from pupil_desk.services.plans import seeing
from pupil_desk.services.roles import Action
from pupil_desk.store.file.vault import Row
from pupil_desk.store.rows.rows import of_row
from pupil_desk.store.tables import told as store

MOST = 1000  # rows shown at once, or printed; the totals count them all


@dataclass(frozen=True, slots=True)
class Days:
    """The days on which it was told, both counted."""

    since: date = date.min
    until: date = date.max


EVER = Days()


@dataclass(frozen=True, slots=True)
class DisclosureTotal:
    """One recipient, or one pupil: how often something was told, of how many pupils or to how many recipients, and when last."""

    id: str
    name: str
    told: int
    others: int
    last: datetime


@dataclass(frozen=True, slots=True)
class LoggedDisclosure:
    """One thing told of one pupil. ``fields`` are the items in words; ``on`` is the day that it was told, or judged on.

    ``may_know`` is whether the family may know of it, None where nobody has decided, ``kept_because`` why not. ``struck`` is why a line was struck out, empty for one that stands. ``without_consent``: it rested on a consent that was not in force.
    """

    seq: int
    at: datetime
    on: date
    pupil_id: str
    pupil: str
    ref: str
    way: str
    what: str
    recipient: str
    law: str
    purpose: str
    level: str
    reason: str
    fields: tuple[str, ...]
    told_by: str
    way_code: str = ""
    told_by_id: str = ""
    without_consent: bool = False
    struck: str = ""
    may_know: bool | None = True
    kept_because: str = ""

    @property
    def id(self) -> int:
        """The row's own number."""
        return self.seq

    @property
    def by_hand(self) -> bool:
        """Whether a person entered it."""
        return self.way_code in BY_HAND

    @property
    def day(self) -> date:
        """The day on which it was told."""
        return self.on if self.by_hand else self.at.date()


def recipients(desk: Desk, find: str = "", days: Days = EVER) -> list[DisclosureTotal]:
    """Everybody to whom anything was told in these days, the latest first; ``find`` is a part of the name. Raises WrongUse for days in the wrong order."""
    rows = store.by_recipient(desk.vault, *_span(desk, days), actor=_author(desk))
    return _matching([DisclosureTotal(row["id"], row["name"], row["told"], row["pupils"], local_time(row["last"])) for row in rows], find)


def pupils(desk: Desk, find: str = "", days: Days = EVER) -> list[DisclosureTotal]:
    """Every pupil of whom anything was told in these days, by name; ``find`` is a part of the name or our reference. Raises WrongUse."""
    rows = store.by_pupil(desk.vault, *_span(desk, days), actor=_author(desk))
    totals = [DisclosureTotal(row["id"], _name(row), row["told"], row["others"], local_time(row["last"])) for row in rows]
    refs = {row["id"]: row["ref"] for row in rows}
    return [total for total in totals if fold(find) in fold(f"{total.name} {refs[total.id]}")]


def log(desk: Desk, days: Days = EVER, *, recipient: str = "", pupil_id: str = "") -> list[LoggedDisclosure]:
    """What was told in some days, the latest first: to one recipient, of one pupil, or all of it; ``MOST`` rows at most, and none of a plan that is not shown to who is at the desk. Raises WrongUse."""
    since, until = _span(desk, days)
    if pupil_id:
        desk.viewed("pupil", pupil_id)
    rows = store.between(desk.vault, since, until, recipient=recipient, pupil_id=pupil_id, actor=_author(desk), limit=MOST)
    return _disclosures(desk, seeing.told_seen(desk, rows))


def _span(desk: Desk, days: Days) -> tuple[str, str]:
    desk.require(Action.READ_RECORD)
    if days.until < days.since:
        raise WrongUse(_("The period ends before it begins. Correct one of the two days."))
    return days.since.isoformat(), days.until.isoformat()


def _author(desk: Desk) -> str:
    """Whose rows the person at the desk sees: everybody's, or their own."""
    return "" if desk.may(Action.READ_DISCLOSURES) else desk.user.id


def _matching(totals: Sequence[DisclosureTotal], find: str) -> list[DisclosureTotal]:
    return [total for total in totals if fold(find) in fold(total.name)]


def _name(row: Row) -> str:
    return f"{row['surname']}, {row['forename']}"


def _disclosures(desk: Desk, rows: Sequence[Row]) -> list[LoggedDisclosure]:
    titles_by_name = titles(desk)
    return [_disclosure(row, titles_by_name) for row in rows]


def _disclosure(row: Row, titles_by_name: Mapping[str, str]) -> LoggedDisclosure:
    return of_row(
        LoggedDisclosure,
        row,
        at=local_time(row["at"]),
        on=date.fromisoformat(row["on"]),
        pupil=_name(row),
        way=codelist("disclosure_way").label_of(row["way"]),
        what=titles_by_name.get(row["what"], row["what"]),
        level=codelist("level").label_of(row["level"]),
        fields=in_words(row["fields"], row["what"]),
        way_code=row["way"],
        without_consent=bool(row["without_consent"]),
        may_know=disclosures.may_know(row),
        kept_because=disclosures.kept_because(row),
    )


def titles(desk: Desk) -> Mapping[str, str]:
    """What each export is called, by its name, under which it is kept; the unit's own too."""
    return {export.name: export.title for export in EXPORTS} | versions.titles(desk)


def in_words(fields: str, export_name: str) -> tuple[str, ...]:
    """The items of a row in the words of the catalogue, the parts of one address as one; what is no item stays as it was written. ``export_name`` told it."""
    items, words = every_item(), list[str]()
    export = next((export for export in EXPORTS if export.name == export_name), None)
    flags, totals = (export.flags, export.totals) if export is not None else (frozenset[str](), frozenset[str]())
    for field in (part.strip() for part in fields.split(",")):
        record, _dot, name = field.partition(".")
        if field not in items:
            words.append(field)
        elif field in flags:
            words.append(FLAG)
        elif field in totals:
            words.append(TOTALS)
        elif name in ADDRESS:
            words.append(_("address") if record == "pupil" else _("address of a contact"))
        else:
            words.append(begun_small(label_of(field)))
    return tuple(dict.fromkeys(word for word in words if word))


def sentence(disclosure: LoggedDisclosure) -> str:
    """What was told and why, in a few sentences, as beside the list."""
    told_words = _("Told: {fields}.").format(fields=join_words(list(disclosure.fields)) or _("see the paper"))
    law = _("Lawful basis: {law}. For: {purpose}.").format(
        law=disclosure.law.rstrip("."), purpose=begun_small(disclosure.purpose.rstrip("."))
    )
    struck = _("Struck out, and counts no more: {why}").format(why=disclosure.struck) if disclosure.struck else ""
    family = "" if disclosure.may_know else family_words(disclosure)
    return " ".join(part for part in (struck, told_words, law, disclosure.reason, family) if part)


def family_words(disclosure: LoggedDisclosure) -> str:
    """Whether the family may know of it, in a sentence."""
    if disclosure.may_know is None:
        return _("Whether the family may know of it is not decided.")
    return (
        _("The family may know of it.")
        if disclosure.may_know
        else _("The family may not know of it: {why}.").format(why=disclosure.kept_because.rstrip("."))
    )
