"""The parts of a name in a form: which of them stand in a row, and in the order in which they are said."""

from collections.abc import Collection

from pupil_desk.domain.catalogue.items import Item

_NAME_ROWS = (("title", "forename", "surname"), ("forename", "surname"), ("preferred_forename", "preferred_surname"))


def name_rows(names: Collection[str]) -> list[tuple[str, ...]]:
    """The parts of a name that stand in a row among these; one that is part of another is left to it."""
    rows = [name_row for name_row in _NAME_ROWS if set(name_row) <= set(names)]
    return [name_row for name_row in rows if not any(set(name_row) < set(other) for other in rows)]


def names_together(items: list[Item]) -> list[Item]:
    """The items with those of a name in the order in which it is said, at the place of the first of them: title, forename, surname."""
    for name_row in _NAME_ROWS:
        own = {item.name: item for item in items if item.name in name_row}
        if len(own) == len(name_row):
            place = next(place for place, item in enumerate(items) if item.name in own)
            rest = [item for item in items if item.name not in own]
            items = [*rest[:place], *(own[name] for name in name_row), *rest[place:]]
    return items
