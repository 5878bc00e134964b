"""The provider of the training unit: who it is, what was seen of it, a review of a place there, and what it returned of the sessions of late, some of which are still to be confirmed."""

from collections.abc import Sequence
from datetime import date, timedelta

from pupil_desk.domain.providers.provider import Provider
from pupil_desk.domain.providers.provider_check import ProviderCheck
from pupil_desk.domain.providers.provider_return import OFF_SITE, ProviderReturn
from pupil_desk.domain.pupils.place_review import BoughtPlaceReview
from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.services.demo.invention import Invented, weekday
from pupil_desk.services.demo.next_steps import FARM
from pupil_desk.services.desk import Desk
from pupil_desk.services.providers import providers, returns
from pupil_desk.services.pupils import place_reviews
from pupil_desk.services.register import marking
from pupil_desk.services.unit import calendars
from pupil_desk.store.rows import several

_SEEN = ("registration", "safeguarding", "staff", "health-safety", "visit")
_BACK = timedelta(days=18)
_UNCONFIRMED = timedelta(days=6)


def keep_providers(desk: Desk, people: Sequence[Invented]) -> None:
    """Enter them for the pupils who have a place there. The older sessions are returned, one of them against the register; those of the last days stand as B that nobody has confirmed."""
    farm = Provider(
        name=FARM,
        registration="not-a-school",
        why_unregistered="Two half days a week for a few pupils; the rest of their week is ours.",
        sites="Marden Farm, Mill Lane, Larkminster",
        contact="Mr Col Brant",
        contact_phone="01632 960777",
        contact_email="col@mardenfarm.example.org",
        lead="Ms Fern Brant",
        lead_phone="01632 960778",
        finance="Marden Farm, the office",
    )
    providers.save(desk, farm)
    _review(desk, people)
    for kind in _SEEN:
        providers.record_check(
            desk, ProviderCheck(provider=FARM, kind=kind, seen_on=desk.today - 5 * _BACK, seen_by="Sam Whitlock", in_order="yes")
        )
    insured = ProviderCheck(
        provider=FARM,
        kind="insurance",
        seen_on=desk.today - 5 * _BACK,
        seen_by="Sam Whitlock",
        valid_until=desk.today + timedelta(days=12),
        in_order="yes",
        note="Public liability, £10 million",
    )
    providers.record_check(desk, insured)
    sessions = _sessions(desk, {person.pupil.id for person in people if person.stay.on_roll(desk.today)})
    returned = [session for session in sessions if session[1] <= desk.today - _UNCONFIRMED]
    contradicted = returned[:1]  # the register says that the pupil was here
    marking.mark(
        desk,
        [
            Mark(pupil_id=placement.pupil_id, day=day, session=session, code=OFF_SITE)
            for placement, day, session in sessions
            if (placement, day, session) not in contradicted
        ],
        reason="Expected at the farm",
    )
    returns.enter(desk, [_return(number, *session) for number, session in enumerate(returned)])


def _review(desk: Desk, people: Sequence[Invented]) -> None:
    """A first review, two weeks ago or on the first day, of the first place that goes on."""
    places = [
        place for places in several.by_pupil(desk.vault, Placement, {person.pupil.id for person in people}).values() for place in places
    ]
    if not places:
        return
    place = min(places, key=lambda place: (place.start_date, place.pupil_id))
    review = BoughtPlaceReview(
        pupil_id=place.pupil_id,
        provider=FARM,
        day=max(weekday(desk.today - _BACK), place.start_date),
        present="Ms Fern Brant of the farm, the mother, the tutor",
        found="Came to five of six sessions, and feeds the goats alone; safe there.",
        said="Wants to learn to drive the quad; the mother would like a third session.",
        decision="goes-on",
        next_review=place.review_day,
    )
    place_reviews.add(desk, review)


def _sessions(desk: Desk, pupil_ids: set[str]) -> list[tuple[Placement, date, Session]]:
    days = calendars.school_calendar(desk.vault).school_days(desk.today - _BACK, desk.today - timedelta(days=1))
    placements = [place for places in several.by_pupil(desk.vault, Placement, pupil_ids).values() for place in places]
    return [(place, day, session) for place in placements for day in days for session in Session if place.expects(day, session)]


def _return(number: int, placement: Placement, day: date, session: Session) -> ProviderReturn:
    """In every fifth session the pupil did not come."""
    outcome = "absent" if number % 5 == 4 else "attended"
    return ProviderReturn(
        pupil_id=placement.pupil_id, provider=placement.provider, day=day, session=session, outcome=outcome, told_by="Mr Col Brant"
    )
