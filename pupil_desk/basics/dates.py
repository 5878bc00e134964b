"""Dates as people write them in England, and ages. Never month first."""

import re
from calendar import monthrange
from datetime import date, timedelta

from pupil_desk.basics.words import _, count_of

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[\s/.\-]+(\d{1,2})[\s/.\-]+(\d{4}|\d{2})(?: 00:00(?::00)?)?")
_NO_YEAR = re.compile(r"(\d{1,2})[\s/.\-]+(\d{1,2})[\s/.\-]*")
_IN_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s/.\-]*([A-Za-z]{3,9})\.?,?[\s/.\-]*(\d{4}|\d{2})")
_SERIAL = re.compile(r"(\d{5})(?:\.0+)?")
_EXCEL_DAY_0 = date(1899, 12, 30)
_FEBRUARY, _LEAP_YEAR = 2, 2024
_EARLIEST, _LATEST = date(1900, 1, 1), date(2199, 12, 31)


class NoSuchDay(ValueError):
    """A date is written as we read them, and no calendar has it. Its text says why, for a person."""


def read_date(text: str, *, latest: date | None = None) -> date:
    """The date a text means: ISO, 27/3/2007, 27/3/07, 27 3 2007, 27 Mar 2007, or an Excel serial.

    A year of two digits is taken as the latest such year that is not after ``latest`` (given for dates that lie in
    the past, such as birth); without it as 2000 to 2079, else 1980 to 1999. Raises ValueError when the text is none
    of these, or names a day that does not exist.
    """
    text = text.strip()
    if match := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _DAY_FIRST.fullmatch(text):
        day, month, year = int(match[1]), int(match[2]), _full_year(match[3], latest)
    elif match := _IN_WORDS.fullmatch(text):
        day, month, year = int(match[1]), _month(match[2]), _full_year(match[3], latest)
    elif match := _SERIAL.fullmatch(text):
        return _in_range(_EXCEL_DAY_0 + timedelta(days=int(match[1])))
    else:
        raise ValueError(f"not a date as we read them: {len(text)} characters")
    return _in_range(_day_of(year, month, day))


def why_no_day(text: str, otherwise: str) -> str:
    """Why a text that ``read_date`` refused is no day: «February 2012 has 29 days.»; what is said ``otherwise`` where it is no date at all."""
    try:
        if match := _NO_YEAR.fullmatch(text.strip()):
            return _why_in_no_year(int(match[1]), int(match[2])) or otherwise
        read_date(text)
    except NoSuchDay as why:
        return str(why)
    except ValueError:
        pass
    return otherwise


def _why_in_no_year(day: int, month: int) -> str:
    """Why a day and a month with no year yet are no day, whatever the year: «February has 28 or 29 days.»; empty where some year has it."""
    _check_month(month)
    most = monthrange(_LEAP_YEAR, month)[1]
    if 1 <= day <= most:
        return ""
    if month == _FEBRUARY:
        return _("February has 28 or 29 days.")
    return _("{month} has {days}.").format(month=MONTHS[month - 1], days=count_of(most, _("day"), _("days")))


def _day_of(year: int, month: int, day: int) -> date:
    _check_month(month)
    _in_range_of_years(year)
    days = monthrange(year, month)[1]
    if not 1 <= day <= days:
        words = _("{month} {year} has {days}.").format(month=MONTHS[month - 1], year=year, days=count_of(days, _("day"), _("days")))
        raise NoSuchDay(words)
    return date(year, month, day)


def _check_month(month: int) -> None:
    if not 1 <= month <= len(MONTHS):
        raise NoSuchDay(_("There is no month {month}. Write the day first, then the month.").format(month=month))


def _month(word: str) -> int:
    if not any(name.lower().startswith(word.lower()) or word.lower() == "sept" for name in MONTHS):
        raise ValueError("no such month")
    return [name[:3].lower() for name in MONTHS].index(word[:3].lower()) + 1


def _full_year(digits: str, latest: date | None) -> int:
    if len(digits) == 4:
        return int(digits)
    year = 2000 + int(digits)
    if latest is not None:
        return year if year <= latest.year else year - 100
    return year if year < 2080 else year - 100


def _in_range(day: date) -> date:
    _in_range_of_years(day.year)
    return day


def _in_range_of_years(year: int) -> None:
    if not _EARLIEST.year <= year <= _LATEST.year:
        words = _("{year} is not a year that is taken: only those from {first} to {last} are.")
        raise NoSuchDay(words.format(year=year, first=_EARLIEST.year, last=_LATEST.year))


def show_date(day: date) -> str:
    """27 March 2007."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """27 Mar 2007, for columns."""
    return f"{day_and_month(day)} {day.year}"


def day_and_month(day: date) -> str:
    """27 Mar, where the year stands above."""
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def birthday(dob: date, age: int) -> date:
    """The day on which that age is reached. One born on 29 February reaches it on 1 March in common years."""
    try:
        return dob.replace(year=dob.year + age)
    except ValueError:
        return date(dob.year + age, 3, 1)


def age_on(dob: date, day: date) -> int:
    """Whole years of age on a day, from the start of the birthday."""
    years = day.year - dob.year
    return years if day >= birthday(dob, years) else years - 1
