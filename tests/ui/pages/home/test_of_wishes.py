"""A trip of which answers are missing: by the day by which they are wanted, and its line leads to its list."""

from datetime import date

from pupil_desk.domain.consents.consent import Occasion
from pupil_desk.services.consents import occasions
from pupil_desk.services.desk import Desk
from pupil_desk.ui.pages.home import HomePage
from pupil_desk.ui.pages.home.cards import When
from tests.ui.pages.home.seen import in_group, links
from tests.ui.pages.made import pupil_called


def test_a_trip_leads_to_its_list(page: HomePage, desk: Desk, went: list[tuple[str, str | None]]) -> None:
    ids = [pupil_called(desk, "Theo").id]
    trip = occasions.add(desk, Occasion(consent_type="trip", name="Climbing", start=date(2026, 12, 3), reply_by=date(2026, 11, 26)), ids)[1]
    page.refresh()
    words = "Climbing, 3 December 2026: 1 of 1 have not answered"
    assert in_group(page, When.WEEK) == [f"Trips: {words}"]
    line = next(link for link in links(page) if link.words == words)
    assert line.accessibleName() == f"Trips: {words}"
    line.click()
    assert went == [("consents", f"trip/{trip}")]
