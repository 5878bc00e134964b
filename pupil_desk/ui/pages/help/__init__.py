"""The help, in the program."""

from pupil_desk.ui.pages.help.page import HelpPage

__all__ = ["HelpPage"]
