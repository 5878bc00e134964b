"""The September Guarantee: everyone in Years 11 and 12 should have a suitable offer by the end of September.

Source: practice of the authorities, who must know it under the Education and Skills Act 2008, section 68. Which activities are
suitable is the code list ``suitable_offer``, which says how sure we are of it.
"""

from collections.abc import Iterable
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.domain.learning.destination import ACTUAL, OFFER, Destination

_SEPTEMBER = 9
_YEARS = ("11", "12")
_YEARS_IN_SEPTEMBER = ("12", "13")  # the same pupils, once the new school year has moved them up


def offer_due_by(year_group: str | None, day: date) -> date | None:
    """The last day by which a pupil of that year group, as it stands on a day, should have a suitable offer; None for who has no such right.

    In September it is this one for those who have just left Years 11 and 12; the new Year 11 has a year to go.
    """
    if day.month == _SEPTEMBER and year_group in _YEARS_IN_SEPTEMBER:
        return date(day.year, _SEPTEMBER, 30)
    if year_group in _YEARS:
        return date(day.year + (day.month >= _SEPTEMBER), _SEPTEMBER, 30)
    return None


def has_suitable_offer(destinations: Iterable[Destination], day: date) -> bool:
    """Whether among what is known of a pupil there is a suitable offer, or place, confirmed by that day if the day is known.

    An offer of a place that began before the September of the year before was for another year.
    """
    return any(_suitable(destination, day) for destination in destinations)


def _suitable(destination: Destination, day: date) -> bool:
    code = codelist("suitable_offer").get(destination.activity)
    if destination.kind not in (OFFER, ACTUAL) or code is None or not code.valid_on(destination.start or day):
        return False
    if destination.confirmed_on is not None and destination.confirmed_on > day:
        return False
    return destination.kind == ACTUAL or destination.start is None or destination.start > date(day.year - 1, day.month, day.day)
