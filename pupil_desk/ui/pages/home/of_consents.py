"""What Home tells of consents: trips that come soon and of which answers are missing."""

from collections.abc import Callable, Sequence
from functools import partial

from pupil_desk.basics.words import _
from pupil_desk.services.consents.standings import TripDue
from pupil_desk.ui.pages.home.cards import Card, Line

type Go = Callable[..., object]


def trips_card(found: Sequence[TripDue], go: Go) -> Card:
    """One line a trip, which leads to its list."""
    return Card(_("Trips in the next 30 days: answers missing"), [Line(_words(one), partial(go, "consents", _key(one)), "check") for one in found], all=partial(go, "consents"), short=_("Trips"))


def _key(one: TripDue) -> str:
    return f"{one.occasion.consent_type}/{one.occasion.occasion_id}"


def _words(one: TripDue) -> str:
    return _("{name}, {days}: {open} of {listed} have not answered").format(name=one.occasion.name, days=one.occasion.days, open=one.open, listed=one.listed)
