"""The log: who did what, when."""

from pupil_desk.ui.pages.log.page import LogPage

__all__ = ["LogPage"]
