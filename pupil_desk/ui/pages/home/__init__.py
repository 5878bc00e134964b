"""What needs doing."""

from pupil_desk.ui.pages.home.page import HomePage

__all__ = ["HomePage"]
