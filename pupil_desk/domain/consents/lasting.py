"""How long what was said of a consent counts: a yes until it lapses, a no until the stay or the occasion is over."""

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.consents.case import ConsentCase
from pupil_desk.domain.consents.consent import ASKED, GIVEN, REMINDED, WRITTEN, ConsentEvent, ConsentType
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.register.calendar import school_year
from pupil_desk.domain.sharing.choice import PUPIL


@dataclass(frozen=True, slots=True)
class GiverAnswer:
    """The last answer of one person. A yes that does not count says why in ``not_because``; ``over`` one that has lapsed."""

    event: ConsentEvent
    until: date | None = None
    not_because: str = ""
    over: bool = False

    @property
    def yes(self) -> bool:
        """Whether it is a yes that counts."""
        return self.event.what == GIVEN and not self.not_because

    @property
    def no(self) -> bool:
        """Whether it is a no, of whichever kind."""
        return self.event.what != GIVEN


def answer_of(rule: ConsentType, case: ConsentCase, day: date, event: ConsentEvent) -> GiverAnswer:
    """An answer as it counts on a day: whether it does, and until when."""
    if event.what != GIVEN:
        return GiverAnswer(event)
    if rule.written and event.channel not in WRITTEN:
        return GiverAnswer(event, not_because=_("it was not in writing"))
    changed = case.changed_on if case.changed_on is not None and event.on < case.changed_on else case.outdated.get(event.id)
    if changed is not None:
        reason = _("what was agreed to changed on {day}").format(day=show_date(changed))
        return GiverAnswer(event, changed, reason, over=True)
    until, reason = _until(rule, case, event)
    if until is not None and day > until:
        return GiverAnswer(event, until, _("{why} on {day}").format(why=reason, day=show_date(until)), over=True)
    return GiverAnswer(event, until)


def _until(rule: ConsentType, case: ConsentCase, event: ConsentEvent) -> tuple[date | None, str]:
    ends: list[tuple[date, str]] = []
    if event.valid_to is not None:
        ends.append((event.valid_to, _("the time set for it ended")))
    if case.given_until is not None:
        ends.append((case.given_until, _("the medicine ended")))
    if rule.lapses == "school-year":
        ends.append((date(school_year(event.on) + 1, 7, 31), _("the school year ended")))
    if rule.lapses == "months" and rule.months:
        ends.append((_months_on(event.on, rule.months), _("its {months} months ended").format(months=rule.months)))
    if case.occasion is not None and case.occasion.last_day is not None:
        ends.append((case.occasion.last_day, _("the occasion was over")))
    stay = _stay_of(case.stays, event.on)
    if stay is not None and stay.end_date is not None:
        ends.append((stay.end_date, _("the stay at the unit ended")))
    return min(ends) if ends else (None, "")


def yes_until(rule: ConsentType, case: ConsentCase, day: date) -> date | None:
    """The last day of a yes that is said on a day; None where no day is set: it holds for the stay, or until a medicine changes."""
    return _until(rule, case, ConsentEvent(asked_about=rule.name, what=GIVEN, by=PUPIL, on=day))[0]


def relied_until(rule: ConsentType, case: ConsentCase, taken_back: Mapping[str, date]) -> date | None:
    """The last day on which anything said in a case counts; None while it counts with no end that is known, or nothing was said.

    A yes counts until it lapses, a no and a reason not to ask until the stay or the occasion ends, and asking for itself is over with
    its day. What concerns an occasion of a set day goes with that day, be it only a question or a yes that does not count: it may be a
    long time ahead, and the pupil is on its list. Who said it does not matter here: that may change, and what was said must be there.
    ``taken_back`` has, by the event, the day on which one that was recorded by mistake was taken back: it counts no longer than that.
    """
    ends = [_relied_until(rule, case, event, taken_back.get(event.id)) for event in case.said]
    return None if None in ends else max((end for end in ends if end is not None), default=None)


def _relied_until(rule: ConsentType, case: ConsentCase, event: ConsentEvent, taken_back: date | None) -> date | None:
    occasion = case.occasion
    if occasion is not None and (occasion.cancelled or occasion.last_day is not None):
        return place_ends(case, event.on)
    ends = [end for end in (_said_until(rule, case, event), taken_back) if end is not None]
    return max(event.on, min(ends)) if ends else None


def _said_until(rule: ConsentType, case: ConsentCase, event: ConsentEvent) -> date | None:
    if event.what in (ASKED, REMINDED):
        return event.on
    if event.what == GIVEN:
        word = answer_of(rule, case, date.max, event)
        if word.until is not None or word.not_because:
            return max(event.on, word.until or event.on)
    return place_ends(case, event.on)


def place_ends(case: ConsentCase, day: date) -> date | None:
    """The day with which the occasion, or the stay that a word of a day is for, is over; None for one that goes on.

    A word of after the last stay is for none, and is over with its own day: no consent outlasts the stay.
    """
    if case.occasion is not None and case.occasion.cancelled:
        return max(day, case.occasion.made_on or day)
    stay = _stay_of(case.stays, day)
    ends = [
        case.occasion.last_day if case.occasion is not None else None,
        stay.end_date if stay is not None else day if case.stays else None,
    ]
    days = [end for end in ends if end is not None]
    return max(day, min(days)) if days else None


def _stay_of(stays: Sequence[Enrolment], day: date) -> Enrolment | None:
    """The stay that a word of that day is for: the one then, or the next one, as on an admission form."""
    later = [stay for stay in stays if stay.end_date is None or stay.end_date >= day]
    return min(later, key=lambda stay: stay.start_date or date.min, default=None)


def _months_on(day: date, months: int) -> date:
    """The same date so many months later, or the last day of a month that lacks it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
