"""What Home tells of consents: trips that come soon and of which answers are missing."""

from collections.abc import Callable, Sequence
from functools import partial

from pupil_desk.basics.words import _
from pupil_desk.services.consents.standings import TripDue
from pupil_desk.ui.pages.home.cards import CardLine, HomeCard

type Go = Callable[..., object]


def trips_card(trips: Sequence[TripDue], go: Go) -> HomeCard:
    """One line a trip, which leads to its list."""
    return HomeCard(
        _("Trips in the next 30 days: answers missing"),
        [CardLine(_words(trip), partial(go, "consents", _key(trip)), "check") for trip in trips],
        all=partial(go, "consents"),
        short=_("Trips"),
    )


def _key(trip: TripDue) -> str:
    return f"{trip.occasion.consent_type}/{trip.occasion.occasion_id}"


def _words(trip: TripDue) -> str:
    return _("{name}, {days}: {open} of {listed} have not answered").format(
        name=trip.occasion.name, days=trip.occasion.days, open=trip.open, listed=trip.pupils_listed
    )
