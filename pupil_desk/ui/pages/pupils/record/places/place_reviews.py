"""The list of reviews of a pupil's places of one kind, agreed with schools here or bought from providers, and the form of one."""

import dataclasses
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import item_named
from pupil_desk.domain.pupils.place_review import Place, PlaceReview
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import place_reviews
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.forms.offering import offer_names
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.pages.pupils.record.several import PartDefinition, SeveralPart


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReviewList:
    """What tells the reviews of one kind of place from those of the other: their record, the item that says with whom the place is, words, and the places.

    ``named`` shows with whom, as the unit names it; ``offered`` are the names that the form offers for it; None where it is chosen.
    """

    review_type: type[Any]
    of_whom: str
    of_whom_words: str
    name: str
    empty_words: str
    switch: str
    places_of: Callable[[Desk, str], Sequence[Place]]
    named: Callable[[Desk, str], str]
    offered: Callable[[Desk, str], Sequence[str]] | None = None


class PlaceReviewList(SeveralPart[PlaceReview]):
    """The reviews, the latest first; a new one is of the place whose review is due first."""

    def __init__(self, context: Context, may_leave: Callable[[], bool], kind: ReviewList) -> None:
        desk = context.desk
        self._kind_of_review = kind
        form = Form(
            kind.review_type,
            today=desk.today,
            check=lambda review: place_reviews.problems(desk, review),
            readonly=not desk.may(Action.EDIT_RECORD),
        )
        super().__init__(context, may_leave, _definition(kind), form, lambda review: review.id)
        if kind.offered is not None:
            offer_names(form, kind.of_whom, ())  # made with the form, and filled for each pupil

    def show_record(self, record: PupilRecord) -> None:
        super().show_record(record)
        if (offered := self._kind_of_review.offered) is not None:
            offer_names(self.form, self._kind_of_review.of_whom, offered(self.context.desk, record.pupil.id))


def _definition(kind: ReviewList) -> PartDefinition[PlaceReview]:
    decisions = item_named(kind.review_type, "decision").codes or ""

    def columns(part: SeveralPart[PlaceReview]) -> Sequence[Column[PlaceReview]]:
        desk = part.context.desk
        return (
            Column("day", _("Day"), lambda review: short_date(review.day), longest="24 Nov 2026"),
            Column(kind.of_whom, kind.of_whom_words, lambda review: kind.named(desk, getattr(review, kind.of_whom)), stretch=True),
            Column("decision", _("Decision"), lambda review: codelist(decisions).label_of(review.decision), width=22),
            Column(
                "next", _("Next review"), lambda review: short_date(review.next_review) if review.next_review else "", longest="24 Nov 2026"
            ),
        )

    def new_keys(record: PupilRecord, desk: Desk) -> dict[str, Any]:
        """Of the place that is to be reviewed first."""
        own_places = kind.places_of(desk, record.pupil.id)
        running = [place for place in own_places if place.spans(desk.today, desk.today)] or own_places
        place = min(running, key=lambda place: place.review_day or date.max, default=None)
        return {"day": desk.today, kind.of_whom: getattr(place, kind.of_whom) if place is not None else None}

    return PartDefinition(
        name=kind.name,
        add_words=_("Add a revie&w"),
        new_title=_("New review of a place"),
        empty_words=kind.empty_words,
        sign="handshake",
        columns=columns,
        rows_of=lambda record, desk: place_reviews.of_pupil(desk, kind.review_type, record.pupil.id)[::-1],
        title_of=lambda review: _("Review of {day}").format(day=short_date(review.day)),
        new_keys=new_keys,
        add=place_reviews.add,
        save=place_reviews.save,
        switch=kind.switch,
        spare={"next": 720, "decision": 520},
    )
