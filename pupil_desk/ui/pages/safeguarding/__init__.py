"""Safeguarding: a concern that anybody writes, and the files that the lead and deputies open."""

from pupil_desk.ui.pages.safeguarding.page import SafeguardingPage

__all__ = ["SafeguardingPage"]
