"""Days as a calendar file (iCalendar, RFC 5545), which Outlook and every other calendar takes in.

Each is a whole day without a zone, so that no program moves it to the day before; it ends, as the format wants it, on the next day.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

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
