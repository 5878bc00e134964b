"""Where the cursor stands on a page, as another run of the program finds it again: after a lock it is where it was."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from pupil_desk.ui.kit.scroll import bring_into_view
from pupil_desk.ui.kit.watch.descendants import descendants, worked_on_in


def cursor_on(page: QWidget) -> dict[str, Any] | None:
    """What has the focus on a page, by its name and its place among those of that name, and how far on in its text; None for nothing on it."""
    field = worked_on_in(page.window())
    if field is None or field is page or not page.isAncestorOf(field):
        return None
    alike = [one for one in descendants(page, type(field)) if _names(one) == _names(field)]
    return {"field": _names(field), "number": alike.index(field), "at": _caret(field)}


def put_cursor(page: QWidget, kept: dict[str, Any]) -> bool:
    """Put the focus back there; False where nothing like it is in sight any more."""
    alike = [one for one in descendants(page, QWidget) if _names(one) == kept["field"]]
    field = alike[kept["number"]] if kept["number"] < len(alike) else None
    if field is None or not field.isVisible() or not field.isEnabled():
        return False
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    bring_into_view(field)
    line = field.lineEdit() if isinstance(field, QComboBox) else field
    if isinstance(line, QLineEdit):
        line.setCursorPosition(kept["at"])
    elif isinstance(line, QPlainTextEdit):
        caret = line.textCursor()
        caret.setPosition(min(kept["at"], len(line.toPlainText())))
        line.setTextCursor(caret)
    return True


def _names(widget: QWidget) -> list[str]:
    return [type(widget).__name__, widget.accessibleName()]


def _caret(field: QWidget) -> int:
    line = field.lineEdit() if isinstance(field, QComboBox) else field
    if isinstance(line, QLineEdit):
        return line.cursorPosition()
    return line.textCursor().position() if isinstance(line, QPlainTextEdit) else 0
