"""The buttons of a head in a row; those that have no room in the one line of a low window stand under «More», before those that always do."""

from collections.abc import Collection, Mapping
from functools import cached_property

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from pupil_desk.basics.words import _
from pupil_desk.ui.kit.words import button, flow_in, made
from pupil_desk.ui.style import tokens


class CommandBar(QWidget):
    """``put`` fills it, in the order of what is done most; then ``put_away`` what stands under «More» in any window."""

    def __init__(self) -> None:
        super().__init__()
        self._buttons: dict[QPushButton, str] = {}  # each with its shortcut
        self._hidden: set[QPushButton] = set()
        self._has_more = False
        self._row = flow_in(self)

    @cached_property
    def _more(self) -> "_MoreMenu":
        more = _MoreMenu(self._buttons)
        self._row.addWidget(more.button)
        return more

    def put(self, command_button: QPushButton, shortcut: str = "") -> None:
        """One more button at the end of the row."""
        self._buttons[command_button] = shortcut
        self._row.addWidget(command_button)

    def put_away(self, entry: QAction) -> None:
        """One more that stands under «More» in any window."""
        self._has_more = True
        self._more.menu.addAction(entry)

    def hide_button(self, command_button: QPushButton, *, hidden: bool) -> None:
        """Whether a button stands nowhere at all; whoever says so has the bar fit its room anew."""
        (self._hidden.add if hidden else self._hidden.discard)(command_button)

    def fit(self, room: int | None) -> None:
        """Leave as many in the row as have so much room in one line, in pixels; None is room for all."""
        shown = [one for one in self._buttons if one not in self._hidden]
        in_row = shown if room is None else self._fitting(shown, room)
        folded = [one for one in shown if one not in in_row]
        for one in self._buttons:
            one.setVisible(one in in_row)
        if made(self, "_more"):
            self._more.show_lines_of(folded)
            self._more.button.setVisible(self._has_more or bool(folded))

    def _fitting(self, shown: list[QPushButton], room: int) -> list[QPushButton]:
        widths = [one.sizeHint().width() + tokens.S for one in shown]
        if not self._has_more and sum(widths) <= room + tokens.S:
            return shown
        room -= self._more.button.sizeHint().width()
        return [one for place, one in enumerate(shown) if sum(widths[: place + 1]) <= room]


class _MoreMenu:
    """A line for each of the buttons, which presses it, and is there only while that has no room."""

    def __init__(self, buttons: Mapping[QPushButton, str]) -> None:
        self.button = button(_("&More"), lambda: None)
        self.menu = QMenu(self.button)
        self.menu.setToolTipsVisible(True)
        self.menu.aboutToShow.connect(self._say_as_buttons)
        self.menu.aboutToHide.connect(self._free)
        self.button.setMenu(self.menu)
        self._lines = {one: QAction(one.text(), self.menu) for one in buttons}
        for one, line in self._lines.items():
            line.triggered.connect(one.click)
            line.setShortcut(QKeySequence(buttons[one]))
            line.setVisible(False)
            self.menu.addAction(line)

    def show_lines_of(self, folded: Collection[QPushButton]) -> None:
        """Only these have no room."""
        for one, line in self._lines.items():
            line.setVisible(one in folded)

    def _say_as_buttons(self) -> None:
        for one, line in self._lines.items():
            line.setText(one.text())
            line.setIcon(one.icon())
            line.setEnabled(one.isEnabled())
            line.setToolTip(one.toolTip())

    def _free(self) -> None:
        """A key presses the button itself, which knows whether it can be pressed now."""
        for line in self._lines.values():
            line.setEnabled(True)
