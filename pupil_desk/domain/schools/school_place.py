"""A place that a school agreed with the unit for one pupil: which days and half days, at what price, what for, how long, and when it is looked at again.

Source of the time-limited kind: Education Act 2002 section 29A and the Education (Educational Provision for Improving Behaviour)
Regulations 2010 (SI 2010/1156), amended by SI 2012/2532: the governing body reviews the direction at intervals that it finds right, and a
parent may ask for a review where there was none in ten weeks. Read in the explanatory note and in what legal advice says of them; sure: medium.
"""

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.money import price_of
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, Special, item
from pupil_desk.domain.catalogue.validation import Problem, gathered
from pupil_desk.domain.providers.week_sessions import WeekSession, week_sessions
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.register.attendance import WEEKDAYS, Session
from pupil_desk.domain.unit.school_name import number_of

_AGREED = Facts(Section.PLACEMENT, Category.STAYS, Purpose.LEARNING, Basis.PUBLIC_TASK)
_PURPOSE = dataclasses.replace(_AGREED, special=Special.SAFETY)
DIRECTED = "directed"
"""Of the code list of kinds: a direction off site, which has an end."""
_WHOLE_WEEK = frozenset((day, session) for day in range(len(WEEKDAYS)) for session in Session)


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolPlace:
    """One place, from its first day to its last. ``days`` are written as a person writes them; empty means every school day."""

    id: str = ""
    pupil_id: str = ""
    school: str = item(
        _("School that agreed the place"),
        Kind.SCHOOL,
        facts=_AGREED,
        required=True,
        hint=_("DfE number, such as 919/4001"),
        heads=("school", "main school", "commissioning school", "commissioned by"),
    )
    kind: str = item(
        _("Kind of place agreed"),
        Kind.CODE,
        codes="school_place_kind",
        facts=_AGREED,
        required=True,
        heads=("kind of place", "type of place"),
    )
    start_date: date = item(_("First day of the place"), Kind.DATE, facts=_AGREED, required=True)
    end_date: date | None = item(_("Last day of the place"), Kind.DATE, facts=_AGREED)
    days: str | None = item(
        _("Days of the week"), Kind.NAME, facts=_AGREED, hint=_("Such as Mon, Tue am or Mon-Thu; empty for every school day")
    )
    hours: str | None = item(_("Hours"), Kind.TEXT, facts=_AGREED, hint=_("Such as 9:15 to 14:30"))
    price: str | None = item(_("Price in pounds"), Kind.NAME, facts=_AGREED, longest=12, hint=_("Such as 85 or 85.50"))
    price_per: str | None = item(_("Price for each"), Kind.CODE, codes="price_per", facts=_AGREED)
    purpose: str | None = item(_("Purpose of the place"), Kind.LINES, facts=_PURPOSE, hint=_("What the school sends the pupil here for"))
    success: str | None = item(
        _("What success is"), Kind.LINES, facts=_PURPOSE, hint=_("By what the school and you will know that it worked")
    )
    review_day: date | None = item(_("Next review of the place"), Kind.DATE, facts=_AGREED)

    def spans(self, first: date, last: date) -> bool:
        """Whether some day from the first to the last is one of the place; its last day still is."""
        return self.start_date <= last and (self.end_date is None or self.end_date >= first)

    def expects(self, day: date, session: Session) -> bool:
        """Whether the pupil is expected here in a session of a school day by this place."""
        return self.spans(day, day) and (day.weekday(), session) in agreed_sessions(self.days)

    def is_on(self, day: date) -> bool:
        """Whether the pupil is expected here in any session of a school day by this place."""
        return self.sessions_on(day) > 0

    def sessions_on(self, day: date) -> int:
        """In how many sessions of a school day the pupil is expected here."""
        return sum(self.expects(day, session) for session in Session)


def agreed_sessions(days: str | None) -> frozenset[WeekSession]:
    """The sessions of the week that the text names, as ``week_sessions`` reads it: all ten for none. Raises ValueError for what names no session."""
    if not tidy(days or ""):
        return _WHOLE_WEEK
    sessions = week_sessions(days)
    if not sessions:  # nothing but separators
        raise ValueError(days)
    return sessions


@gathered
def check_school_place(place: SchoolPlace) -> Iterator[Problem]:
    """The rules across its items. A direction off site has an end and a review; a price says for what."""
    if place.end_date and place.end_date < place.start_date:
        yield Problem("end_date", "ends_before_start", _("The last day is before the first. Correct one of the two."))
    try:
        agreed_sessions(place.days)
    except ValueError:
        yield Problem("days", "unknown_day", _("Write the days as Mon, Tue am, Wed pm or Thu-Fri, with commas between."))
    try:
        price_of(place.price)
    except ValueError:
        yield Problem("price", "bad_price", _("Write the price in pounds, such as 85 or 85.50."))
    if bool(place.price) != bool(place.price_per):
        yield Problem("price_per", "price_without_unit", _("Enter a price and for what it is, or neither."))
    if place.kind == DIRECTED and place.end_date is None:
        yield Problem.warning("end_date", "direction_without_end", _("A direction off site is for a limited time: enter its last day."))
    if place.kind == DIRECTED and place.review_day is None:
        yield Problem.warning(
            "review_day", "direction_without_review", _("A direction off site is reviewed: enter the day of the next review.")
        )


def schools_of_day(
    stays: Iterable[Enrolment], places: Iterable[SchoolPlace], day: date, told_schools: str | None, session: Session | None = None
) -> tuple[str, ...]:
    """The DfE numbers of the schools whose pupil somebody is on a day, the main school first.

    They are those that a stay on the unit's roll names on that day, as the main school or as who placed the pupil, and those that agreed a
    place which spans it; with ``session``, one that has the pupil here in this half of the day. ``told_schools`` is the unit's own list, by which a name stands for its number. On a day off the roll there is none.
    """
    current_stays = [stay for stay in stays if stay.on_roll(day)]
    main_schools = [stay.main_school for stay in current_stays]
    placed_by = [number_of(stay.commissioned_by, told_schools) for stay in current_stays]
    agreed_places = places if current_stays else ()
    agreed_with = [place.school for place in agreed_places if (place.spans(day, day) if session is None else place.expects(day, session))]
    return tuple(number for number in dict.fromkeys((*main_schools, *placed_by, *agreed_with)) if number)
