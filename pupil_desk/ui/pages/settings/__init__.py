"""The unit's details, people, services, school year and cautions."""

from pupil_desk.ui.pages.settings.page import SettingsPage

__all__ = ["SettingsPage"]
