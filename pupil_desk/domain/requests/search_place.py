"""Where else data may lie, outside the program: a list that the unit makes its own. It says nothing of any pupil."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPlace:
    """One place, as it is called now. ``retired`` is one that is no longer offered; what was searched there stays with its case."""

    place_id: str
    name: str
    hint: str = ""
    retired: bool = False


def in_use(shipped: Iterable[SearchPlace], stored: Iterable[SearchPlace]) -> tuple[SearchPlace, ...]:
    """The places that ship, each as the unit last said it, then the unit's own; without those no longer used."""
    places = {place.place_id: place for place in shipped}
    places |= {place.place_id: place for place in stored}
    return tuple(place for place in places.values() if not place.retired)
