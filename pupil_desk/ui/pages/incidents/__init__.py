"""Incidents: the list, a new one typed by keyboard, one of them with what must be done about it."""

from pupil_desk.ui.pages.incidents.page import IncidentsPage

__all__ = ["IncidentsPage"]
