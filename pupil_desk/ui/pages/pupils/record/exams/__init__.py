"""Exams, as a part of a pupil's record."""

from pupil_desk.ui.pages.pupils.record.exams.part import ExamsPart

__all__ = ["ExamsPart"]
