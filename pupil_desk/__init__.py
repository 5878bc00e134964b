"""Pupil Desk: pupil records, and who may be told what, for small alternative-provision units."""

__version__ = "0.2.0"
