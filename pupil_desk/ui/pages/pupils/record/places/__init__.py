"""The parts of the record about places: agreed with schools here, bought from providers, their reviews, and how the pupil comes and goes."""

from pupil_desk.ui.pages.pupils.record.places.agreed import SchoolPlacesPart
from pupil_desk.ui.pages.pupils.record.places.placements import JourneysPart, PlacementsPart

__all__ = ["JourneysPart", "PlacementsPart", "SchoolPlacesPart"]
