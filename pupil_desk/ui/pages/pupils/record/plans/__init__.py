"""The part *Plans* of a pupil's record: the plans, and what was done about them."""

from pupil_desk.ui.pages.pupils.record.plans.part import PlansPart

__all__ = ["PlansPart"]
