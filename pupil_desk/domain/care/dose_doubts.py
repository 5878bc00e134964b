"""In what a dose differs from what is written of the medicine, and from what was given on that day before: asked about before it is kept.

Only what can be read with certainty is compared: days, times of the day, and whether two texts are the same. Nothing is read out of free words.
"""

import re
from collections.abc import Sequence

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.care.health import Dose, Medicine, tidy_time

_TIME = r"(?:[01]?\d|2[0-3])[:.][0-5]\d"
_NOTHING_BUT_TIMES = re.compile(rf"{_TIME}(?:(?:\s*[,;&/]\s*|\s+and\s+){_TIME})*")
_HOUR = 60  # minutes: whatever is written, two doses are not given so close


def times_written(taken: str) -> int:
    """How often on a day it is given, where nothing but times of the day is written; else 0, not known."""
    return len(re.findall(_TIME, taken)) if _NOTHING_BUT_TIMES.fullmatch(taken.strip()) else 0


def same_words(one: str, other: str) -> bool:
    """Whether two texts are the same but for case and blanks: «10mg» and «10 MG»."""
    return fold(one).replace(" ", "") == fold(other).replace(" ", "")


def differences(dose: Dose, medicine: Medicine, given: Sequence[Dose], *, school_day: bool) -> tuple[str, ...]:
    """In what it differs, a sentence each. ``given`` are the other doses of the medicine on that day that count; ``school_day`` whether the day is one."""
    differing = []
    if given:
        gap = min(abs(_minutes(dose) - _minutes(other_dose)) for other_dose in given)
        if gap < _HOUR or len(given) >= max(1, times_written(medicine.taken)):
            words = _("With this it was given {times} on that day, {gap} apart.")
            differing.append(words.format(times=count_of(len(given) + 1, _("time"), _("times")), gap=_gap_words(gap)))
    if not same_words(dose.amount, medicine.dose):
        differing.append(_("The amount is other than written: “{written}”.").format(written=medicine.dose))
    for day, words in (
        (medicine.end_date, _("It was to be given until {day}.")),
        (medicine.expiry, _("It was past its use-by day, {day}.")),
    ):
        if day is not None and day < dose.given_on:
            differing.append(words.format(day=show_date(day)))
    if not school_day:
        differing.append(_("{day} is not a school day.").format(day=show_date(dose.given_on)))
    return tuple(differing)


def _minutes(dose: Dose) -> int:
    hours, minutes = tidy_time(dose.given_time).split(":")
    return int(hours) * 60 + int(minutes)


def _gap_words(minutes: int) -> str:
    if minutes == 0:
        return _("less than a minute")
    if minutes < 2 * _HOUR:
        return count_of(minutes, _("minute"), _("minutes"))
    return _("{hours} and {minutes}").format(
        hours=count_of(minutes // 60, _("hour"), _("hours")), minutes=count_of(minutes % 60, _("minute"), _("minutes"))
    )
