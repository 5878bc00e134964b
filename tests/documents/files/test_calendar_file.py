"""Calendar files of other programs: days and hours, what bounds them, and what is no calendar at all.

A calendar file: read back by a parser that we did not write, and its lines as the format wants them.
"""

from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from pupil_desk.basics.errors import WrongUse
from pupil_desk.documents.files.calendar_file import DeadlineEntry, calendar_bytes, calendar_events

HEAD = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\n"
END = b"END:VCALENDAR\r\n"


def file_of(*events: str) -> bytes:
    return HEAD + b"".join(f"BEGIN:VEVENT\r\nUID:{number}\r\n{text}\r\nEND:VEVENT\r\n".encode() for number, text in enumerate(events)) + END


def read(*events: str) -> list[tuple[str, str, str]]:
    return [(event.title, event.first.isoformat(), event.last.isoformat()) for event in calendar_events(file_of(*events))]


def test_a_span_of_days_ends_the_day_before_its_end_and_one_of_hours_on_it() -> None:
    assert read(
        "DTSTART;VALUE=DATE:20260902\r\nDTEND;VALUE=DATE:20261024\r\nSUMMARY:Autumn term\\, first half",
        "DTSTART:20261127T090000Z\r\nDTEND:20261127T160000Z\r\nSUMMARY:INSET",
        "DTSTART;VALUE=DATE:20261218\r\nSUMMARY:Term ends",
        "DTSTART;VALUE=DATE:20261026\r\nDURATION:P5D\r\nSUMMARY:Half term",
        "DTSTART:20261130T000000\r\nDTEND:20261201T000000\r\nSUMMARY:Closed",
    ) == [
        ("Autumn term, first half", "2026-09-02", "2026-10-23"),
        ("INSET", "2026-11-27", "2026-11-27"),
        ("Term ends", "2026-12-18", "2026-12-18"),
        ("Half term", "2026-10-26", "2026-10-30"),
        ("Closed", "2026-11-30", "2026-11-30"),
    ]


def test_what_has_no_day_no_title_or_no_end_to_it_is_no_event() -> None:
    assert (
        read(
            "SUMMARY:Nothing", "DTSTART;VALUE=DATE:20260902", "DTSTART;VALUE=DATE:20260902\r\nDTEND;VALUE=DATE:20460902\r\nSUMMARY:For ever"
        )
        == []
    )


@pytest.mark.parametrize("data", [b"", HEAD, b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", b"BEGIN:VEVENT\r\n" * 1500])
def test_a_calendar_without_an_event_has_none(data: bytes) -> None:
    assert calendar_events(data) == []


@pytest.mark.parametrize(
    "data",
    [
        b"not a calendar",
        b"\x00\xff\xfe" * 200,
        b"PK\x03\x04" + bytes(500),
        HEAD + b"BEGIN:VEVENT\r\nDTSTART:never\r\nSUMMARY:x\r\nEND:VEVENT\r\n" + END,
        HEAD + b"END:VEVENT\r\n" + END,
    ],
)
def test_what_is_no_calendar_file_is_refused_and_never_a_fault(data: bytes) -> None:
    with pytest.raises(WrongUse, match="type the terms"):
        calendar_events(data)


def test_what_is_too_large_is_refused_before_it_is_read() -> None:
    for data in (b"x" * 600_000, b"BEGIN:VEVENT\r\n" * 3000):
        with pytest.raises(WrongUse, match="too large"):
            calendar_events(data)


MADE = datetime(2026, 11, 24, 10, 5, tzinfo=UTC)
WORDS = "2 reviews; Zoë’s unit, \\ and 花子’s " + "–" * 40 + "\nsecond line"


def test_another_parser_reads_what_was_meant() -> None:
    entries = [
        DeadlineEntry("a@pupil-desk", date(2026, 12, 31), WORDS, "See Home"),
        DeadlineEntry("b@pupil-desk", date(2027, 3, 28), "1 review"),
    ]
    calendar = Calendar.from_ical(calendar_bytes("Deadlines: Larkfield", entries, MADE))
    assert calendar["X-WR-CALNAME"] == "Deadlines: Larkfield"
    first, second = calendar.walk("VEVENT")
    assert (str(first["UID"]), str(first["SUMMARY"]), str(first["DESCRIPTION"])) == ("a@pupil-desk", WORDS, "See Home")
    assert (first["DTSTART"].dt, first["DTEND"].dt) == (date(2026, 12, 31), date(2027, 1, 1))
    assert (second["DTSTART"].dt, second["DTEND"].dt) == (date(2027, 3, 28), date(2027, 3, 29))
    assert first["DTSTAMP"].dt == MADE
    assert first.errors == second.errors == []


def test_lines_are_folded_at_75_bytes_between_letters_and_end_as_they_must() -> None:
    data = calendar_bytes("x", [DeadlineEntry("a", date(2026, 12, 31), WORDS)], MADE)
    assert data.count(b"\n") == data.count(b"\r\n")
    lines = data.split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    assert any(line.startswith(b" ") for line in lines)
    for line in lines:
        line.decode("utf-8")
    assert b"DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n" in data
    assert calendar_bytes("x", [], MADE).decode().split("\r\n")[-2] == "END:VCALENDAR"
