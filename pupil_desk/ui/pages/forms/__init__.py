"""Forms on paper: printed with a code, read back from a scan, confirmed, and those that are not back."""

from pupil_desk.ui.pages.forms.page import FormsPage

__all__ = ["FormsPage"]
