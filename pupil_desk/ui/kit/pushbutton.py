"""The button of the house: pressed by Enter and by its letter, as a person expects."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPaintEvent, QPalette, QShortcutEvent
from PySide6.QtWidgets import QPushButton, QStyleOptionButton

from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.icons import icon
from pupil_desk.ui.style.look import dress_anew, sized


class PushButton(QPushButton):
    """A button that Enter presses as Space does, wherever it stands: Qt grants that to dialogs alone. Its letter presses it at once.

    Qt would press it a tenth of a second later, whatever has been opened meanwhile, such as a question.
    """

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QShortcutEvent) and not event.isAmbiguous():
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.click()
            return True
        return super().event(event)

    def be_main(self, sign: str, *, is_main: bool) -> None:
        """Be the main button of its place, or one among others, with its sign in the colour of its words."""
        if is_main == (self.property("look") == "primary"):
            return
        self.setProperty("look", "primary" if is_main else "")
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
