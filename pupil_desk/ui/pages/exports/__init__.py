"""Exports: who would receive what, the file and its receipt, and the exports made."""

from pupil_desk.ui.pages.exports.page import ExportsPage

__all__ = ["ExportsPage"]
