"""Import: choose a file, see what it would do and mend it, keep it."""

from pupil_desk.ui.pages.importing.page import ImportPage

__all__ = ["ImportPage"]
