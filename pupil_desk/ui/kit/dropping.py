"""A file dropped from the desktop."""

from pathlib import Path

from PySide6.QtGui import QDropEvent


def dropped_file(event: QDropEvent) -> Path | None:
    """The one file of this PC that is held over a widget, or let go there; None for several, and for anything else."""
    places = event.mimeData().urls()
    return Path(places[0].toLocalFile()) if len(places) == 1 and places[0].isLocalFile() else None
