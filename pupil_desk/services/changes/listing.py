"""What was done last, newest first: one line an act, and each act's own changes.

What was changed, in words: items and their values, records, acts.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pupil_desk.basics.clock import stamp
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.domain.catalogue.catalogue import RECORDS, record_word
from pupil_desk.domain.catalogue.items import Item, Kind, items_of
from pupil_desk.domain.catalogue.validation import read, show
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import acts as store
from pupil_desk.store.rows import amendments
from pupil_desk.store.rows.acts import ActRow
from pupil_desk.store.tables import ledger, pupils, staff

SOURCES = {
    "form": _("On the screen"),
    "import": _("From a file"),
    "paper": _("From a register on paper"),
    "period": _("A period began or ended"),
    "bulk": _("Several pupils at once"),
    "merge": _("Two records merged or parted"),
    "undo": _("Undoing"),
    "suspension": _("With a suspension"),
    "route": _("A route was renamed"),
}
_NAMED = 4  # items named in one line


def item_label(kind: str, name: str) -> str:
    """An item's label; what is no item of the catalogue by its own name."""
    return next((item.label for item in items_of(RECORDS[kind]) if item.name == name), name)


def value_words(desk: Desk, kind: str, name: str, value: str | None) -> str:
    """A kept value as a person reads it; as it stands where it can no longer be read."""
    if value is None:
        return ""
    item = next((item for item in items_of(RECORDS[kind]) if item.name == name), None)
    return value if item is None else in_words(desk, item, value)


def in_words(desk: Desk, item: Item, value: str) -> str:
    """A kept value of an item as a person reads it."""
    if item.kind is Kind.YES_NO:
        return show(item, value == "1")
    reading = read(item, value, desk.today)
    return show(item, reading.value) if reading.value is not None else value


def sentence(row: ActRow) -> str:
    """What an act did, in a line: «Added: contact», «Changed: town, telephone», «12 marks entered in the register»."""
    parts = []
    kind = begun_small(record_word(row.kinds[0])) if len(row.kinds) == 1 else _("record")
    if row.records_added:
        with_all = row.pupils == 1 and "pupil" in row.kinds and not row.changed  # a pupil, with what came with them
        parts.append(
            _("Added: {what}").format(what=_("pupil") if with_all else kind if row.records_added == 1 else _records(row.records_added))
        )
    if row.records_removed:
        parts.append(_("Taken away: {what}").format(what=kind if row.records_removed == 1 else _records(row.records_removed)))
    if row.changed and not row.records_removed:
        parts.append(_("Changed: {what}").format(what=_items(row)))
    if row.marks:
        parts.append(_("{marks} entered in the register").format(marks=count_of(row.marks, _("mark"), _("marks"))))
    return "; ".join(parts) or _("Marks entered in the register")


def _records(number: int) -> str:
    return count_of(number, _("record"), _("records"))


def _items(row: ActRow) -> str:
    if not 1 <= len(row.items) <= _NAMED or row.pupils > 1:
        return count_of(row.changed, _("item"), _("items"))
    return join_words([begun_small(item_label(kind, name)) for kind, name in row.items])


@dataclass(frozen=True, slots=True)
class Act:
    """One act: what one person did in one go. ``records`` were added or taken away, ``items`` changed.

    ``subject`` is one pupil's name, or how many pupils; ``why_not`` says why it is not undone here.
    """

    key: str
    moment: str
    staff_id: str
    staff_name: str
    source: str
    kinds: tuple[str, ...]
    records: int
    items: int
    subject: str
    pupil_id: str
    summary: str
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change of an act, in words. ``label`` is the item's; empty for a whole record, of which ``after`` says what became."""

    record_id: str
    pupil_id: str
    pupil: str
    record: str
    label: str
    before: str
    after: str


def recent(
    desk: Desk, *, own_only: bool = False, days: int | None = None, pupil_ids: Collection[str] | None = None, limit: int = 100
) -> list[Act]:
    """The newest acts first, at most ``limit``: only one's own, of the last so many days, about any of these pupils. Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    since = stamp(desk.clock.now() - timedelta(days=days)) if days else ""
    rows = store.recent(desk.vault, actor=desk.user.id if own_only else "", since=since, pupils=pupil_ids, limit=limit)
    names = {member.id: member.name for member in staff.all_staff(desk.vault)}
    return [_act(desk, row, names) for row in rows]


def _act(desk: Desk, row: ActRow, names: dict[str, str]) -> Act:
    return Act(
        key=row.key,
        moment=row.moment,
        staff_id=row.actor,
        staff_name=names.get(row.actor) or _("Someone who has left"),
        source=row.source,
        kinds=row.kinds,
        records=row.records_added + row.records_removed,
        items=row.changed,
        subject=_subject(desk, row),
        pupil_id=row.pupil_id,
        summary=sentence(row),
        why_not=why_not(desk, row),
    )


def _subject(desk: Desk, row: ActRow) -> str:
    if row.pupil_id:
        pupil = pupils.get(desk.vault, row.pupil_id)
        return f"{pupil.surname}, {pupil.forename}" if pupil else _("A pupil no longer on file")
    return count_of(row.pupils, _("pupil"), _("pupils")) if row.pupils else ""


def why_not(desk: Desk, row: ActRow) -> str:
    """Why an act cannot be undone here; empty where it can."""
    if row.last == 0:
        return _("A mark is never taken back. Amend it in the Register, with the reason.")
    if row.source == "merge":
        return _("Part the two records again on the pupil’s own page.")
    if row.source == "period":
        return _("It followed from a day that came. Change the period on the pupil’s own page.")
    if row.source == "route":
        return _("A route was renamed with it. Give it its old name on the page Transport.")
    if row.source == "undo" and any(undone["act"] == row.act for undone in ledger.imports_undone(desk.vault)):
        return _("A file was undone by it, with marks and choices that do not come back here. Read the file in again.")
    if row.actor != desk.user.id and not desk.may(Action.UNDO_OTHERS):
        return _("Another person did this. An assistant head or a data officer may undo it.")
    return ""


def of_act(desk: Desk, key: str, *, limit: int = 500) -> list[ChangeLine]:
    """What an act changed, in order, at most ``limit`` lines; that values were looked at is logged, as for the record itself. Raises NotAllowed."""
    rows = store.rows_of(desk.vault, key, limit)
    owners = {row["pupil_id"] for row in rows}
    kind, object_id = ("pupil", owners.pop()) if len(owners) == 1 else ("act", key.partition("|")[0])
    desk.viewed(kind, object_id)
    return [line_of(desk, row) for row in rows]


def line_of(desk: Desk, row: Any, *, as_undone: bool = False) -> ChangeLine:
    """An amendment in words; ``as_undone`` tells it the other way round, as undoing it would."""
    kind, is_whole = row["kind"], row["item"] == amendments.WHOLE
    old, new = (row["new"], row["old"]) if as_undone else (row["old"], row["new"])
    if is_whole:
        was_taken_away = (row["old"] == amendments.HELD) is not as_undone
        before, after = "", _("Taken away") if was_taken_away else _("Put back") if as_undone else _("Added")
    else:
        before, after = (value_words(desk, kind, row["item"], value) for value in (old, new))
    return ChangeLine(
        row["record_id"],
        row["pupil_id"],
        (f"{row['surname']}, {row['forename']}" if row["surname"] else _("A pupil no longer on file")),
        record_word(kind),
        "" if is_whole else item_label(kind, row["item"]),
        before=before,
        after=after,
    )
