"""Backups, moving the unit's file, and whether all is well with it and this PC."""
