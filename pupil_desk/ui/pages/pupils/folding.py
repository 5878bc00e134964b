"""The list of pupils gives way to the record that somebody went to, where there is no room for both, and comes back when it is asked for."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget

from pupil_desk.ui.kit.heading import Heading
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.watch.presses import once_calm
from pupil_desk.ui.pages.pupils.list.listing import PupilList
from pupil_desk.ui.style.look import sized

_BOTH_FROM = 900  # width at 100 % from which the list stands beside a record that somebody went to


class Folding(QObject):
    """Folds the list away and unfolds it. The record is told, once it is made."""

    def __init__(self, listed: PupilList, panes: Panes, heading: Heading) -> None:
        super().__init__(panes)
        self._listed, self._panes, self._heading = listed, panes, heading
        self._record: QWidget | None = None
        self._is_to_fold = False
        panes.installEventFilter(self)

    def follow(self, record: QWidget) -> None:
        """The record, made now: its button asks for the list."""
        self._record = record
        record.list_wanted.connect(self._on_list_wanted)  # type: ignore[attr-defined]  # which is imported when the first pupil is chosen

    def fold(self) -> None:
        """A record that somebody went to has the whole width, where the list would leave it too little.

        After a double click on a row only once the click is over: else a link of the record would come under the pointer.
        """
        self._is_to_fold = True
        once_calm(self._panes, self._fold, place=self._panes)

    def _fold(self) -> None:
        if self._is_to_fold:
            self._is_to_fold = False
            self._show(both=self._panes.width() >= sized(_BOTH_FROM))

    def unfold(self) -> None:
        """The list is seen again."""
        self._is_to_fold = False
        self._show(both=True)

    def panes(self, beside: QWidget) -> list[QWidget]:
        """The list, while it is seen, and what stands beside it."""
        return [beside] if self._listed.isHidden() else [self._listed, beside]

    def _on_list_wanted(self) -> None:
        self.unfold()
        self._listed.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, *, both: bool) -> None:
        self._listed.setVisible(both)
        self._heading.show_title(both)
        if self._record is not None:
            self._record.stand_alone(not both)  # type: ignore[attr-defined]  # both views of a record have it

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The list comes back once there is room for it."""
        if event.type() is QEvent.Type.Resize and self._listed.isHidden() and self._panes.width() >= sized(_BOTH_FROM):
            self.unfold()
        return False
