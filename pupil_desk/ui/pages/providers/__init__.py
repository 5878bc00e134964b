"""Providers: who teaches pupils for the unit elsewhere, what was seen of each, and the sessions that each is to confirm."""

from pupil_desk.ui.pages.providers.page import ProvidersPage

__all__ = ["ProvidersPage"]
