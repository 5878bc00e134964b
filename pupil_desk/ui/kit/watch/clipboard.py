"""What is copied from the program: kept out of every history and cloud of the clipboard, and taken back after 30 seconds.

Windows' clipboard history reads what is copied as soon as it lies there, and the marks that forbid it must lie there with it
(security reference, 3.5). So copying is done here, before the widget does it, and not put right afterwards.
"""

import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QClipboard, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from pupil_desk.ui.kit.watch.events import watch_events, watch_no_more

KEPT_FOR = 30  # seconds that a copy stays on the clipboard
OURS = "application/x-pupil-desk-copy"
_MARKS = (
    {
        # Qt puts such a type on Windows' clipboard under the name in quotation marks; a DWORD of 0 says no.
        'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': bytes(4),
        'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': bytes(4),
        'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': bytes(4),
    }
    if sys.platform == "win32"
    else {"x-kde-passwordManagerHint": b"secret"}
)
_COPYING = (QLineEdit, QPlainTextEdit, QTextEdit, QLabel, QAbstractSpinBox, QAbstractItemView)


def marked(text: str) -> QMimeData:
    """A text for the clipboard, marked as ours and as nobody's to keep."""
    data = QMimeData()
    data.setText(text)
    for kind, value in {**_MARKS, OURS: b"1"}.items():
        data.setData(kind, value)
    return data


def copy_text(text: str) -> None:
    QApplication.clipboard().setMimeData(marked(text))


def take_back() -> None:
    """Empty the clipboard if what lies there was copied here; what other programs copied is theirs."""
    board = QApplication.clipboard()
    if _is_ours(board):
        board.clear()


def _is_ours(board: QClipboard) -> bool:
    content: QMimeData | None = board.mimeData()  # None when it is empty, on some platforms
    return content is not None and (content.hasFormat(OURS) or (board.ownsClipboard() and bool(content.formats())))


class Copying(QObject):
    """Does the copying and cutting of the whole application, by key and by menu, and takes back what was copied.

    ``clock`` gives seconds of the wall clock, so that sleep counts.
    """

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        super().__init__()
        self._clock, self._since = clock, 0.0
        self._timer = QTimer(self, interval=1_000)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to stand between the widgets and the clipboard."""
        watch_events(self, QEvent.Type.KeyPress, QEvent.Type.Show)
        QApplication.clipboard().dataChanged.connect(self._changed)

    def stop(self) -> None:
        """Take back what is there, and let the widgets copy for themselves."""
        self._timer.stop()
        take_back()
        QApplication.clipboard().dataChanged.disconnect(self._changed)
        watch_no_more(self)

    def look(self) -> None:
        """Compare with the wall clock; called each second while a copy is there. A clock set back takes it at once."""
        if not 0 <= self._clock() - self._since < KEPT_FOR:
            self._timer.stop()
            take_back()

    def _changed(self) -> None:
        board = QApplication.clipboard()
        if not _is_ours(board):
            self._timer.stop()
            return
        self._since = self._clock()
        self._timer.start()
        if board.mimeData().hasText() and not board.mimeData().hasFormat(OURS):  # a way of copying that passed by here
            copy_text(board.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        kind = event.type()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, _COPYING):
            cuts = event.matches(QKeySequence.StandardKey.Cut)
            return (cuts or event.matches(QKeySequence.StandardKey.Copy)) and copy_from(watched, cuts=cuts)
        if kind == QEvent.Type.Show and isinstance(watched, QMenu):
            _take_over(watched)
        return False


def copy_from(widget: QWidget, *, cuts: bool = False) -> bool:
    """Copy what is selected in a widget, and cut it out there if asked to. False when there is nothing that could be."""
    if isinstance(widget, QAbstractSpinBox):
        line = widget.findChild(QLineEdit)
        return line is not None and copy_from(line, cuts=cuts)
    text = _selected(widget)
    if not text or (cuts and not _may_change(widget)):
        return False
    copy_text(text)
    if cuts and isinstance(widget, QLineEdit):
        widget.del_()
    elif cuts and isinstance(widget, QPlainTextEdit | QTextEdit):
        widget.textCursor().removeSelectedText()
    return True


def _selected(widget: QWidget) -> str:
    """The text that copying would copy: nothing of a hidden password, and of a list the cell that is in view as current."""
    if isinstance(widget, QLineEdit):
        return widget.selectedText() if widget.echoMode() == QLineEdit.EchoMode.Normal else ""
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return widget.textCursor().selection().toPlainText()
    if isinstance(widget, QLabel):
        return widget.selectedText()
    if isinstance(widget, QAbstractItemView):
        return str(widget.currentIndex().data(Qt.ItemDataRole.DisplayRole) or "")
    return ""


def _may_change(widget: QWidget) -> bool:
    return isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit) and not widget.isReadOnly()


def _take_over(menu: QMenu) -> None:
    """Put our own Copy and Cut in the place of Qt's, in the menu of a field: they look the same."""
    if _field_of(menu) is None:
        return
    for qt_action in menu.actions():
        if qt_action.objectName() in ("edit-copy", "edit-cut"):
            own_action = QAction(qt_action.icon(), qt_action.text(), menu)
            own_action.setObjectName(qt_action.objectName())
            own_action.setEnabled(qt_action.isEnabled())
            own_action.triggered.connect(_copier(menu, cuts=qt_action.objectName() == "edit-cut"))
            menu.insertAction(qt_action, own_action)
            qt_action.setVisible(False)
            qt_action.setObjectName("")


def _field_of(menu: QMenu) -> QWidget | None:
    """The field whose menu this is; the parent may be the part of it that scrolls."""
    field = menu.parentWidget()
    while field is not None and not isinstance(field, _COPYING):
        field = field.parentWidget()
    return field


def _copier(menu: QMenu, *, cuts: bool) -> Callable[[], None]:
    """Copies from the field of a menu. It does not hold the field: that would then end inside the end of its own menu."""

    def copy() -> None:
        field = _field_of(menu)
        if field is not None:
            copy_from(field, cuts=cuts)

    return copy
