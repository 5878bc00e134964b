"""When a translation counts as checked, and what must be said of who made and who checked it: one rule for the privacy notice, for letters
and for forms. Whether it is of the English in use is looked at by each of them.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem

_LEAST_LETTERS = 2  # of a name: «Li»


def is_checked(checked_on: date | None, day: date) -> bool:
    """Whether somebody has checked a translation by a day."""
    return checked_on is not None and checked_on <= day


type Check = tuple[str | None, date | None]
"""Who checked a translation, and on which day."""

OTHER_WORDS = _("Other words were checked than these. Enter who has checked these, and when.")


def is_check_of_others(check: Check, words: object, earlier: Iterable[tuple[Check, object]]) -> bool:
    """Whether a check is that of an earlier version which read otherwise, or was of other English: ``words`` are all that it was of.

    ``earlier`` are the versions before, the first one first, each with its check and its words.
    """
    checked_words = [earlier_words for earlier_check, earlier_words in earlier if earlier_check == check]
    return check[1] is not None and bool(checked_words) and checked_words[-1] != words


def unsaid_of_checking(
    translated_by: str | None, checked_by: str | None, checked_on: date | None, today: date, *, worded_on: date | None = None
) -> Iterator[Problem]:
    """What is not said of who made a translation and who checked it. One that nobody has checked yet may be kept; it is not given.

    ``worded_on`` is since when the English reads as it does, where that is known: nobody has checked a translation of it earlier.
    """
    if not translated_by or not _is_name(translated_by):
        yield Problem("translated_by", "missing", _("Enter who translated it."))
    if bool(checked_by) != bool(checked_on):
        yield Problem("checked_by", "missing", _("Enter who checked it, and on which day; or leave both empty."))
    elif checked_by and not _is_name(checked_by):
        yield Problem("checked_by", "no_name", _("Enter the name of who checked it."))
    elif checked_by and translated_by and _compared(checked_by) == _compared(translated_by):
        yield Problem("checked_by", "same_person", _("Somebody else than who translated it must check it. Enter who that is."))
    if checked_on is not None and checked_on > today:
        yield Problem("checked_on", "future_date", _("The day lies in the future. Enter the day on which it was checked."))
    elif checked_on is not None and worded_on is not None and checked_on < worded_on:
        words = _("The English reads as it does since {day}. It can have been checked only on that day or later.")
        yield Problem("checked_on", "before_english", words.format(day=show_date(worded_on)))


def _is_name(words: str) -> bool:
    return sum(sign.isalpha() for sign in words) >= _LEAST_LETTERS


def _compared(name: str) -> str:
    """A name as two are compared: without titles' points, blanks and capitals."""
    return "".join(sign for sign in fold(name) if sign.isalnum())
