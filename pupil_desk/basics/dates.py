"""Dates as people write them in England, and ages. Never month first."""

import re
from datetime import date, timedelta

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[\s/.\-]+(\d{1,2})[\s/.\-]+(\d{4}|\d{2})(?: 00:00(?::00)?)?")
_IN_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s/.\-]*([A-Za-z]{3,9})\.?,?[\s/.\-]*(\d{4}|\d{2})")
_SERIAL = re.compile(r"(\d{5})(?:\.0+)?")
_EXCEL_DAY_0 = date(1899, 12, 30)
_EARLIEST, _LATEST = date(1900, 1, 1), date(2199, 12, 31)


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
    return _in_range(date(year, month, day))


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
    if not _EARLIEST <= day <= _LATEST:
        raise ValueError("a year we do not take")
    return day


def show_date(day: date) -> str:
    """27 March 2007."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """27 Mar 2007, for columns."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


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
