"""Requests that the law lets people make about data, and complaints: the list, a case with its steps and letters, a new one."""

from pupil_desk.ui.pages.requests.page import RequestsPage

__all__ = ["RequestsPage"]
