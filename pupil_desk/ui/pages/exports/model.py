"""The rows of the preview: what an export would hold of each pupil on roll, as the export itself selects them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _, listed
from pupil_desk.domain.protection import Protection
from pupil_desk.domain.pupil import Pupil
from pupil_desk.domain.sharing import RECIPIENTS
from pupil_desk.services import sharing
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import export_named
from pupil_desk.services.exports.export import LeftOut
from pupil_desk.services.exports.making import Order, asked
from pupil_desk.services.notice_text import label_of
from pupil_desk.services.sharing import PreviewRow
from pupil_desk.ui.kit.rows import Column

_ADDRESS = frozenset({"address_1", "address_2", "locality", "town", "county", "postcode"})
_BY = {"rule": _("The rule"), "parent": _("A parent"), "pupil": _("The pupil")}


@dataclass(frozen=True, slots=True)
class Row:
    """One pupil: the level that goes («» for left out), who decided, why, the items, and the protections in the way.

    ``held_back`` is true of a protected pupil who would go, but was not confirmed by name.
    """

    pupil: Pupil
    level: str
    decided_by: str
    reason: str
    items: tuple[str, ...]
    withheld: tuple[str, ...]
    protections: tuple[Protection, ...]
    held_back: bool

    @property
    def id(self) -> str:
        """The pupil's."""
        return self.pupil.id

    @property
    def confirmable(self) -> bool:
        """Whether only a data officer's word stands between this pupil and the file."""
        return self.held_back or (bool(self.protections) and bool(self.level))


def rows_of(desk: Desk, name: str, day: date, confirmed: Collection[str]) -> list[Row]:
    """The rows of an export's preview: those who go, then those left out, each by name. Raises WrongUse."""
    export = export_named(desk, name)
    judged = {row.pupil.id: row for row in sharing.preview(desk, name, day)} if name in RECIPIENTS else {}
    selection = export.select(desk, asked(desk, export, Order(reason="", on=day, confirm=frozenset(confirmed))))
    told = [
        Row(t.pupil, t.level, t.decided_by, t.reason, t.items, _withheld(export.items, t.items, judged.get(t.pupil.id)),
            t.protections or _protections(judged.get(t.pupil.id)), held_back=False)
        for t in selection.told
    ]  # fmt: skip
    left = [_left_out(lo, judged.get(lo.pupil.id)) for lo in selection.left_out]
    return [*told, *left]


def _left_out(left: LeftOut, row: PreviewRow | None) -> Row:
    by = row.decision.decided_by if row is not None else ""
    held_back = bool(left.protections) or (row is not None and bool(row.decision.items))
    return Row(left.pupil, "", by, left.reason, (), (), left.protections or _protections(row), held_back)


def _withheld(every: tuple[str, ...], items: tuple[str, ...], row: PreviewRow | None) -> tuple[str, ...]:
    return row.withheld if row is not None else tuple(item for item in every if item not in items)


def _protections(row: PreviewRow | None) -> tuple[Protection, ...]:
    return row.protections if row is not None else ()


def counted(rows: Sequence[Row]) -> str:
    """«24 minimum, 20 full, 12 left out»."""
    levels = codelist("level")
    parts = [
        f"{number} {levels.label_of(level).lower()}"
        for level in dict.fromkeys(row.level for row in rows if row.level)
        if (number := sum(row.level == level for row in rows))
    ]
    left_out = sum(not row.level for row in rows)
    return ", ".join([*parts, _("{count} left out").format(count=left_out)])


def protection_words(row: Row) -> str:
    """«address withheld and order or restriction»."""
    kinds = codelist("protection_kind")
    return listed(sorted({kinds.label_of(p.kind).lower() for p in row.protections}))


def items_words(row: Row) -> str:
    """Why, what goes and what is withheld, in the words of the catalogue."""
    if not row.items:
        return _("{why} Nothing goes.").format(why=row.reason)
    goes = _("{why} Goes: {items}.").format(why=row.reason, items=_listed(row.items))
    if not row.withheld:
        return goes
    return goes + " " + _("Withheld: {items}.").format(items=_listed(row.withheld))


def _listed(items: Sequence[str]) -> str:
    """The labels; the parts of one address in a word."""
    words = {"pupil": _("address"), "contact": _("contact: address")}
    found = dict.fromkeys(
        words[item.split(".")[0]] if item.split(".")[1] in _ADDRESS else _as_running(label_of(item)) for item in items
    )
    return listed(list(found))


def _as_running(label: str) -> str:
    """A label inside a sentence: «UPN» stays, «Date of birth» begins small."""
    first = label.split(maxsplit=1)[0]
    return label if len(first) > 1 and first.isupper() else label[:1].lower() + label[1:]


def _level(row: Row) -> str:
    if row.held_back:
        return _("Left out: protected")
    return codelist("level").label_of(row.level) if row.level else _("Left out")


def _sign(row: Row) -> str:
    if row.protections:
        return "shield-warning"
    return {"full": "check-circle", "minimum": "circle-half"}.get(row.level, "prohibit")


COLUMNS = (
    Column[Row]("pupil", _("Pupil"), lambda row: f"{row.pupil.surname}, {row.pupil.forename}", width=18),
    Column[Row]("level", _("Level"), _level, icon=_sign, width=22),
    Column[Row]("by", _("Decided by"), lambda row: _BY.get(row.decided_by, row.decided_by), width=12),
    Column[Row]("reason", _("Why"), lambda row: row.reason, stretch=True, width=16),
)
