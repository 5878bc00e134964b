"""The button of the house: pressed by Enter and by its letter, as a person expects. And where a menu opens: beside what opens it, never over it."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPaintEvent, QPalette, QShortcutEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QPushButton, QStyleOptionButton, QWidget

from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.icons import icon
from pupil_desk.ui.style.look import dress_anew, sized


def pressed_by_letter(button: QAbstractButton, event: QEvent) -> bool:
    """Press it at once where the event is its underlined letter, that no other has too.

    Qt would press it a tenth of a second later, whatever has been opened or clicked meanwhile, such as a question.
    """
    if not isinstance(event, QShortcutEvent) or event.isAmbiguous():
        return False
    button.setFocus(Qt.FocusReason.ShortcutFocusReason)
    button.click()
    return True


def corner_beside(opener: QRect, size: QSize, room: QRect) -> QPoint:
    """Where a menu of that size opens within ``room``: beneath what opens it, else above it, else to its right or left; never over it."""
    left = max(room.left(), min(opener.left(), room.right() + 1 - size.width()))
    for top in (opener.bottom() + 1, opener.top() - size.height()):
        if room.top() <= top <= room.bottom() + 1 - size.height():
            return QPoint(left, top)
    right = opener.right() + 1
    fits_right = right + size.width() <= room.right() + 1
    top = max(room.top(), min(opener.top(), room.bottom() + 1 - size.height()))
    return QPoint(right if fits_right else max(room.left(), opener.left() - size.width()), top)


def open_beside(menu: QMenu, opener: QWidget, part: QRect | None = None) -> None:
    """Open a menu beside a widget, or beside a part of it."""
    menu.popup(corner_beside(_on_screen(opener, part or opener.rect()), menu.sizeHint(), opener.screen().availableGeometry()))


def _on_screen(widget: QWidget, part: QRect) -> QRect:
    return QRect(widget.mapToGlobal(part.topLeft()), part.size())


class PushButton(QPushButton):
    """A button that Enter presses as Space does, wherever it stands: Qt grants that to dialogs alone. Its letter presses it at once.

    The menu on it opens beside it: Qt has one that is taller than the room beneath stand over its button, where a second click chooses.
    """

    def setMenu(self, menu: QMenu) -> None:  # noqa: N802 - Qt's name
        super().setMenu(menu)
        menu.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Show and isinstance(watched, QMenu):
            watched.move(corner_beside(_on_screen(self, self.rect()), watched.size(), self.screen().availableGeometry()))
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        return pressed_by_letter(self, event) or super().event(event)

    def be_main(self, sign: str = "", *, is_main: bool) -> None:
        """Be the main button of its place, or one among others, with its sign, if any, in the colour of its words."""
        if is_main == (self.property("look") == "primary"):
            return
        self.setProperty("look", "primary" if is_main else "")
        if sign:
            self.setIcon(icon(sign, QPalette.ColorRole.Base if is_main else QPalette.ColorRole.ButtonText))
        dress_anew(self)

    def initStyleOption(self, option: QStyleOptionButton) -> None:  # noqa: N802 - Qt's name
        """Give the icon room on both sides: a wide glyph would touch the words."""
        super().initStyleOption(option)
        if not option.icon.isNull():
            option.iconSize = QSize(option.iconSize.width() + tokens.S, option.iconSize.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """With the sign of a drop-down where a list hangs on it: Qt's own stays as small as at 100 %."""
        super().paintEvent(event)
        if self.menu() is not None:
            mark = sized(tokens.ICON) * 3 // 4
            place = QRect(self.width() - mark - tokens.S, (self.height() - mark) // 2, mark, mark)
            mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
            icon("caret-down").paint(QPainter(self), place, Qt.AlignmentFlag.AlignCenter, mode)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)
