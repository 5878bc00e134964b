"""Learning after 14 (qualifications, courses, awards and work experience, with their results), and where a pupil goes next.

A destination is intended, offered, confirmed, and looked at six months on. The rules across the items of both warn: what a college or a
family tells is kept as told.

The September Guarantee: everyone in Years 11 and 12 should have a suitable offer by the end of September.

Source: practice of the authorities, who must know it under the Education and Skills Act 2008, section 68. Which activities are
suitable is the code list ``suitable_offer``, which says how sure we are of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, item
from pupil_desk.domain.catalogue.validation import Problem, gathered

# Education and Skills Act 2008, sections 13 and 72: the authority is told; the September Guarantee rests on it.
_next = partial(item, facts=Facts(Section.DESTINATIONS, Category.DESTINATIONS, Purpose.PROGRESS, Basis.LEGAL_OBLIGATION))

INTENDED, OFFER, ACTUAL, SIX_MONTHS = "intended", "offer", "actual", "six-months"
KNOWN = (ACTUAL, SIX_MONTHS)  # kinds that say what is, and so have a day on which it was confirmed


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """One thing known of where a pupil goes. ``activity`` is a code of three digits; ``source`` says who told us."""

    id: str = ""
    pupil_id: str = ""
    kind: str = _next(_("Kind of destination"), Kind.CODE, codes="destination_kind", required=True)
    activity: str = _next(_("Activity"), Kind.CODE, codes="activity", required=True, heads=("activity code",))
    provider: str | None = _next(_("Provider or employer"), Kind.TEXT, heads=("provider", "college", "employer"))
    start: date | None = _next(_("Begins on"), Kind.DATE, heads=("start date", "destination start date"))
    confirmed_on: date | None = _next(_("Confirmed on"), Kind.DATE, heads=("date confirmed",))
    source: str | None = _next(_("Told by"), Kind.TEXT, hint=_("Such as careers interview, or letter from the college"))


def last_confirmed(destinations: Sequence[Destination]) -> Destination | None:
    """Of what is known of a pupil, in its order, the latest that was confirmed."""
    return next((destination for destination in reversed(destinations) if destination.kind in KNOWN), None)


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


QUALIFICATION = "qualification"
_learning = partial(item, facts=Facts(Section.LEARNING, Category.POST_14, Purpose.PROGRESS, Basis.PUBLIC_TASK))


@dataclass(frozen=True, slots=True, kw_only=True)
class Learning:
    """One piece of learning of one pupil. ``level`` is as the awarding body says it: «Level 2», «Entry 3», «Bronze»."""

    id: str = ""
    pupil_id: str = ""
    kind: str = _learning(_("Kind of learning"), Kind.CODE, codes="learning_kind", required=True)
    title: str = _learning(_("Title"), Kind.TEXT, required=True, heads=("course title", "qualification title", "course"))
    awarding_body: str | None = _learning(_("Awarding body"), Kind.NAME, heads=("awarding organisation", "exam board"))
    level: str | None = _learning(_("Level"), Kind.NAME, hint=_("Such as Level 2, or Entry 3"))
    start: date | None = _learning(_("Began on"), Kind.DATE, heads=("start date", "learning start date"))
    end: date | None = _learning(_("Ended on"), Kind.DATE, heads=("end date", "learning end date"))
    result: str | None = _learning(_("Result"), Kind.NAME, heads=("grade", "outcome"))
    result_date: date | None = _learning(_("Day of the result"), Kind.DATE, heads=("result date",))
    qualification_number: str | None = _learning(
        _("Qualification number"), Kind.NAME, longest=20, heads=("qan", "qualification accreditation number"), hint=_("Such as 603/5213/4")
    )


@gathered
def check_learning(learning: Learning) -> Iterator[Problem]:
    """The rules across the items of one piece of learning."""
    if learning.start and learning.end and learning.end < learning.start:
        yield Problem.warning("end", "ends_before_start", _("It ended before it began. Check the two days."))
    if learning.result_date and not learning.result:
        yield Problem.warning("result", "no_result", _("There is a day of the result, but no result. Enter it when it is known."))


def check_destination(destination: Destination) -> tuple[Problem, ...]:
    """The rules across the items of one destination."""
    if destination.kind in KNOWN and destination.confirmed_on is None:
        message = _("The day on which this was confirmed is missing. Enter it when it is known.")
        return (Problem.warning("confirmed_on", "not_confirmed", message),)
    return ()
