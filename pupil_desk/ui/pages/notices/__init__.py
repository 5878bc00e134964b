"""Privacy notices: whom they are due to, the papers, and that they were given."""

from pupil_desk.ui.pages.notices.page import NoticesPage

__all__ = ["NoticesPage"]
