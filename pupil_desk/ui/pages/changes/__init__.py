"""Changes: what was done last, and undoing it."""

from pupil_desk.ui.pages.changes.page import ChangesPage

__all__ = ["ChangesPage"]
