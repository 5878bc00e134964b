"""The attendance register."""

from pupil_desk.ui.pages.register.page import RegisterPage

__all__ = ["RegisterPage"]
