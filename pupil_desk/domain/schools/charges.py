"""What a school owes for the places that it agreed: counted from what was agreed and the unit's school days, not from who came."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pupil_desk.domain.schools.school_place import SchoolPlace, price_of


class PricePer(StrEnum):
    """For what a price is: the values are those of the code list."""

    DAY = "day"
    WEEK = "week"
    HALF_TERM = "half-term"


@dataclass(frozen=True, slots=True)
class Charge:
    """One place in a half-term: on how many school days the pupil was expected, how often the price counts, and what that comes to in pounds.

    ``price`` and ``amount`` are None where no price was agreed."""

    place: SchoolPlace
    days: int
    times: int
    price: Decimal | None
    amount: Decimal | None


def charges(places: Iterable[SchoolPlace], school_days: Collection[date]) -> Iterator[Charge]:
    """The charge of each place with any of these school days, in the order of the places.

    A price for a day counts on each day of the place that is a school day, whether the pupil came or not; one for a week once in each week,
    Monday to Sunday, that has such a day; one for a half-term once.
    """
    for place in places:
        expected_days = [day for day in school_days if place.is_on(day)]
        if not expected_days:
            continue
        price = price_of(place.price)
        times = _times(place.price_per, expected_days) if price is not None else 0
        yield Charge(place, len(expected_days), times, price, None if price is None else price * times)


def _times(price_per: str | None, expected_days: Collection[date]) -> int:
    if price_per == PricePer.WEEK:
        return len({day.isocalendar()[:2] for day in expected_days})
    return 1 if price_per == PricePer.HALF_TERM else len(expected_days)


def total(charged: Iterable[Charge]) -> Decimal:
    """What these come to together, in pounds; a place without a price adds nothing."""
    return sum((charge.amount for charge in charged if charge.amount is not None), Decimal(0))
