"""Carries news of what changed from the page that changed it to all the others."""

from PySide6.QtCore import QObject, Signal

from pupil_desk.domain.changes import Changed


class News(QObject):
    """One signal for everybody: ``changed`` carries a domain ``Changed``."""

    changed = Signal(object)

    def tell(self, changed: Changed) -> None:
        """Pass news on."""
        self.changed.emit(changed)
