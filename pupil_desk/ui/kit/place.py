"""A place within a record, as one text that ``go`` carries to a page: whose record, which part, which record of it, which field."""

from dataclasses import dataclass

_WITHIN, _BETWEEN = "#", "/"


@dataclass(frozen=True, slots=True)
class Place:
    """``object_id`` alone is the record as a whole.

    ``part`` is a part of it, such as «contacts»; ``kind`` the catalogue's name of a record there, and ``row_id`` its identity,
    empty for one that is not on file yet; ``item`` the field.
    """

    object_id: str
    part: str = ""
    kind: str = ""
    row_id: str = ""
    item: str = ""

    def __str__(self) -> str:
        if not self.part:
            return self.object_id
        return self.object_id + _WITHIN + _BETWEEN.join((self.part, self.kind, self.row_id, self.item))


def place_of(text: str) -> Place:
    """The place that a text means; an identity alone is the record as a whole."""
    object_id, _sign, part_text = text.partition(_WITHIN)
    parts = part_text.split(_BETWEEN)
    return Place(object_id, *parts) if part_text and len(parts) == 4 else Place(object_id)
