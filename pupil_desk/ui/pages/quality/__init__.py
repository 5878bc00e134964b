"""Check records: what is missing or contradicts, and the way to the field that puts it right."""

from pupil_desk.ui.pages.quality.page import QualityPage

__all__ = ["QualityPage"]
