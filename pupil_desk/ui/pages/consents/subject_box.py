"""The choice of a consent or a trip, which a lock keeps: replies entered after it would else be of another."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QMouseEvent

from pupil_desk.basics.words import _
from pupil_desk.ui.kit.forms.codebox import ChoiceBox


class SubjectBox(ChoiceBox):
    """Offers what can be asked for, by the keys of ``asking.subjects``. ``left_as_it_was`` comes when a click opened its list and nothing else was chosen."""

    left_as_it_was = Signal()

    def __init__(self) -> None:
        super().__init__(name=_("Consent, or trip"))
        self._clicked_at: str | None = None  # the key when a click opened the list
        self.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(28)

    def view_kept(self) -> str:
        """What is chosen."""
        return self.key()

    def take_view(self, kept: str) -> None:
        """Choose it again, where it is still offered."""
        if self.findData(kept) >= 0:
            self.set_key(kept)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        self._clicked_at = self.key()
        super().mouseReleaseEvent(event)

    def showPopup(self) -> None:  # noqa: N802 - Qt's name
        super().showPopup()
        self.view().window().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Hide and watched is self.view().window():
            QTimer.singleShot(0, self, self._on_closed)  # Qt closes the list first, and then takes the line
        return super().eventFilter(watched, event)

    def _on_closed(self) -> None:
        before, self._clicked_at = self._clicked_at, None
        if before == self.key():
            self.left_as_it_was.emit()
