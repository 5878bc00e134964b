"""A reader of the printed sentences that knows the words alone: from a sentence and the days of what happened to the day it is due.

It imports nothing of the program. Its grammar is what a careful person would read: «until the pupil’s 25th birthday», «6 years from the
day of the last entry», «and at least …», «and if someone was badly hurt on the trip at least …», «as long as anything is kept …».
"""

import re
from collections.abc import Mapping
from datetime import date

BIRTHDAY = re.compile(r"until the pupil’s (\d+)(?:st|nd|rd|th) birthday")
YEARS = re.compile(
    r"(\d+) years? from the day (of the last entry|the case is closed|the answer no longer counts|of leaving)(?: \([^)]*\))?"
)
NAMED = "as long as anything is kept that names the person"
HURT = ", and if someone was badly hurt on the trip at least "
PAPERS = "; a paper or form of a consent as long as that consent, and a paper filed under special educational needs as long as those"


class Unreadable(Exception):
    """The sentence says something that this reader does not know."""


def years_later(day: date, years: int) -> date:
    """The same date so many years later; of 29 February the 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def due(sentence: str, days: Mapping[str, date | None], *, hurt: bool = False) -> date | None:
    """When it is due. ``days`` by the words of the sentence: «birth», «of the last entry», «the case is closed», «named» and so on.

    A day that is None has not come yet, and then nobody can know; one that is not there at all does not concern the thing.
    """
    text = sentence[:1].lower() + sentence[1:]
    text = text.removesuffix(PAPERS)
    usual, _hurt, further = text.partition(HURT)
    found = [_one(part, days) for part in usual.split(", and at least ")]
    if further and hurt:
        found.append(_one(further, days))
    counted = [day for day in found if day != "no concern"]
    if not counted or None in counted:
        return None
    return max(day for day in counted if isinstance(day, date))


def _one(part: str, days: Mapping[str, date | None]) -> date | str | None:
    if match := BIRTHDAY.fullmatch(part):
        return _after(days, "birth", int(match[1]))
    if match := YEARS.fullmatch(part):
        return _after(days, match[2], int(match[1]))
    if part == NAMED:
        return _after(days, "named", 0)
    raise Unreadable(part)


def _after(days: Mapping[str, date | None], event: str, years: int) -> date | str | None:
    if event not in days:
        return "no concern"
    day = days[event]
    return None if day is None else years_later(day, years)
