"""This PC: is it a safe place for the records, and does the installation work."""

from pupil_desk.ui.pages.this_pc.page import ThisPcPage

__all__ = ["ThisPcPage"]
