"""A calendar file (iCalendar, RFC 5545) of somebody else, read: the events in it, each with its days and its title.

The file is outside text: its size and the number of its events are bounded, repeating events are taken once, at their first day, and
nothing but days and titles is read.

Days as a calendar file (iCalendar, RFC 5545), which Outlook and every other calendar takes in.

Each is a whole day without a zone, so that no program moves it to the day before; it ends, as the format wants it, on the next day.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from pupil_desk.basics.apart.reader import apart
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.register.school_year import CalendarEvent

MOST_BYTES = 500_000
_MOST_EVENTS = 2_000
_MOST_DAYS = 400  # that an event may last: no term does
_LONGEST_TITLE = 100


@apart("calendar file", raises=(WrongUse,), refuse=lambda failed: WrongUse(failed.message))
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


_LONGEST = 75  # bytes of a line without its end (RFC 5545, 3.1)
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True, slots=True)
class DeadlineEntry:
    """A day in a calendar: what it is, in words that name nobody. The same ``uid`` again replaces it in the calendar that took it in."""

    uid: str
    day: date
    summary: str
    description: str = ""


def calendar_bytes(name: str, entries: Iterable[DeadlineEntry], moment: datetime) -> bytes:
    """The file's bytes: UTF-8, lines of at most 75 bytes ended by CRLF. ``moment`` is when it was made, with its zone."""
    stamp = f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Pupil Desk//Deadlines//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for entry in entries:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_text(entry.uid)}",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_text(entry.summary)}",
            *([f"DESCRIPTION:{_text(entry.description)}"] if entry.description else []),
            "CLASS:PRIVATE",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return b"".join(part + b"\r\n" for line in lines for part in _folded(line.encode("utf-8")))


def _text(words: str) -> str:
    return words.replace("\r\n", "\n").replace("\r", "\n").translate(_ESCAPED)


def _folded(line: bytes) -> Iterator[bytes]:
    """A line in pieces; each but the first begins with a blank, and no letter is cut in two."""
    is_first = True
    while line:
        end = _LONGEST if is_first else _LONGEST - 1
        while end < len(line) and line[end] & 0xC0 == 0x80:  # within a letter of several bytes
            end -= 1
        yield (b"" if is_first else b" ") + line[:end]
        line, is_first = line[end:], False
