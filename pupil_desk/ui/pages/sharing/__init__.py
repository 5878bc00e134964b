"""Sharing: what was said about telling others, and who would receive what."""

from pupil_desk.ui.pages.sharing.page import SharingPage

__all__ = ["SharingPage"]
