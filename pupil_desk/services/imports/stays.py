"""The stay at the unit that goes in with a new pupil, in words: the same before a file is imported, and after."""

from collections import Counter
from collections.abc import Iterable

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.services.imports.kinds import Plan


def stay_words(stay: Enrolment) -> str:
    """A stay in a line."""
    start = _("from {day}").format(day=show_date(stay.start_date)) if stay.start_date else _("without a first day")
    end = _("to {day}").format(day=show_date(stay.end_date)) if stay.end_date else _("open")
    return _("Stay at the unit: {stay}").format(stay=", ".join((_status(stay), start, end)))


def stays_words(plans: Iterable[Plan]) -> str:
    """What stays begin with the new pupils of a file; empty where none does."""
    stays = [write.new for plan in plans for write in plan.writes if write.old is None and isinstance(write.new, Enrolment)]
    counts = Counter(
        ", ".join(
            (
                _status(stay),
                _("from the day in the file") if stay.start_date else _("without a first day"),
                _("to the day in the file") if stay.end_date else _("open"),
            )
        )
        for stay in stays
    )
    listing = "; ".join(f"{count_of(count, _('stay'), _('stays'))}: {words}" for words, count in counts.items())
    return _("What begins at the unit by this file: {stays}. Each can be corrected in the record.").format(stays=listing) if listing else ""


def _status(stay: Enrolment) -> str:
    return codelist("enrolment_status").label_of(stay.status)
