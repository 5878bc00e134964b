"""What a school owes for the places that it agreed, and the unit for those that it buys: counted from what was agreed and the unit's school days, not from who came."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol

from pupil_desk.basics.money import price_of


class PricePer(StrEnum):
    """For what a price is: the values are those of the code list."""

    SESSION = "session"
    DAY = "day"
    WEEK = "week"
    HALF_TERM = "half-term"


class PricedPlace(Protocol):
    """A place of which a price is agreed, at a school's cost or the unit's own."""

    @property
    def price(self) -> str | None: ...
    @property
    def price_per(self) -> str | None: ...
    def is_on(self, day: date) -> bool:
        """Whether the pupil is expected by it on a school day."""
        ...

    def sessions_on(self, day: date) -> int:
        """In how many sessions of a school day the pupil is expected by it."""
        ...


@dataclass(frozen=True, slots=True)
class Charge[P: PricedPlace]:
    """One place in a half-term: on how many school days the pupil was expected, how often the price counts, and what that comes to in pounds.

    ``price`` and ``amount`` are None where no price was agreed."""

    place: P
    days: int
    times: int
    price: Decimal | None
    amount: Decimal | None


def charges[P: PricedPlace](places: Iterable[P], school_days: Collection[date]) -> Iterator[Charge[P]]:
    """The charge of each place with any of these school days, in the order of the places.

    A price for a session counts for each session of the place on a school day, one for a day on each such day, whether the pupil came or not; one for a week once in each week,
    Monday to Sunday, that has such a day; one for a half-term once. Places of one pupil at one body: where one follows another at the same price within a
    week or the half-term, that counts with the first of them.
    """
    counted: set[tuple[object, ...]] = set()
    for place in places:
        expected_days = [day for day in school_days if place.is_on(day)]
        if not expected_days:
            continue
        price = price_of(place.price)
        times = 0 if price is None else _times(place, price, expected_days, counted)
        yield Charge(place, len(expected_days), times, price, None if price is None else price * times)


def _times(place: PricedPlace, price: Decimal, expected_days: Collection[date], counted: set[tuple[object, ...]]) -> int:
    """How often a price counts on these days; what it counts for is put among ``counted``, and what is there already counts no more."""
    price_per = place.price_per
    if price_per == PricePer.SESSION:
        return sum(map(place.sessions_on, expected_days))
    spans: set[tuple[object, ...]] = {(price_per, price)}
    if price_per == PricePer.WEEK:
        spans = {(price_per, price, *day.isocalendar()[:2]) for day in expected_days}
    elif price_per != PricePer.HALF_TERM:
        return len(expected_days)
    new_spans = spans - counted
    counted |= new_spans
    return len(new_spans)


def total(charged: Iterable[Charge[Any]]) -> Decimal:
    """What these come to together, in pounds; a place without a price adds nothing."""
    return sum((charge.amount for charge in charged if charge.amount is not None), Decimal(0))
