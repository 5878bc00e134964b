"""Consents: how each stands for a pupil, a class or a trip, and the types there are."""

from pupil_desk.ui.pages.consents.page import ConsentsPage

__all__ = ["ConsentsPage"]
