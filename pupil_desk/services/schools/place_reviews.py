"""Reviews of places that schools agreed: reading, adding, correcting; with the last one goes the day of the next review into the place."""

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.schools.place_review import SchoolPlaceReview, check_place_review, reviewed
from pupil_desk.domain.schools.school_place import SchoolPlace
from pupil_desk.services import further, records
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.roles import Action
from pupil_desk.services.schools.places import SWITCH
from pupil_desk.services.unit.uses import require_use
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows import several

_NEWS = ("school_place",)


def of_pupil(desk: Desk, pupil_id: str) -> list[SchoolPlaceReview]:
    """A pupil's own, the earliest first."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    return several.of_pupil(desk.vault, SchoolPlaceReview, pupil_id)


def problems(desk: Desk, review: SchoolPlaceReview) -> tuple[Problem, ...]:
    """What is wrong with one: a place of that school is on file on that day, and the rules across its items."""
    review_problems = check_place_review(review, desk.today)
    if not _place_of(desk.vault, review):
        words = _("The school agreed no place of this pupil that had begun on that day. Correct the school or the day, or enter the place.")
        return (Problem("school", "no_place", words), *review_problems)
    return review_problems


def add(desk: Desk, review: SchoolPlaceReview) -> Changed:
    """Keep a new one, and its next day in the place. Raises Refused; WrongUse where the unit works with no schools."""
    require_use(desk, SWITCH)
    return further.add(desk, "school_place_review", review, lambda review_typed: problems(desk, review_typed), then=_into_place, news=_NEWS)


def save(desk: Desk, review: SchoolPlaceReview) -> Changed:
    """Keep what has changed of one. Raises Refused, WrongUse."""
    return further.save(
        desk, "school_place_review", review, lambda review_typed: problems(desk, review_typed), then=_into_place, news=_NEWS
    )


def _into_place(work: Work, review: SchoolPlaceReview) -> None:
    """Of the last review of a place alone: an earlier one that is entered or corrected later says nothing of what comes next."""
    vault = work.desk.vault
    place = _place_of(vault, review)
    if place is None:
        raise WrongUse(_("The place is no longer on file. Open the pupil again."))
    own_reviews = several.of_pupil(vault, SchoolPlaceReview, review.pupil_id)
    if not any(other_review.school == review.school and other_review.day > review.day for other_review in own_reviews):
        records.change(work, place, reviewed(place, review), source="form")


def _place_of(vault: Vault, review: SchoolPlaceReview) -> SchoolPlace | None:
    """The place of that school that began last, up to the day of the review."""
    own_places = several.of_pupil(vault, SchoolPlace, review.pupil_id)
    return next((place for place in reversed(own_places) if place.school == review.school and place.start_date <= review.day), None)
