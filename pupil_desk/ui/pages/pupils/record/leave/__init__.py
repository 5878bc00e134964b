"""The part *Leave* of a pupil's record: what the family asks for, and what was decided."""

from pupil_desk.ui.pages.pupils.record.leave.part import LeavePart

__all__ = ["LeavePart"]
