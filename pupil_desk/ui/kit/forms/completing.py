"""Names of which one a line is typed: what is begun is completed from those that are known, the rest marked, so that the next letter replaces it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

_LEAST = 2  # letters: of one many names begin so


class LineCompletion(QObject):
    """Completes the line one types in ``lines`` where one name alone begins so and stands in no other line. What is seen is what is kept: Enter goes on
    to the next line with the name whole, any letter or Delete replaces the rest."""

    def __init__(self, lines: QPlainTextEdit, names: Callable[[], Sequence[str]]) -> None:
        super().__init__(lines)
        self._lines, self._names = lines, names
        self._is_typed = False
        lines.installEventFilter(self)
        lines.textChanged.connect(self._complete)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            self._is_typed = bool(event.text()) and event.text().isprintable()
            cursor = self._lines.textCursor()
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and cursor.hasSelection() and cursor.atBlockEnd():
                cursor.clearSelection()
                self._lines.setTextCursor(cursor)
        return False

    def _complete(self) -> None:
        if not self._is_typed:
            return
        self._is_typed = False
        cursor = self._lines.textCursor()
        line = cursor.block().text()
        others = {other.strip().casefold() for other in self._lines.toPlainText().splitlines()} - {line.strip().casefold()}
        if cursor.hasSelection() or not cursor.atBlockEnd() or len(line.strip()) < _LEAST:
            return
        begun = line.lstrip().casefold()
        found = [name for name in self._names() if name.casefold().startswith(begun) and name.casefold() not in others]
        if len(found) != 1 or len(found[0]) == len(begun):
            return
        place = cursor.position()
        cursor.insertText(found[0][len(begun) :])
        end = cursor.position()
        cursor.setPosition(place)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self._lines.setTextCursor(cursor)
