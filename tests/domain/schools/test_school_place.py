"""Places that schools agree: the days, the price, what is odd about one, and what a school owes."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from pupil_desk.basics.money import price_of
from pupil_desk.domain.register.attendance import Session
from pupil_desk.domain.schools.charges import charges, total
from pupil_desk.domain.schools.school import School, check_school_contacts
from pupil_desk.domain.schools.school_mark import SchoolMark, check_school_mark
from pupil_desk.domain.schools.school_place import SchoolPlace, agreed_sessions, check_school_place

MONDAY = date(2026, 11, 2)
AM, PM = Session.AM, Session.PM


def place(**items: object) -> SchoolPlace:
    return SchoolPlace(**{"pupil_id": "p", "school": "919/4001", "kind": "bought", "start_date": MONDAY} | items)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (None, {0, 1, 2, 3, 4}),
        ("Mon, Wed", {0, 2}),
        ("Tuesdays and Fridays", {1, 4}),
        ("thu", {3}),
        ("Mon/Tue & Wed", {0, 1, 2}),
        ("Mon-Fri", {0, 1, 2, 3, 4}),
        ("Monday – Wednesday, Fri", {0, 1, 2, 4}),
        ("Tue to Thurs", {1, 2, 3}),
    ],
)
def test_days_are_read_as_people_write_them(text: str | None, days: set[int]) -> None:
    assert agreed_sessions(text) == {(day, session) for day in days for session in Session}


def test_a_half_day_is_one_session_and_a_place_says_of_which_days() -> None:
    assert agreed_sessions("Mon am, Tue, Thu-Fri afternoons") == {(0, AM), (1, AM), (1, PM), (3, PM), (4, PM)}
    half_days = place(days="Mon am, Tue")
    assert [half_days.sessions_on(MONDAY + timedelta(day)) for day in range(3)] == [1, 2, 0]
    assert (half_days.expects(MONDAY, AM), half_days.expects(MONDAY, PM), half_days.is_on(MONDAY)) == (True, False, True)


@pytest.mark.parametrize(("text", "pounds"), [("85", "85"), ("£1,250.50", "1250.50"), ("£ 90", "90"), ("", None), (None, None)])
def test_a_price_is_read_in_pounds(text: str | None, pounds: str | None) -> None:
    assert price_of(text) == (None if pounds is None else Decimal(pounds))


@pytest.mark.parametrize(
    ("items", "codes"),
    [
        ({}, []),
        ({"days": "Mon, Sat"}, ["unknown_day"]),
        ({"days": "3"}, ["unknown_day"]),
        ({"days": "Mon, Tue am"}, []),
        ({"days": "am"}, ["unknown_day"]),
        ({"days": "Fri-Mon"}, ["unknown_day"]),
        ({"days": "Mon-"}, ["unknown_day"]),
        ({"days": "Mon-Tue-Wed"}, ["unknown_day"]),
        ({"days": "Mon until Fri"}, ["unknown_day"]),
        ({"days": "Mon + Tue"}, ["unknown_day"]),
        ({"days": ","}, ["unknown_day"]),
        ({"price": "85 a day", "price_per": "day"}, ["bad_price"]),
        ({"price": "85"}, ["price_without_unit"]),
        ({"price_per": "day"}, ["price_without_unit"]),
        ({"end_date": MONDAY - timedelta(1)}, ["ends_before_start"]),
        ({"kind": "directed"}, ["direction_without_end", "direction_without_review"]),
        ({"kind": "directed", "end_date": MONDAY, "review_day": MONDAY}, []),
    ],
)
def test_what_is_odd_about_a_place_is_said(items: dict[str, object], codes: list[str]) -> None:
    assert [problem.code for problem in check_school_place(place(**items))] == codes


def test_a_place_that_follows_another_within_a_week_or_half_term_is_not_charged_twice() -> None:
    days = [MONDAY + timedelta(days=day) for day in (0, 1, 2, 3, 4, 7)]
    for per, price, owed in (("week", "200", 400), ("half-term", "500", 500), ("day", "10", 60)):
        first = place(price=price, price_per=per, end_date=MONDAY + timedelta(2))
        renewed = place(price=price, price_per=per, start_date=MONDAY + timedelta(3))
        assert total(charges([first, renewed], days)) == owed, per


def test_a_charge_counts_the_school_days_that_were_agreed() -> None:
    days = [MONDAY + timedelta(weeks=week, days=day) for week in range(3) for day in range(5) if (week, day) != (1, 0)]  # one Monday closed
    told = {
        "each day": place(price="10", price_per="day"),
        "Mondays": place(price="10.50", price_per="day", days="Mon"),
        "both halves of Mondays": place(price="5", price_per="session", days="Mon"),
        "Monday mornings": place(price="40", price_per="session", days="Mon am"),
        "weeks": place(price="100", price_per="week", days="Mon"),
        "half-term": place(price="1,000", price_per="half-term", start_date=MONDAY + timedelta(days=16)),
        "one week": place(price="10", price_per="day", end_date=MONDAY + timedelta(days=6)),
        "no price": place(),
    }
    charged = {name: list(charges([one], days)) for name, one in told.items()}
    assert {name: (rows[0].days, rows[0].times, rows[0].amount) for name, rows in charged.items()} == {
        "each day": (14, 14, Decimal(140)),
        "Mondays": (2, 2, Decimal("21.00")),
        "both halves of Mondays": (2, 4, Decimal(20)),
        "Monday mornings": (2, 2, Decimal(80)),
        "weeks": (2, 2, Decimal(200)),
        "half-term": (3, 1, Decimal(1000)),
        "one week": (5, 5, Decimal(50)),
        "no price": (14, 0, None),
    }
    assert total(row for rows in charged.values() for row in rows) == Decimal("1511.00")
    assert list(charges([place(start_date=MONDAY + timedelta(weeks=9))], days)) == []


def test_a_school_and_a_mark_are_checked() -> None:
    assert [problem.column for problem in check_school_contacts(School(number="919/4001", contact_email="a@b.example"))] == ["contact"]
    mark = SchoolMark(pupil_id="p", school="919/4001", day=date(2026, 11, 2), session="AM", code="H")  # type: ignore[arg-type]
    assert [problem.code for problem in check_school_mark(mark)] == ["retired_code"]
