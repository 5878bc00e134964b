"""On a pupil's sheet: places arranged elsewhere, their reviews and what was returned from there, places that schools agreed here, and what those schools' registers say."""

from pupil_desk.basics.words import _
from pupil_desk.domain.providers.provider_return import ProviderReturn
from pupil_desk.domain.pupils.place_review import BoughtPlaceReview, SchoolPlaceReview
from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.domain.schools.school_mark import SchoolMark
from pupil_desk.domain.schools.school_place import SchoolPlace
from pupil_desk.domain.transport.journey import Journey
from pupil_desk.services.sheet.entries import SheetSection, of_record
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows import several


def sections(vault: Vault, pupil_id: str) -> tuple[SheetSection, ...]:
    """The sections, those with nothing in them too."""
    return tuple(
        SheetSection(name, title, tuple(map(of_record, several.of_pupil(vault, record_type, pupil_id))))
        for name, title, record_type in (
            ("placements", _("Places arranged elsewhere"), Placement),
            ("bought_place_reviews", _("Reviews of places arranged elsewhere"), BoughtPlaceReview),
            ("provider_returns", _("Returns of providers"), ProviderReturn),
            ("journeys", _("Transport"), Journey),
            ("school_places", _("Places agreed with schools"), SchoolPlace),
            ("school_place_reviews", _("Reviews of places agreed with schools"), SchoolPlaceReview),
            ("school_marks", _("Marks in the registers of schools"), SchoolMark),
        )
    )
