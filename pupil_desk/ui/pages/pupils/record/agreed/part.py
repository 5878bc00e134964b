"""Places here that schools agreed for the pupil, and the reviews of them: a list each, and the form of one."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.schools.place_review import SchoolPlaceReview
from pupil_desk.domain.schools.school_place import SchoolPlace, check_school_place
from pupil_desk.domain.unit.school_name import school_named
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.roles import Action
from pupil_desk.services.schools import place_reviews
from pupil_desk.services.schools import places as school_places
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.pages.pupils.record.grouped import GroupPart
from pupil_desk.ui.pages.pupils.record.several import PartDefinition, SeveralPart


class SchoolPlaceList(SeveralPart[SchoolPlace]):
    """The places here that schools agreed, the latest first."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        desk = context.desk
        form = Form(SchoolPlace, today=desk.today, check=check_school_place, readonly=not desk.may(Action.EDIT_RECORD))
        super().__init__(context, may_leave, _AGREED, form, lambda place: place.id)


class PlaceReviewList(SeveralPart[SchoolPlaceReview]):
    """Their reviews, the latest first; a new one is of the place whose review is due first."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        desk = context.desk
        form = Form(
            SchoolPlaceReview,
            today=desk.today,
            check=lambda review: place_reviews.problems(desk, review),
            readonly=not desk.may(Action.EDIT_RECORD),
        )
        super().__init__(context, may_leave, _REVIEWED, form, lambda review: review.id)


class SchoolPlacesPart(GroupPart):
    """The places that schools agreed, and their reviews, a list each."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        super().__init__(context, may_leave, _("Agreed places"))
        self.places = SchoolPlaceList(context, may_leave)
        self.reviews = PlaceReviewList(context, may_leave)
        self.take_lists(((_("&Places"), self.places), (_("Re&views"), self.reviews)))

    def read(self, record: PupilRecord) -> None:
        """Each list asks for itself, once it is turned to."""


def _agreed_columns(part: SeveralPart[SchoolPlace]) -> Sequence[Column[SchoolPlace]]:
    desk = part.context.desk
    return (
        Column("start", _("From"), lambda place: short_date(place.start_date)),
        Column("end", _("Until"), lambda place: short_date(place.end_date) if place.end_date else "", longest="24 Nov 2026"),
        Column("school", _("School"), lambda place: school_named(place.school, desk.settings.told_schools), stretch=True),
        Column("kind", _("Kind"), lambda place: codelist("school_place_kind").label_of(place.kind), width=22),
    )


_AGREED = PartDefinition[SchoolPlace](
    name=_("Places agreed with schools"),
    add_words=_("Add a plac&e"),
    new_title=_("New place agreed with a school"),
    empty_words=_("No school has agreed a place here"),
    sign="handshake",
    columns=_agreed_columns,
    rows_of=lambda record, desk: school_places.of_pupil(desk, record.pupil.id)[::-1],
    title_of=lambda place: codelist("school_place_kind").label_of(place.kind),
    new_keys=lambda record, desk: {
        "start_date": desk.today,
        "school": next((stay.main_school for stay in reversed(record.stays) if stay.main_school), None),
    },
    add=school_places.add,
    save=school_places.save,
    switch=school_places.SWITCH,
    spare={"end": 520, "kind": 620},
)


def _review_columns(part: SeveralPart[SchoolPlaceReview]) -> Sequence[Column[SchoolPlaceReview]]:
    desk = part.context.desk
    return (
        Column("day", _("Day"), lambda review: short_date(review.day), longest="24 Nov 2026"),
        Column("school", _("School"), lambda review: school_named(review.school, desk.settings.told_schools), stretch=True),
        Column("decision", _("Decision"), lambda review: codelist("place_decision").label_of(review.decision), width=22),
        Column(
            "next", _("Next review"), lambda review: short_date(review.next_review) if review.next_review else "", longest="24 Nov 2026"
        ),
    )


def _new_review(record: PupilRecord, desk: Desk) -> dict[str, Any]:
    """Of the place that is to be reviewed first."""
    own_places = school_places.of_pupil(desk, record.pupil.id)
    running = [place for place in own_places if place.spans(desk.today, desk.today)] or own_places
    place = min(running, key=lambda place: place.review_day or date.max, default=None)
    return {"day": desk.today, "school": place.school if place is not None else None}


_REVIEWED = PartDefinition[SchoolPlaceReview](
    name=_("Reviews of places agreed with schools"),
    add_words=_("Add a revie&w"),
    new_title=_("New review of a place"),
    empty_words=_("No place agreed with a school was reviewed yet"),
    sign="handshake",
    columns=_review_columns,
    rows_of=lambda record, desk: place_reviews.of_pupil(desk, record.pupil.id)[::-1],
    title_of=lambda review: _("Review of {day}").format(day=short_date(review.day)),
    new_keys=_new_review,
    add=place_reviews.add,
    save=place_reviews.save,
    switch=school_places.SWITCH,
    spare={"next": 720, "decision": 520},
)
