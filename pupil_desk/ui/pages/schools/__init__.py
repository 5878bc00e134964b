"""Schools: with whom one speaks there, what is sent to each on Friday, and where the registers contradict each other."""

from pupil_desk.ui.pages.schools.page import SchoolsPage

__all__ = ["SchoolsPage"]
