"""Places agreed with schools: the part of the record."""

from pupil_desk.ui.pages.pupils.record.agreed.part import SchoolPlacesPart

__all__ = ["SchoolPlacesPart"]
