"""Backups: made, proved, restored to a new name."""

from pupil_desk.ui.pages.backup.page import BackupPage

__all__ = ["BackupPage"]
