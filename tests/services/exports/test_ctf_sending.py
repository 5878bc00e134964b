"""Where a transfer file goes, and until when it waits: on no file at all, with the calendar of a made-up unit."""

from dataclasses import replace
from datetime import date

import pytest

from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.pupils.sending import Destination, NotYet, TransferRouting, school_named_in
from pupil_desk.domain.register.calendar import SchoolCalendar
from pupil_desk.domain.unit.settings import Term
from pupil_desk.services.exports.ctf import academic_year, file_name
from pupil_desk.services.imports.ctf.kind import right_name

DAY = date(2026, 11, 24)
CALENDAR = SchoolCalendar((Term(start=date(2026, 9, 2), end=date(2026, 10, 23)), Term(start=date(2026, 11, 2), end=date(2026, 12, 18))))
SENDING = TransferRouting("919/1100", DAY, CALENDAR)
CHILD, GROWN = Pupil(surname="A", forename="B", dob=date(2012, 5, 6)), Pupil(surname="A", forename="B", dob=date(2010, 5, 6))
LEFT = Enrolment(status="C", end_date=date(2026, 11, 13))


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"next_school": "919/4001"}, "9194001"),
        ({"next_school": "Larkfield School (9194001), Mill Lane"}, "9194001"),
        ({"next_school": "Hill School, tel. 5551234, 919/4001"}, "9194001"),
        ({"next_school": "555/1234"}, "5551234"),  # an authority newer than our list
        ({"next_school": "681/4021"}, "6814021"),  # Wales
        ({"next_school": "919/6123"}, "MMMMMMM"),  # an independent school
        ({"next_school": "Hill House, independent: mmmmmmm"}, "MMMMMMM"),
        ({"next_school": "the authority, 820LLLL"}, "820LLLL"),
        ({"status": "S", "main_school": "919/4003"}, "9194003"),
        ({"status": "S", "main_school": "919/4003", "next_school": "919/4001"}, "9194001"),
        ({"deletion_ground": "9(1)(f)"}, "MMMMMMM"),  # taught at home
        ({"deletion_ground": "9(1)(k)"}, "MMMMMMM"),  # died
        ({"end_date": date(2026, 10, 23)}, "XXXXXXX"),
        ({"end_date": date(2026, 11, 3)}, "XXXXXXX"),  # the fifteenth school day is today
        ({"end_date": date(2026, 10, 1), "next_school": "xxxxxxx"}, "XXXXXXX"),
        ({"end_date": date(2026, 10, 1), "next_school": "Not yet known."}, "XXXXXXX"),
    ],
)
def test_the_destination(told: dict[str, object], code: str) -> None:
    assert SENDING.of_leaver(CHILD, replace(LEFT, **told), "") == Destination(code)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("pupil", "activity", "outside"),
    [(CHILD, "120", True), (CHILD, "230", False), (GROWN, "230", True), (GROWN, "310", True), (GROWN, "210", False)],
)
def test_what_follows_school_is_outside_the_sector_and_a_sixth_form_is_not(pupil: Pupil, activity: str, outside: bool) -> None:
    to = SENDING.of_leaver(pupil, LEFT, activity)
    assert (to == Destination("MMMMMMM")) is outside
    assert isinstance(to, NotYet) is not outside


def test_who_has_to_wait_is_told_until_when() -> None:
    waiting = SENDING.of_leaver(CHILD, LEFT, "")
    assert waiting == NotYet(
        "The next school is not known: wait until 4 December 2026, 15 school days after leaving, then it goes as XXXXXXX.",
        "the next school is not known, and 15 school days have not passed",
        "enrolment.next_school",
    )
    assert SENDING.of_leaver(CHILD, replace(LEFT, end_date=date(2026, 11, 4)), "") == replace(
        waiting, reason=waiting.reason.replace("4 December", "25 November")
    )  # type: ignore[union-attr, arg-type]
    beyond = TransferRouting("919/1100", date(2026, 12, 18), CALENDAR).of_leaver(CHILD, replace(LEFT, end_date=date(2026, 12, 11)), "")
    assert isinstance(beyond, NotYet)
    assert "enter the next ones in the settings" in beyond.reason
    assert SENDING.of_leaver(CHILD, replace(LEFT, end_date=date(2026, 7, 10)), "") == Destination("XXXXXXX")


@pytest.mark.parametrize("text", ["Larkfield School", "919/1100", "12349194001", "Hill School, tel. 5551234"])
def test_a_name_without_a_number_asks_for_it(text: str) -> None:
    to = SENDING.of_leaver(CHILD, replace(LEFT, next_school=text), "")
    assert isinstance(to, NotYet)
    assert "no DfE number on file" in to.reason


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ({}, ""),
        ({"next_school": "Oak House"}, "Oak House"),
        ({"next_school": "Oak House, MMMMMMM"}, "Oak House"),
        ({"next_school": "St Jude’s (MMMMMMM)"}, "St Jude’s"),
        ({"next_school": "St Jude’s (North), mmmmmmm"}, "St Jude’s (North)"),
        ({"next_school": "919LLLL"}, ""),
        ({"next_school": "919/4001"}, "919/4001"),
        ({"next_school": "(mmmmmmm)"}, ""),
        ({"next_school": "Oak House or not, XXXXXXX"}, ""),
        ({"next_school": "unknown"}, ""),
        ({"main_school": "919/4003"}, ""),
        ({"status": "S", "main_school": "919/4003"}, "919/4003"),
    ],
)
def test_a_paper_is_written_to_the_same_school_where_it_has_a_name(told: dict[str, object], named: str) -> None:
    assert school_named_in(replace(LEFT, **told)) == named  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "TBA",
        "tbd",
        "t.b.c.",
        "NK",
        "N/K",
        "to be advised",
        "None known",
        "No school",
        "No school yet",
        "No next school: a job",
        "Unknown at present",
        "?",
        "xxxxxxx",
        "Not yet known.",
    ],
)
def test_no_place_is_read_out_of_what_says_that_none_is_known(text: str) -> None:
    stay = replace(LEFT, next_school=text, end_date=date(2026, 10, 1))
    assert (school_named_in(stay), SENDING.of_leaver(CHILD, stay, "")) == ("", Destination("XXXXXXX"))


@pytest.mark.parametrize(
    ("told", "school"),
    [
        ({"next_school": "Hill School"}, "Hill School"),  # without a number the file waits, and papers do not
        ({"next_school": "Riverside College", "deletion_ground": "9(1)(l)"}, "Riverside College"),
        ({"next_school": "a friend’s", "deletion_ground": "9(1)(k)"}, None),
        ({"next_school": "919/4001"}, "919/4001"),
        ({"next_school": "Hill House, 919/6123"}, "Hill House, 919/6123"),
        ({"next_school": "St Jude’s (MMMMMMM)"}, "St Jude’s"),
        ({"next_school": "MMMMMMM"}, ""),
        ({"next_school": "Home educated"}, None),
        ({"next_school": "Home educated (MMMMMMM)"}, None),
        ({"next_school": "Elective home education"}, None),
        ({"next_school": "with the mother", "deletion_ground": "9(1)(f)"}, None),
        ({"next_school": "No school"}, None),
        ({"next_school": "No next school: a job", "deletion_ground": "9(1)(l)"}, None),
        ({"next_school": "No school yet"}, ""),
        ({"next_school": "TBC", "deletion_ground": "9(1)(l)"}, ""),
        ({"next_school": None, "deletion_ground": "9(1)(a)"}, ""),
        ({"next_school": None, "deletion_ground": "9(1)(f)"}, None),
        ({"next_school": "the authority, 919LLLL"}, ""),
        ({"next_school": "Tobermory School"}, "Tobermory School"),
        ({"next_school": "Unknowne Academy"}, "Unknowne Academy"),
    ],
)
def test_papers_go_to_the_school_or_college_that_was_entered_and_nowhere_else(told: dict[str, object], school: str | None) -> None:
    assert SENDING.school_told(replace(LEFT, **told), "") == school  # type: ignore[arg-type]
    assert SENDING.school_told(replace(LEFT, **told), "230") == school, "a college outside the sector that takes such files"  # type: ignore[arg-type]
    if (told["next_school"] or "").startswith(("Home", "Elective")):  # type: ignore[attr-defined]
        assert SENDING.of_leaver(CHILD, replace(LEFT, **told), "") == Destination("MMMMMMM")  # type: ignore[arg-type]


def test_papers_of_one_who_is_taught_at_home_by_the_confirmed_destination_go_to_no_name_without_a_number() -> None:
    told = [SENDING.school_told(replace(LEFT, next_school=text), "120") for text in ("with the mother", "Hill School, 919/4001")]
    assert told == [None, "Hill School, 919/4001"]


def test_one_over_age_who_goes_to_no_school_has_none_that_is_told_and_a_college_without_a_name_is_one() -> None:
    grown = replace(LEFT, next_school=None, deletion_ground="9(1)(l)")
    assert [SENDING.school_told(grown, activity) for activity in ("540", "", "230")] == [None, None, ""]
    assert SENDING.school_told(replace(grown, next_school="Riverside College"), "540") == "Riverside College"


def test_a_copy_goes_to_the_other_school() -> None:
    assert SENDING.of_copy(Enrolment(status="M", main_school="919/4003")) == Destination("9194003")
    assert isinstance(SENDING.of_copy(Enrolment(status="M")), NotYet)
    assert isinstance(SENDING.of_copy(Enrolment(status="C", main_school="919/4003")), NotYet)


@pytest.mark.parametrize(("left", "due"), [(DAY, True), (date(2026, 10, 6), True), (date(2026, 10, 5), False), (date(2026, 7, 21), False)])
def test_it_is_put_forward_for_as_long_again_as_the_law_gives(left: date, due: bool) -> None:
    """Thirty school days: from 6 October, without half-term and weekends, to 24 November."""
    assert SENDING.still_due(left) is due
    assert not TransferRouting("919/1100", DAY, SchoolCalendar()).still_due(date(2026, 6, 30))


def test_the_names_are_those_that_the_import_takes() -> None:
    assert file_name("9191100", "9194001", 1) == "9191100_CTF_9194001_001.xml"
    assert file_name("9191100", "MMMMMMM", 2) == "9191100_CTF_MMMMMMM_002.xml"
    assert file_name("9191100", "820LLLL", 999) == "9191100_CTF_820LLLL_999.xml"
    assert file_name("9191100", "XXXXXXX", 1000) == "9191100_CTF_XXXXXXX_001.xml"
    assert all(right_name(file_name("9191100", code, 7)) for code in ("9194001", "MMMMMMM", "820LLLL", "XXXXXXX"))


def test_the_academic_year_changes_on_the_day_that_is_set() -> None:
    assert [academic_year(date(2026, 8, 31), day) for day in ("09-01", "08-01")] == [2025, 2026]
    assert [academic_year(date(2026, 9, 1), day) for day in ("09-01", "08-01")] == [2026, 2026]
    assert academic_year(DAY, "09-01") == 2026
