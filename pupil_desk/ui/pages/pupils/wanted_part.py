"""The part of a record that somebody looked for (Ctrl+E) before choosing the pupil."""

from typing import TYPE_CHECKING

from pupil_desk.ui.kit.context import Place

if TYPE_CHECKING:
    from pupil_desk.ui.pages.pupils.record.record import RecordView


class WantedPart:
    """Shown of each pupil who is chosen, by a click or an arrow, until another part is turned to or one pupil is entered."""

    def __init__(self) -> None:
        self._key = ""

    def begin(self, place: Place) -> None:
        """Want the part of a place that names no pupil; with a pupil nothing is left to want."""
        self._key = "" if place.object_id else place.part

    def follow(self, view: "RecordView") -> None:
        """The record, made now: whoever turns to a part wants that one."""
        view.contents.part_chosen.connect(lambda _place: self.take())

    def turn(self, view: "RecordView") -> None:
        """Show it of the pupil in view; the cursor stays where it is."""
        if self._key:
            key = self._key
            view.turn_to(key)
            self._key = key

    def take(self) -> str:
        """Its key, empty for none; from now on none is wanted."""
        key, self._key = self._key, ""
        return key
