"""Reviews of places, agreed with schools here or bought from providers: reading, adding, correcting; with the last one goes the day of the next into the place."""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.providers.provider import provider_key
from pupil_desk.domain.pupils.place_review import BoughtPlaceReview, Place, PlaceReview, SchoolPlaceReview, check_place_review, reviewed
from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.domain.schools.school_place import SchoolPlace
from pupil_desk.services import further, records
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.providers import providers
from pupil_desk.services.roles import Action
from pupil_desk.services.schools import places
from pupil_desk.services.unit.uses import require_use
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows import amendments, several
from pupil_desk.store.rows.rows import differences


@dataclass(frozen=True, slots=True, kw_only=True)
class _ReviewKind:
    """What tells reviews of one kind of place from those of the other: their kind of record, that of the place, its setting, and with whom a place is.

    ``of_whom`` is the item of both records that says it, ``key_of`` by what it is compared, ``no_place`` what is said where none is on file.
    """

    kind: str
    place_kind: str
    place_type: type[SchoolPlace] | type[Placement]
    switch: str
    of_whom: str
    key_of: Callable[[str], str]
    no_place: str

    def key(self, record: Place | PlaceReview) -> str:
        """By what it is known with whom the place is."""
        return self.key_of(getattr(record, self.of_whom))


_KINDS: Mapping[type[PlaceReview], _ReviewKind] = {
    SchoolPlaceReview: _ReviewKind(
        kind="school_place_review",
        place_kind="school_place",
        place_type=SchoolPlace,
        switch=places.SWITCH,
        of_whom="school",
        key_of=str,
        no_place=_(
            "The school agreed no place of this pupil that had begun on that day. Correct the school or the day, or enter the place."
        ),
    ),
    BoughtPlaceReview: _ReviewKind(
        kind="bought_place_review",
        place_kind="placement",
        place_type=Placement,
        switch=providers.SWITCH,
        of_whom="provider",
        key_of=provider_key,
        no_place=_("No place of this pupil at that provider had begun on that day. Correct the provider or the day, or enter the place."),
    ),
}


def of_pupil[R: (SchoolPlaceReview, BoughtPlaceReview)](desk: Desk, review_type: type[R], pupil_id: str) -> list[R]:
    """A pupil's own of one kind, the earliest first."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    return several.of_pupil(desk.vault, review_type, pupil_id)


def problems(desk: Desk, review: PlaceReview) -> tuple[Problem, ...]:
    """What is wrong with one: a place of it is on file on that day, and the rules across its items."""
    review_problems, kind = check_place_review(review, desk.today), _KINDS[type(review)]
    if not _place_of(desk.vault, review):
        return (Problem(kind.of_whom, "no_place", kind.no_place), *review_problems)
    return review_problems


def add(desk: Desk, review: PlaceReview) -> Changed:
    """Keep a new one, and its next day in the place. Raises Refused; WrongUse where the unit has switched such places off."""
    kind = _KINDS[type(review)]
    require_use(desk, kind.switch)
    return further.add(
        desk, kind.kind, _as_in_place(desk, review), lambda typed: problems(desk, typed), then=_into_place, news=(kind.place_kind,)
    )


def save(desk: Desk, review: PlaceReview) -> Changed:
    """Keep what has changed of one. Raises Refused, WrongUse."""
    kind, old = _KINDS[type(review)], several.get(desk.vault, type(review), review.id)

    def then(work: Work, corrected: PlaceReview) -> None:
        if old is not None and not {kind.of_whom, "day", "next_review"}.isdisjoint(differences(old, corrected)):
            follow(work, old, corrected)

    return further.save(
        desk, kind.kind, _as_in_place(desk, review), lambda typed: problems(desk, typed), then=then, news=(kind.place_kind,)
    )


def follow(work: Work, old: Any | None, new: Any | None) -> None:
    """Within the transaction in which a record becomes another: of a review, let the place have the day of its last one; of a place put back, too.

    ``old`` is None of one that is put back, ``new`` of one that is taken away. Of another kind of record nothing is done.
    """
    if type(new or old) not in _KINDS:
        if old is None:
            settle(work, new, source="form")
        return
    if old is not None:
        _out_of_place(work, old)
    if new is not None:
        _into_place(work, new)


def settle(work: Work, record: Any, *, source: str) -> Place | None:
    """Within the transaction that brought it back to what it was, or a review of it: a place of which the day is that of no review on file.

    It has the day of the last one left, or the one that was entered. The place as it is then; None where it stays as it was.
    """
    vault = work.desk.vault
    review_type = next((each for each, kind in _KINDS.items() if type(record) in (each, kind.place_type)), None)
    if review_type is None:
        return None
    place: Place | None = _place_of(vault, record) if isinstance(record, review_type) else several.get(vault, type(record), record.id)
    if place is None:
        return None
    entered_day, is_corrected = _entered_day(vault, place, review_type)
    of_place = _reviews_of(vault, place, review_type)
    standing_days = {review.next_review for review in of_place}
    if is_corrected or not of_place:
        standing_days.add(entered_day)
    settled = place if place.review_day in standing_days else _as_reviewed(vault, place, review_type)
    records.change(work, place, settled, source=source)
    return None if settled == place else settled


def _as_in_place(desk: Desk, review: PlaceReview) -> PlaceReview:
    """With whom the place is spelt as the place has it."""
    place, of_whom = _place_of(desk.vault, review), _KINDS[type(review)].of_whom
    spelt: dict[str, Any] = {of_whom: getattr(place, of_whom)} if place is not None else {}
    return dataclasses.replace(review, **spelt)


def _into_place(work: Work, review: PlaceReview) -> None:
    """Of the last review of a place alone: an earlier one that is entered or corrected later says nothing of what comes next."""
    place = _place_of(work.desk.vault, review)
    if place is not None and _reviews_of(work.desk.vault, place, type(review))[-1].day == review.day:
        records.change(work, place, reviewed(place, review), source="form")


def _out_of_place(work: Work, old: PlaceReview) -> None:
    """The day that a place has from a review, which was corrected or taken away since, stays no longer: the last that is left says it, or what was entered."""
    place = _place_of(work.desk.vault, old)
    if place is not None and place.review_day == old.next_review:
        records.change(work, place, _as_reviewed(work.desk.vault, place, type(old)), source="form")


def _as_reviewed(vault: Vault, place: Place, review_type: type[PlaceReview]) -> Place:
    """The place with the day of the last of its reviews, or the one that was entered in it."""
    of_place = _reviews_of(vault, place, review_type)
    as_entered = dataclasses.replace(place, review_day=_entered_day(vault, place, review_type)[0])
    return reviewed(as_entered, of_place[-1]) if of_place else as_entered


def _entered_day(vault: Vault, place: Place, review_type: type[PlaceReview]) -> tuple[date | None, bool]:
    """The next review as it was entered in the place itself, whatever reviews made of it, and whether that was after the place had been added."""
    kind = _KINDS[review_type]
    day_rows = amendments.changes_beside(vault, kind.place_kind, place.id, "review_day", kind.kind)
    if not day_rows:
        return place.review_day, False
    entered_row = next((row for row in day_rows if not row["is_beside"]), None)
    text = day_rows[-1]["old"] if entered_row is None else entered_row["new"]
    return (date.fromisoformat(text) if text else None), entered_row is not None


def _reviews_of(vault: Vault, place: Place, review_type: type[PlaceReview]) -> list[PlaceReview]:
    """Those of one place, the earliest first."""
    own_reviews: list[PlaceReview] = several.of_pupil(vault, review_type, place.pupil_id)
    return [each for each in own_reviews if (place_of := _place_of(vault, each)) is not None and place_of.id == place.id]


def _place_of(vault: Vault, review: PlaceReview) -> Place | None:
    """The place that began last, up to the day of the review, with that school or provider."""
    kind = _KINDS[type(review)]
    own_places: list[Place] = several.of_pupil(vault, kind.place_type, review.pupil_id)
    return next((place for place in reversed(own_places) if kind.key(place) == kind.key(review) and place.start_date <= review.day), None)
