"""Transport: the routes by which pupils come and go, and the sheet of each for whoever drives."""

from pupil_desk.ui.pages.transport.page import TransportPage

__all__ = ["TransportPage"]
