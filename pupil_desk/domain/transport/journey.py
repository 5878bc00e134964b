"""How one pupil comes and goes: by which route, on which days and halves of the day, from where and when, and who may receive the pupil at the door.

Who may receive the pupil is typed as people say it: ``receivers`` reads from the words whom they may mean.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from pupil_desk.basics.clock import read_time
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, Special, item
from pupil_desk.domain.catalogue.validation import Problem, gathered
from pupil_desk.domain.providers.week_sessions import WeekSession, week_sessions
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.register.attendance import Session

_care = Facts(Section.STAY, Category.MEDICAL, Purpose.CARE, Basis.PUBLIC_TASK, special=Special.HEALTH)
_fact = partial(item, facts=Facts(Section.STAY, Category.WELFARE, Purpose.CARE, Basis.PUBLIC_TASK))

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """One arrangement, from its first day to its last. A morning is the way here, an afternoon the way home."""

    id: str = ""
    pupil_id: str = ""
    route: str = _fact(_("Route"), Kind.NAME, required=True, hint=_("As the page Transport has it"), heads=("route",))
    start_date: date = _fact(_("First day of travel"), Kind.DATE, required=True, heads=("start date", "from"))
    end_date: date | None = _fact(_("Last day of travel"), Kind.DATE, hint=_("Empty while it goes on"), heads=("end date", "until"))
    days: str = _fact(
        _("Days of travel"),
        Kind.NAME,
        required=True,
        hint=_("Such as Mon-Fri, or Mon am, Tue: am is the way here, pm the way home"),
        heads=("days",),
    )
    pick_up: str | None = _fact(
        _("Picked up at"), Kind.TEXT, hint=_("Empty for the address in the record"), heads=("pick up", "pick-up place")
    )
    pick_up_time: str | None = _fact(_("Picked up at (time)"), Kind.NAME, longest=5, hint=_("Such as 08:10"), heads=("pick up time",))
    set_down: str | None = _fact(_("Set down at"), Kind.TEXT, hint=_("Empty for the same place"), heads=("set down", "drop off"))
    set_down_time: str | None = _fact(
        _("Set down at (time)"), Kind.NAME, longest=5, hint=_("Such as 15:40"), heads=("set down time", "drop off time")
    )
    receivers: str | None = _fact(
        _("Who may receive the pupil"), Kind.LINES, longest=500, hint=_("Each on a line, or: may go in alone"), heads=("who may collect",)
    )
    needs: str | None = item(
        _("What the driver must know"),
        Kind.LINES,
        facts=_care,
        longest=500,
        hint=_("Such as: wheelchair, harness, sits in front. Nothing about the family"),
        heads=("needs on the way", "travel needs"),
    )

    def spans(self, day: date) -> bool:
        """Whether a day is one of it; its last day still is."""
        return self.start_date <= day and (self.end_date is None or day <= self.end_date)

    def is_over(self, day: date) -> bool:
        """Whether its last day lies before a day."""
        return self.end_date is not None and self.end_date < day

    def is_of_earlier_stay(self, stays: Iterable[Enrolment], day: date) -> bool:
        """Whether the stay for which it was agreed is over by a day: that of its first day, or the next one; one that goes on at once is the same."""
        last_day = self.start_date - _DAY
        for stay in sorted((stay for stay in stays if stay.is_dated), key=lambda stay: stay.start_date or date.min):
            if stay.end_date is not None and stay.end_date < self.start_date:
                continue
            if last_day >= self.start_date and stay.start_date is not None and stay.start_date > last_day + _DAY:
                break
            if stay.end_date is None:
                return False
            last_day = max(last_day, stay.end_date)
        return last_day < day

    @property
    def sessions(self) -> frozenset[WeekSession]:
        """The halves of the days of a week in which the pupil is carried."""
        return week_sessions(self.days)

    @property
    def goes_home(self) -> bool:
        """Whether the pupil is carried home on any day, so that somebody must be there."""
        return any(session is Session.PM for _weekday, session in self.sessions)

    def meets(self, other: "Journey") -> bool:
        """Whether both carry the pupil in the same half of a day."""
        is_apart = self.is_over(other.start_date) or other.is_over(self.start_date)
        return not is_apart and bool(self.sessions & other.sessions)


@gathered
def check_journey(journey: Journey) -> Iterator[Problem]:
    """The rules across its items."""
    if journey.end_date and journey.end_date < journey.start_date:
        yield Problem("end_date", "ends_before_start", _("The last day is before the first. Correct one of the two."))
    try:
        week_sessions(journey.days)
    except ValueError:
        yield Problem("days", "unknown_day", _("Write the days as Mon-Fri, Mon, Tue am or Wed pm, with commas between."))
        return
    for name in ("pick_up_time", "set_down_time"):
        if getattr(journey, name) and read_time(getattr(journey, name)) is None:
            yield Problem(name, "bad_time", _("Write a time of the day, such as 08:10."))
    pick_up, set_down = (read_time(time or "") for time in (journey.pick_up_time, journey.set_down_time))
    if pick_up and set_down and set_down <= pick_up:
        words = _("The time at which the pupil is set down is not after that of the picking up. Look whether one is meant for the other.")
        yield Problem.warning("set_down_time", "set_down_first", words)
    if journey.goes_home and not journey.receivers:
        words = _("Say who may receive the pupil at the door, or that the pupil may go in alone.")
        yield Problem.warning("receivers", "no_receiver", words)
