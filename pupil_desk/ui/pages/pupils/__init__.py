"""Pupils: the list, and the record of the one chosen."""

from pupil_desk.ui.pages.pupils.page import PupilsPage

__all__ = ["PupilsPage"]
