"""The page «Data protection»: what was told, breaches, keeping and erasing, and the papers of the unit's duties."""

from pupil_desk.ui.pages.governance.page import DataProtectionPage

__all__ = ["DataProtectionPage"]
