"""A review of a place that a school agreed: who was there, what was found against what success is, what was decided, and when it is looked at again.

Each stays on file: what a later review says takes the place of none. The next review's day stands in the place too, by which Home reminds of it.
"""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, Special, item
from pupil_desk.domain.catalogue.validation import Problem, gathered
from pupil_desk.domain.schools.school_place import SchoolPlace

_REVIEWED = Facts(Section.PLACEMENT, Category.STAYS, Purpose.LEARNING, Basis.PUBLIC_TASK)
_SAID = dataclasses.replace(_REVIEWED, special=Special.SAFETY)
_ENDING = frozenset({"back", "ends"})
"""Of the code list of decisions: those by which the place goes on no further."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolPlaceReview:
    """One review of the place that a school agreed, known by the school and the day."""

    id: str = ""
    pupil_id: str = ""
    school: str = item(
        _("School whose place was reviewed"), Kind.SCHOOL, facts=_REVIEWED, required=True, hint=_("DfE number, such as 919/4001")
    )
    day: date = item(_("Day of the review of the place"), Kind.DATE, facts=_REVIEWED, required=True)
    present: str | None = item(_("Who was at the review"), Kind.LINES, facts=_REVIEWED, hint=_("Of the school, the family, the unit"))
    found: str = item(
        _("What the review of the place found"), Kind.LINES, facts=_SAID, required=True, hint=_("Against what success is, as it was agreed")
    )
    said: str | None = item(_("What pupil, parent and school said"), Kind.LINES, facts=_SAID)
    decision: str = item(_("What was decided about the place"), Kind.CODE, codes="place_decision", facts=_REVIEWED, required=True)
    next_review: date | None = item(
        _("Review after this one"), Kind.DATE, facts=_REVIEWED, hint=_("It becomes the next review of the place")
    )


@gathered
def check_place_review(review: SchoolPlaceReview, today: date) -> Iterator[Problem]:
    """The rules across its items: it has been, and the next one comes later."""
    if review.day > today:
        yield Problem("day", "future_date", _("That day is still to come. Enter the review once it has been."))
    if review.next_review is not None and review.next_review <= review.day:
        yield Problem("next_review", "before_review", _("The next review is after this one. Correct one of the two days."))
    if review.next_review is None and review.decision not in _ENDING:
        yield Problem.warning("next_review", "no_next_review", _("The place goes on: enter the day of the next review."))


def reviewed(place: SchoolPlace, review: SchoolPlaceReview) -> SchoolPlace:
    """The place after a review of it: the next review is what that says; without one a day that is past is no longer due."""
    is_past = place.review_day is not None and place.review_day <= review.day
    return dataclasses.replace(place, review_day=review.next_review or (None if is_past else place.review_day))
