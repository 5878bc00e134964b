"""The lines of a statement for a family: what the log of disclosures says of one pupil in some days, as the family may know it.

A line stands for one row of the log or for several that are alike; its ``times`` says how many, so that the lines always add up to the
log. Nothing of a protection stands in it: no item that tells of one, no words that a person typed, and of a pupil of whom anything
must be kept from somebody no name of a school, provider or person, since it would say where the pupil is; and while the report of an
incident is withheld from a parent no item of incidents, as of which one it was is not kept. Who else in the family had
a paper, or asked for a copy, is not said either.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.catalogue.catalogue import every_item, label_of
from pupil_desk.domain.catalogue.items import Category
from pupil_desk.domain.sharing.recipients import ASKER, FAMILY, NEXT_SCHOOL, OTHER, PUPIL, TOLD_BEFORE, register
from pupil_desk.domain.unit.school_name import one_name
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import disclosures, on_paper
from pupil_desk.services.disclosures.disclosures import BY_HAND, Way
from pupil_desk.services.disclosures.told import Days
from pupil_desk.services.exports import EXPORTS
from pupil_desk.store.file.vault import Row
from pupil_desk.store.tables import protections
from pupil_desk.store.tables import told as store

_FEW = 9  # items that are named one by one; of more only the kinds of data are
_WITHIN_THE_FAMILY = frozenset({FAMILY, PUPIL, ASKER, TOLD_BEFORE})
_COPY, _ASKED, _GIVEN = _("a copy of what we hold"), _("Somebody who asked for a copy by right"), _("The pupil, or somebody given a copy")


@dataclass(frozen=True, slots=True)
class StatementLine:
    """What one recipient was told: on which days (one a row of the log), who (``kind`` in the register's words, ``name`` their own), the
    items by category, why in plain words, and the laws. ``lacking``: a consent that it rested on was not in force."""

    days: tuple[date, ...]
    kind: str
    name: str
    items: tuple[tuple[str, tuple[str, ...]], ...]
    purpose: str
    laws: tuple[str, ...]
    lacking: bool = False

    @property
    def times(self) -> int:
        """How many rows of the log it stands for."""
        return len(self.days)


@dataclass(frozen=True, slots=True)
class LoggedDisclosures:
    """What the log says for a statement: the rows that the family may know of, the oldest first; how many it may not, and of how many nobody has
    said yet."""

    told: tuple[StatementLine, ...]
    kept_back: int
    undecided: int

    @property
    def rows(self) -> int:
        return sum(line.times for line in self.told)


def from_log(desk: Desk, pupil_id: str, days: Days) -> LoggedDisclosures:
    """What was told of one pupil in some days, both counted, of every record that was merged with theirs; what was struck out is not there."""
    rows = store.between(desk.vault, days.since.isoformat(), days.until.isoformat(), pupil_id=pupil_id, limit=-1)
    unsaid = _unsaid(desk, pupil_id)
    standing = [(row, disclosures.may_know(row) and _says_more(row["fields"], unsaid)) for row in reversed(rows) if not row["struck"]]
    guarded = bool(protections.of_pupil(desk.vault, pupil_id, desk.today))
    schools = desk.settings.told_schools
    lines = sorted((_line_of(row, schools, unsaid, guarded=guarded) for row, may_know in standing if may_know), key=lambda line: line.days)
    answers = [answer for _row, answer in standing]
    return LoggedDisclosures(tuple(lines), answers.count(False), answers.count(None))


def _line_of(row: Row, schools: str | None, unsaid: Collection[Category], *, guarded: bool) -> StatementLine:
    recipient_name = recipient_of(row)
    recipient = register().get(recipient_name)
    is_named = recipient is not None and recipient_name != OTHER
    is_unasked = row["reason"] == disclosures.UNASKED
    label = _GIVEN if is_unasked else _ASKED if recipient_name == ASKER else recipient.label if recipient is not None else ""
    kind = label if is_named else row["recipient"] if not guarded else _("Somebody else")
    name = "" if not is_named or guarded or recipient_name in _WITHIN_THE_FAMILY else one_name(_name(row["recipient"], kind), schools)
    day = row["on"] if row["way"] in BY_HAND else row["at"][:10]
    purpose = recipient.purpose if recipient is not None and is_named else _("as was agreed, or as the law allows")
    if is_unasked:
        purpose = _("to tell what we hold")
    items = ((_COPY, ()),) if row["way"] == Way.PACK else (*_paper(row), *_items(row["fields"], unsaid))
    return StatementLine((date.fromisoformat(day),), kind, name, items, purpose, laws=(row["law"],), lacking=bool(row["without_consent"]))


def _paper(row: Row) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Which paper it was; a letter by a template is but a letter, since a person wrote what it is called."""
    if row["way"] != Way.PRINT:
        return ()
    paper = row["what"]
    return ((_("a letter") if paper.startswith(on_paper.letter("", ()).what) else begun_small(paper), ()),)


def _name(recipient: str, kind: str) -> str:
    """What they are called, where the log has more than the register's words."""
    return "" if recipient == kind else recipient.removeprefix(f"{kind}: ")


def recipient_of(row: Row) -> str:
    """The recipient of a row by name in the register; of one from before that was kept, by what told it. Empty where it cannot be known."""
    if row["told_to"] or row["way"] in BY_HAND:
        return str(row["told_to"])
    if row["way"] == Way.PACK:
        return ASKER
    if row["way"] == Way.EXPORT:
        return next((export.recipient_key for export in EXPORTS if export.name == row["what"]), "")
    return next((name for name in (FAMILY, PUPIL) if register()[name].label == row["recipient"]), NEXT_SCHOOL if row["recipient"] else "")


_UNSAID = (Category.SAFETY, Category.SAFEGUARDING)
"""Kinds of data of which a statement does not say that there are any: it may be read by the person from whom they protect."""


def _kind_of(category: Category) -> str:
    """The code of «disclosed_kind» of a category."""
    return category.name.lower().replace("_", "-")


_BIRTHDAY = "pupil.dob"
_NUMBERS = frozenset({"pupil.upn", "pupil.former_upn", "pupil.uln"})


def _kind_words(path: str, category: Category) -> str:
    """The kind of data of an item. Who the pupil is, is said by its parts: a number, a name and a birthday do not go together everywhere."""
    if path in _NUMBERS:
        return _("pupil number")
    if category is Category.IDENTITY:
        return _("date of birth") if path == _BIRTHDAY else _("name")
    return begun_small(codelist("disclosed_kind").label_of(_kind_of(category)))


def _unsaid(desk: Desk, pupil_id: str) -> tuple[Category, ...]:
    """The kinds of data that a statement about a pupil does not say: of incidents too while a report is withheld from a parent, who may read it."""
    withheld = store.of_withheld(desk.vault, pupil_id)
    of_incidents = ((Category.INCIDENTS, withheld["report"]), (Category.ACCIDENTS, withheld["accident"]))
    return (*_UNSAID, *(category for category, is_unsaid in of_incidents if is_unsaid))


def _says_more(fields: str, unsaid: Collection[Category]) -> bool:
    """Whether anything is left of the items of a row, where any would stand."""
    return bool(sayable(fields, unsaid)) or not sayable(fields)


def sayable(fields: str, unsaid: Collection[Category] = _UNSAID) -> str:
    """The items of a row without those of kinds that are not said: those that tell of a protection or of a safeguarding file, and others."""
    mark = ";" if ";" in fields else ","
    parts = [part.strip() for part in fields.split(mark)]
    return f"{mark} ".join(part for part in parts if _is_sayable(part, unsaid))


def _is_sayable(field: str, unsaid: Collection[Category]) -> bool:
    item = every_item().get(field)
    if item is not None:
        return item.facts.category not in unsaid
    kinds = codelist("disclosed_kind")
    return begun_small(field) not in {begun_small(kinds.label_of(_kind_of(category))) for category in unsaid}


def _items(fields: str, unsaid: Collection[Category]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The items of a row by the kind of data, in plain words; those of kinds that are not said are not among them."""
    items = every_item()
    labels_by_kind: dict[str, list[str]] = {}
    for field in filter(None, (part.strip() for part in sayable(fields.replace(";", ","), unsaid).split(","))):
        item = items.get(field)
        if item is None:
            labels_by_kind.setdefault(begun_small(field), [])
        else:
            labels = labels_by_kind.setdefault(_kind_words(field, item.facts.category), [])
            if field != _BIRTHDAY:  # which is the kind itself
                labels.append(begun_small(label_of(field)))
    return tuple((kind, tuple(dict.fromkeys(labels))) for kind, labels in labels_by_kind.items())


# -- several rows in one line


def in_lines(lines: Sequence[StatementLine], step: int) -> list[StatementLine]:
    """The rows as lines, shorter with each step: each by itself; those alike in one; whatever one recipient was told by one law; each kind of
    recipient but once, with all their names, and once more where the log has no name."""
    keys = (
        lambda line: (line.days, line.kind, line.name, line.items, line.laws, line.lacking),
        lambda line: (line.kind, line.name, line.items, line.laws, line.lacking),
        lambda line: (line.kind, line.name, line.laws, line.lacking),
        lambda line: (line.kind, bool(line.name), line.lacking),
    )
    groups = grouped((keys[step](line), line) for line in lines)
    return [_merged(group) for group in groups.values()]


STEPS = 4
"""How many there are."""


def _merged(group: Sequence[StatementLine]) -> StatementLine:
    first = group[0]
    days = tuple(sorted(day for line in group for day in line.days))
    items: dict[str, dict[str, None]] = {}
    for line in group:
        for kind, labels in line.items:
            items.setdefault(kind, {}).update(dict.fromkeys(labels))
    laws = tuple(dict.fromkeys(law for line in group for law in line.laws))
    return StatementLine(
        days,
        first.kind,
        join_words(list(dict.fromkeys(line.name for line in group if line.name))),
        tuple((kind, tuple(labels)) for kind, labels in items.items()),
        first.purpose,
        laws=laws,
        lacking=first.lacking,
    )


def what_words(items: Iterable[tuple[str, tuple[str, ...]]], *, with_items: bool) -> str:
    """«name and date of birth; address and telephone (town, postcode)»: the items where there are few and they are to be ``with_items``."""
    items = list(items)
    few = with_items and sum(len(labels) for _kind, labels in items) <= _FEW
    return "; ".join(f"{kind} ({', '.join(labels)})" if few and labels else kind for kind, labels in items)
