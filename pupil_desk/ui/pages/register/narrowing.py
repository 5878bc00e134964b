"""Which pupils of the register are in view: all, or those of one group; and the box that finds one by name."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.services.register import RegisterRow
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.lists.find_pupil import FindBox
from pupil_desk.ui.kit.low.foldable import Foldable
from pupil_desk.ui.kit.watch.presses import once_calm
from pupil_desk.ui.kit.words import flow_in, name_label
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized


def found(rows: Sequence[RegisterRow], typed: str, after: int = -1) -> int | None:
    """The next row, behind ``after`` and round again, of which a name or the number begins with what was typed."""
    words = fold(typed)
    for step in range(1, len(rows) + 1):
        place = (after + step) % len(rows)
        name = fold(rows[place].name)
        if words and any(text.startswith(words) for text in (name, *name.replace(",", " ").split(), fold(rows[place].ref))):
            return place
    return None


class NarrowBar(Foldable):
    """``group_wanted`` carries the key of another group, ``name_typed`` what is typed to find a pupil, ``left`` that one goes back to the grid.

    In a low window the name of the box to find in stands in it."""

    group_wanted = Signal(str)
    name_typed = Signal(str)
    left = Signal()

    def __init__(self, grid: Callable[[], QWidget]) -> None:
        super().__init__()
        self.group = ChoiceBox([("", _("All pupils"))], name=_("Group"))
        self.find_box = FindBox(_("Find a pupil in the register"), grid)
        self.find_box.setFixedWidth(sized(tokens.FIELD) * 3 // 8)
        names = name_label(_("&Group"), self.group, wraps=False), name_label(_("F&ind"), self.find_box, wraps=False)
        self._find_name = names[1]
        flow_in(self, names[0], self.group, names[1], self.find_box)
        self.fold(is_low=False)
        # once calm: the list of the box may have lain over the rows, of which others come under the pointer
        self.group.activated.connect(lambda _place: once_calm(self, self._want_group, place=grid()))
        self.find_box.textEdited.connect(self.name_typed)
        self.find_box.chose.connect(self._leave)
        self.find_box.left.connect(self._leave)

    def _want_group(self) -> None:
        self.group_wanted.emit(self.group.key())

    def fold(self, *, is_low: bool) -> None:
        self._find_name.setHidden(is_low)
        self.find_box.setPlaceholderText(_("Find (Ctrl+F)") if is_low else _("Name (Ctrl+F)"))

    def show_groups(self, groups: Sequence[tuple[str, str]]) -> None:
        """Offer these; the one chosen stays, though nobody be of it on these days."""
        key, words = self.group.key(), self.group.currentText()
        options = [("", _("All pupils")), *groups]
        self.group.offer([*options, *([] if key in dict(options) else [(key, words)])], key)

    def focus_find(self) -> None:
        """To the box that finds a pupil."""
        self.find_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.find_box.selectAll()

    def _leave(self) -> None:
        self.find_box.clear()
        self.left.emit()
