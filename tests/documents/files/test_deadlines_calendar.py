"""A calendar file: read back by a parser that we did not write, and its lines as the format wants them."""

from datetime import UTC, date, datetime

from icalendar import Calendar

from pupil_desk.documents.files.deadlines_calendar import DeadlineEntry, calendar_bytes

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
