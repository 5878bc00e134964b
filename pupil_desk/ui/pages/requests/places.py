"""The unit's own list of places to search: add one, call it something else, no longer use it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.requests.case import SearchPlace
from pupil_desk.services.program import keys
from pupil_desk.services.requests import places
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.keys import shortcut_within
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.words import allow, button, column_in, flow_of, growing, label
from pupil_desk.ui.style import tokens


class PlacesView(QWidget):
    """``closed`` comes when the person is done."""

    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        columns = (
            Column[SearchPlace]("name", _("Place"), lambda place: place.name, stretch=True, width=20),
            Column[SearchPlace]("hint", _("What to think of"), lambda place: place.hint, stretch=True, width=20),
        )
        self.table: Table[SearchPlace] = Table(
            columns, name=_("Places to search"), id_of=lambda place: place.place_id, stands_on_first=False
        )
        self.add_button = button(_("&Add a place…"), self.add, "primary", icon_name="plus")
        self.rename_button = button(_("Call it &something else…"), self.rename, icon_name="pencil-simple")
        self.retire_button = button(_("No longer &use it…"), self.retire, icon_name="prohibit")
        self.back_button = button(_("&Back to the requests (Esc)"), self.closed.emit)
        text = _("Each request for a copy lists them, and each is ticked off. What was searched under an earlier name stays as it was.")
        column_in(
            self,
            tokens.S,
            label(_("Places to search outside this program"), "subhead"),
            label(text, "hint"),
            flow_of(self.add_button, self.rename_button, self.retire_button, self.back_button),
            growing(self.table),
        )
        allow(self.add_button, context.desk.may(Action.HANDLE_REQUEST), only(Action.HANDLE_REQUEST))
        self.table.current_changed.connect(self._on_row_changed)
        self.table.opened.connect(lambda _place: self.rename())
        self._on_row_changed(None)
        shortcut_within(self, keys.ESC.sequence, self.closed.emit)

    def refresh(self) -> None:
        """The places as they are now."""
        self.table.show_rows(places.in_use(self.context.desk))

    def _on_row_changed(self, place: SearchPlace | None) -> None:
        may = self.context.desk.may(Action.HANDLE_REQUEST)
        for widget in (self.rename_button, self.retire_button):
            allow(widget, may and place is not None, _("Choose a place first") if may else only(Action.HANDLE_REQUEST))

    def add(self) -> None:
        """Ask for the name of a new one."""
        name = self.context.ask.text(_("Add a place"), _("Where else may data about pupils lie?"), _("Place"), verb=_("Add it"))
        if name is not None and self.context.keep(lambda: places.add(self.context.desk, name), _("Added.")):
            self.refresh()

    def rename(self) -> None:
        """Ask for another name of the one chosen."""
        place = self.table.current()
        if place is None or not self.rename_button.isEnabled():
            return
        words = _("Until now “{place}”. Cases in which it was searched keep the old name.").format(place=place.name)
        name = self.context.ask.text(_("What is it called now?"), words, _("Place"), value=place.name, verb=_("Rename it"))
        if name is not None and self.context.keep(lambda: places.rename(self.context.desk, place, name), _("Renamed.")):
            self.refresh()

    def retire(self) -> None:
        """No longer list the one chosen, once it is agreed."""
        place = self.table.current()
        if place is None:
            return
        text = _("“{place}” is no longer listed among the places to search. Where it was searched, that stays on file.").format(
            place=place.name
        )
        if self.context.ask.confirm(
            _("No longer use this place?"), text, _("No longer use it"), stay=_("Keep it in use")
        ) and self.context.keep(lambda: places.retire(self.context.desk, place), _("It is no longer listed.")):
            self.refresh()
