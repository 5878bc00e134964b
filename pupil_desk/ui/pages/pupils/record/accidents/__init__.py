"""The accident book, as a part of a pupil's record."""

from pupil_desk.ui.pages.pupils.record.accidents.part import AccidentsPart

__all__ = ["AccidentsPart"]
