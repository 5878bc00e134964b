"""A file dropped from the desktop."""

from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent


class TakesDroppedFile:
    """Beside a widget in a class that accepts drops: one file of this PC is handed to ``on_dropped``; several, and anything else, are not taken."""

    def on_dropped(self, path: Path) -> None:
        """Take it."""
        raise NotImplementedError

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        if _dropped_file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        path = _dropped_file(event)
        if path is not None:
            event.acceptProposedAction()
            self.on_dropped(path)


def _dropped_file(event: QDropEvent) -> Path | None:
    """The one file of this PC that is held over a widget, or let go there; None for several, and for anything else."""
    places = event.mimeData().urls()
    return Path(places[0].toLocalFile()) if len(places) == 1 and places[0].isLocalFile() else None
