"""A review of a place, agreed with a school here or bought from a provider: who was there, what was found, what was decided, and when it is looked at again.

Each stays on file: what a later review says takes the place of none. The next review's day stands in the place too, by which Home reminds of it.
"""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, Special, item
from pupil_desk.domain.catalogue.validation import Problem, gathered
from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.domain.schools.school_place import SchoolPlace

_REVIEWED = Facts(Section.PLACEMENT, Category.STAYS, Purpose.LEARNING, Basis.PUBLIC_TASK)
_SAID = dataclasses.replace(_REVIEWED, special=Special.SAFETY)
_ENDING = frozenset({"back", "ends"})
"""Of the code lists of decisions: those by which the place goes on no further."""
# The items that reviews of both kinds of place have.
_day = partial(item, _("Day of the review of the place"), Kind.DATE, facts=_REVIEWED, required=True)
_present = partial(item, _("Who was at the review"), Kind.LINES, facts=_REVIEWED)
_found = partial(item, _("What the review of the place found"), Kind.LINES, facts=_SAID, required=True)
_said = partial(item, kind=Kind.LINES, facts=_SAID)
_decision = partial(item, _("What was decided about the place"), Kind.CODE, facts=_REVIEWED, required=True)
_next_review = partial(item, _("Review after this one"), Kind.DATE, facts=_REVIEWED, hint=_("It becomes the next review of the place"))


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolPlaceReview:
    """One review of the place that a school agreed, known by the school and the day."""

    id: str = ""
    pupil_id: str = ""
    school: str = item(
        _("School whose place was reviewed"), Kind.SCHOOL, facts=_REVIEWED, required=True, hint=_("DfE number, such as 919/4001")
    )
    day: date = _day()
    present: str | None = _present(hint=_("Of the school, the family, the unit"))
    found: str = _found(hint=_("Against what success is, as it was agreed"))
    said: str | None = _said(label=_("What pupil, parent and school said"))
    decision: str = _decision(codes="place_decision")
    next_review: date | None = _next_review()


@dataclass(frozen=True, slots=True, kw_only=True)
class BoughtPlaceReview:
    """One review of the place that the unit buys from a provider, known by the provider and the day."""

    id: str = ""
    pupil_id: str = ""
    provider: str = item(_("Provider whose place was reviewed"), Kind.TEXT, facts=_REVIEWED, required=True)
    day: date = _day()
    present: str | None = _present(hint=_("Of the provider, the family, the unit"))
    found: str = _found(hint=_("Against what the pupil goes there for; attendance, safety, progress"))
    said: str | None = _said(label=_("What pupil, parent and provider said"))
    decision: str = _decision(codes="bought_place_decision")
    next_review: date | None = _next_review()


type Place = SchoolPlace | Placement
type PlaceReview = SchoolPlaceReview | BoughtPlaceReview


@gathered
def check_place_review(review: PlaceReview, today: date) -> Iterator[Problem]:
    """The rules across its items: it has been, and the next one comes later."""
    if review.day > today:
        yield Problem("day", "future_date", _("That day is still to come. Enter the review once it has been."))
    if review.next_review is not None and review.next_review <= review.day:
        yield Problem("next_review", "before_review", _("The next review is after this one. Correct one of the two days."))
    if review.next_review is None and review.decision not in _ENDING:
        yield Problem.warning("next_review", "no_next_review", _("The place goes on: enter the day of the next review."))


def reviewed(place: Place, review: PlaceReview) -> Place:
    """The place after a review of it: the next review is what that says; without one a day that is past is no longer due."""
    is_past = place.review_day is not None and place.review_day <= review.day
    return dataclasses.replace(place, review_day=review.next_review or (None if is_past else place.review_day))
