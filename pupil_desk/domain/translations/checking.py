"""When a translation may be given: once a named person who speaks the language has checked it, and while it is of the words in use.

One rule for the privacy notice, for letters and for forms.
"""

from collections.abc import Iterator
from datetime import date

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem


def is_checked(checked_on: date | None, day: date) -> bool:
    """Whether somebody has checked a translation by a day."""
    return checked_on is not None and checked_on <= day


def unsaid_of_checking(translated_by: str | None, checked_by: str | None, checked_on: date | None, today: date) -> Iterator[Problem]:
    """What is not said of who made a translation and who checked it. One that nobody has checked yet may be kept; it is not given."""
    if not translated_by:
        yield Problem("translated_by", "missing", _("Enter who translated it."))
    if bool(checked_by) != bool(checked_on):
        yield Problem("checked_by", "missing", _("Enter who checked it, and on which day; or leave both empty."))
    if checked_on is not None and checked_on > today:
        yield Problem("checked_on", "future_date", _("The day lies in the future. Enter the day on which it was checked."))
