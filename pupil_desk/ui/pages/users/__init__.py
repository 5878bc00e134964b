"""The users of the file."""

from pupil_desk.ui.pages.users.page import UsersPage

__all__ = ["UsersPage"]
