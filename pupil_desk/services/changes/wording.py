"""What was changed, in words: items and their values, records, acts."""

from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.domain.catalogue.catalogue import RECORDS
from pupil_desk.domain.catalogue.items import Item, Kind, items_of
from pupil_desk.domain.catalogue.labels import record_word
from pupil_desk.domain.catalogue.validation import read, show
from pupil_desk.services.desk import Desk
from pupil_desk.store.rows.acts import ActRow

SOURCES = {
    "form": _("On the screen"),
    "import": _("From a file"),
    "period": _("A period began or ended"),
    "bulk": _("Several pupils at once"),
    "merge": _("Two records merged or parted"),
    "undo": _("Undoing"),
    "suspension": _("With a suspension"),
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
