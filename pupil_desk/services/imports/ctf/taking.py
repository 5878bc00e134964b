"""What is decided of a record that a row brings beside its pupil: whether a new one is taken, and whose word is kept of one that is here too."""

from typing import Any

from pupil_desk.basics.text import fold
from pupil_desk.domain.catalogue.items import Item, Kind, items_of
from pupil_desk.services.imports.ctf.parts import PARTS, with_label
from pupil_desk.services.imports.kinds import THEIRS, Difference, Judging, ReadPart, Write, writes_over


def same_part(old: Any, part: ReadPart, record: Any, row: int, judging: Judging) -> tuple[tuple[Difference, ...], tuple[Write, ...]]:
    """A record that is here too: each item that differs is shown by itself."""
    title = PARTS[part.record].title(old)
    items = {item.name: with_label(item, part.name, title) for item in items_of(part.record)}
    values = {name: getattr(record, name) for name in part.values if _says_other(getattr(old, name), getattr(record, name))}
    differences = judging.told_apart(row, items, old, values, told={name: getattr(record, name) for name in part.values})
    return differences, writes_over(old, differences, {item.name: name for name, item in items.items()})


def _says_other(old: Any, new: Any) -> bool:
    """Whether two texts are not one but for case and accents, by which a record was found."""
    return not (isinstance(old, str) and isinstance(new, str) and fold(old) == fold(new))


def new_part(part: ReadPart, record: Any, row: int, judging: Judging) -> tuple[tuple[Difference, ...], tuple[Write, ...]]:
    """A record that is not here: one decision, whether to take it."""
    kind = PARTS[part.record]
    item = Item(name=part.name, label=kind.new_title, kind=Kind.TEXT, facts=items_of(part.record)[0].facts)
    difference = Difference(item, None, kind.in_words(record), judging.accept_for(row, part.name), is_record=True)
    return (difference,), (Write(None, record),) if difference.accept == THEIRS else ()
