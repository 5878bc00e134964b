"""A calendar file (iCalendar, RFC 5545) of somebody else, read: the events in it, each with its days and its title.

The file is outside text: its size and the number of its events are bounded, repeating events are taken once, at their first day, and
nothing but days and titles is read.
"""

from datetime import date, datetime, timedelta
from typing import Any

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.register.school_year import CalendarEvent

MOST_BYTES = 500_000
_MOST_EVENTS = 2_000
_MOST_DAYS = 400  # that an event may last: no term does
_LONGEST_TITLE = 100


def calendar_events(data: bytes) -> list[CalendarEvent]:
    """The events in the order of the file. Raises WrongUse for what is too large, or is no calendar file."""
    from icalendar import Calendar

    if len(data) > MOST_BYTES or data.count(b"BEGIN:") > _MOST_EVENTS:
        raise WrongUse(
            _("This calendar file is too large: at most 500 kB and 2,000 events are read. Take out one that holds the terms alone.")
        )
    try:
        calendars = Calendar.from_ical(data, multiple=True)
        events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
        return [calendar_event for event in events if (calendar_event := _event(event)) is not None]
    except (
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        RecursionError,
    ) as error:  # as its reader raises them, by what is wrong
        raise WrongUse(
            _("This is no calendar file that can be read. Ask the authority for the school year as an .ics file, or type the terms.")
        ) from error


def _event(event: Any) -> CalendarEvent | None:
    title = tidy(str(event.get("SUMMARY", "")))[:_LONGEST_TITLE]
    if "DTSTART" not in event or not title:
        return None
    start = event.decoded("DTSTART")
    end = event.decoded("DTEND") if "DTEND" in event else None
    if end is None and "DURATION" in event:
        end = start + event.decoded("DURATION")
    first = _day(start)
    last = first if end is None else _last(first, end)
    return CalendarEvent(first, last, title) if 0 <= (last - first).days <= _MOST_DAYS else None


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _last(first: date, end: date) -> date:
    """The last day that counts: the end of a span of days is the day after it, that of hours the day itself, but for midnight."""
    midnight = isinstance(end, datetime) and not (end.hour or end.minute)
    exclusive = not isinstance(end, datetime) or midnight
    return max(first, _day(end) - timedelta(days=1)) if exclusive else _day(end)
