"""A field of text that offers names on a list, any part of which finds one: two spellings would be two of them."""

from collections.abc import Sequence
from typing import Any, override

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QCompleter, QLineEdit

from pupil_desk.ui.kit.forms.dropdown import DropDown
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.style.look import dress

_TAKES = frozenset({Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Enter})


class NameCompleter(QCompleter):
    """Finds the names that have what is typed anywhere in them."""

    def __init__(self, names: Sequence[str], line: QLineEdit) -> None:
        super().__init__(line)
        self._names = QStringListModel(list(names), self)
        self.setModel(self._names)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)

    def offer(self, names: Sequence[str]) -> None:
        """Other names in place of these; the list stays, with what watches its keys."""
        self._names.setStringList(list(names))


class LastNameCompleter(NameCompleter):
    """The same for the name after the last comma."""

    def __init__(self, names: Sequence[str], line: QLineEdit) -> None:
        super().__init__(names, line)
        self._line = line

    @override
    def pathFromIndex(self, index: Any) -> str:
        before, comma, _last = self._line.text().rpartition(",")
        return f"{before}{comma} {super().pathFromIndex(index)}".strip() if comma else super().pathFromIndex(index)

    @override
    def splitPath(self, path: str) -> list[str]:
        return [path.rpartition(",")[2].strip()]


class NamesOffered(QObject):
    """The list of names beneath a line, as every drop-down opens: by typing, F4 or Alt+Down, and by a click into an empty line. Kept as long as the line.

    In the open list Enter or Tab takes the only name that begins with what is typed; Esc leaves one's own words.
    """

    def __init__(self, line: QLineEdit, completer: NameCompleter) -> None:
        super().__init__(line)
        self._line, self._completer = line, completer
        line.setCompleter(completer)
        if (popup := completer.popup()) is not None:
            dress(popup)
            self._drop_down = DropDown(line, popup, self._takes_key)
        line.installEventFilter(self)

    def offer(self, names: Sequence[str]) -> None:
        """Other names in place of these."""
        self._completer.offer(names)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if watched is not self._line or self._line.isReadOnly() or not self._line.isEnabled():
            return False
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and _opens(event):
            self._open()
            return True
        if isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseButtonRelease and not self._line.text():
            self._open()
        return False

    def _open(self) -> None:
        self._completer.setCompletionPrefix(self._line.text())
        if not self._completer.completionCount():
            self._completer.setCompletionPrefix("")
        self._completer.complete()

    def _takes_key(self, event: QKeyEvent) -> bool:
        """Light the only name that is meant, which Qt then takes."""
        names, popup = self._completer.completionModel(), self._completer.popup()
        if event.key() in _TAKES and popup is not None and not popup.currentIndex().isValid() and names.rowCount() == 1:
            (beginning,), name = self._completer.splitPath(self._completer.completionPrefix()), str(names.index(0, 0).data())
            if beginning and name.casefold().startswith(beginning.casefold()):
                popup.setCurrentIndex(names.index(0, 0))
        return False


def offer_names(form: Form[Any], item_name: str, names: Sequence[str]) -> None:
    """Offer these in the field of an item, in place of those offered there before."""
    line = form.fields[item_name].editor.field
    assert isinstance(line, QLineEdit)
    if isinstance(before := line.findChild(NamesOffered), NamesOffered):
        before.offer(names)
    else:
        NamesOffered(line, NameCompleter(names, line))


def _opens(event: QKeyEvent) -> bool:
    is_with_alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
    return event.key() == Qt.Key.Key_F4 or (is_with_alt and event.key() == Qt.Key.Key_Down)
