"""A review of a place, agreed with a school or bought from a provider, stays on file, and the last one says when the place is looked at again; undone with it, and told in the copy."""

import dataclasses
from datetime import date

import pytest

from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.pupils.place_review import BoughtPlaceReview, SchoolPlaceReview
from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.schools.school_place import SchoolPlace
from pupil_desk.services import bin as bins
from pupil_desk.services import changes
from pupil_desk.services.home import home
from pupil_desk.services.pupils import place_reviews, placements
from pupil_desk.services.schools import places
from pupil_desk.services.sheet import everything
from tests.services.exports.made import Unit

HILL, VALE = "919/4001", "919/4003"


@pytest.fixture
def ash(unit: Unit) -> Pupil:
    ash = unit.pupil("Ash", "Zoë", date(2012, 5, 4))
    for school, since in ((HILL, date(2026, 9, 7)), (VALE, date(2026, 11, 2))):
        place = SchoolPlace(pupil_id=ash.id, school=school, kind="bought", start_date=since, review_day=date(2026, 11, 20))
        places.add(unit.desk, place)
    return ash


def review(pupil: Pupil, day: date, **items: object) -> SchoolPlaceReview:
    given = {"pupil_id": pupil.id, "school": HILL, "day": day, "found": "Eight of ten sessions", "decision": "goes-on"}
    return SchoolPlaceReview(**given | items)  # type: ignore[arg-type]


def due(unit: Unit) -> list[date]:
    return [each.day for each in home.tasks(unit.desk).reviews if each.kind == "school_place"]


def test_each_review_stays_and_the_last_says_when_the_next_is(unit: Unit, ash: Pupil) -> None:
    desk = unit.desk
    assert due(unit) == [date(2026, 11, 20)] * 2
    place_reviews.add(desk, review(ash, date(2026, 11, 20), next_review=date(2026, 12, 11), said="Wants to go back"))
    place_reviews.add(desk, review(ash, date(2026, 10, 9), next_review=date(2026, 11, 20)))
    assert [(one.day, one.next_review) for one in place_reviews.of_pupil(desk, SchoolPlaceReview, ash.id)] == [
        (date(2026, 10, 9), date(2026, 11, 20)),
        (date(2026, 11, 20), date(2026, 12, 11)),
    ]
    assert [place.review_day for place in places.of_pupil(desk, ash.id)] == [date(2026, 12, 11), date(2026, 11, 20)], (
        "the other place is as it was"
    )
    assert due(unit) == [date(2026, 11, 20), date(2026, 12, 11)]
    place_reviews.add(desk, review(ash, date(2026, 11, 23), decision="back"))
    assert places.of_pupil(desk, ash.id)[0].review_day == date(2026, 12, 11), "a day that is still to come stays"
    last = place_reviews.of_pupil(desk, SchoolPlaceReview, ash.id)[-1]
    place_reviews.save(desk, dataclasses.replace(last, next_review=date(2027, 1, 8)))
    assert places.of_pupil(desk, ash.id)[0].review_day == date(2027, 1, 8)
    last = place_reviews.of_pupil(desk, SchoolPlaceReview, ash.id)[-1]
    place_reviews.save(desk, dataclasses.replace(last, next_review=None))
    assert places.of_pupil(desk, ash.id)[0].review_day is None, "the day was that of the review as it was before"
    (section,) = [section for section in everything(desk, ash.id) if section.name == "school_place_reviews"]
    assert len(section.entries) == 3
    assert "Wants to go back" in str(section.entries)


def test_a_place_that_was_reviewed_without_a_next_day_is_due_no_more_and_undo_takes_both_back(unit: Unit, ash: Pupil) -> None:
    desk = unit.desk
    place_reviews.add(desk, review(ash, date(2026, 11, 20), decision="ends"))
    assert places.of_pupil(desk, ash.id)[0].review_day is None
    changes.undo(desk, changes.recent(desk)[0].key)
    assert (place_reviews.of_pupil(desk, SchoolPlaceReview, ash.id), places.of_pupil(desk, ash.id)[0].review_day) == (
        [],
        date(2026, 11, 20),
    )
    place_reviews.add(desk, review(ash, date(2026, 10, 9), next_review=date(2026, 12, 11)))
    for items, days in (
        ({"day": date(2026, 10, 2)}, [date(2026, 12, 11), date(2026, 11, 20)]),
        ({"school": VALE}, [date(2026, 12, 11), date(2027, 1, 8)]),
    ):
        place_reviews.add(desk, review(ash, date(2026, 11, 20), next_review=date(2027, 1, 8)))
        last = place_reviews.of_pupil(desk, SchoolPlaceReview, ash.id)[-1]
        place_reviews.save(desk, dataclasses.replace(last, **items))  # type: ignore[arg-type]
        assert [place.review_day for place in places.of_pupil(desk, ash.id)] == days, "the last review of each place says it"
    changes.undo(desk, changes.recent(desk)[0].key)
    assert [place.review_day for place in places.of_pupil(desk, ash.id)] == [date(2027, 1, 8), date(2026, 11, 20)]

    def days_without(taken: SchoolPlaceReview) -> list[date | None]:
        bins.take_away(desk, "school_place_review", taken.id, "Of another pupil")
        return [place.review_day for place in places.of_pupil(desk, ash.id)]

    *earlier, last = place_reviews.of_pupil(desk, SchoolPlaceReview, ash.id)
    assert days_without(last) == [date(2026, 12, 11), date(2026, 11, 20)]
    bins.put_back(desk, f"school_place_review|{last.id}")
    assert places.of_pupil(desk, ash.id)[0].review_day == date(2027, 1, 8)
    assert [days_without(each)[0] for each in (*earlier, last)] == [date(2027, 1, 8)] * len(earlier) + [date(2026, 11, 20)], (
        "where no review is left, the day is as it was entered in the place"
    )


def test_what_is_undone_or_put_back_leaves_the_day_of_a_review_on_file_or_the_one_entered(unit: Unit, ash: Pupil) -> None:
    desk, entered = unit.desk, date(2026, 11, 20)

    def added(day: date, next_review: date) -> tuple[str, SchoolPlaceReview]:
        place_reviews.add(desk, review(ash, day, next_review=next_review))
        kept = {each.day: each for each in place_reviews.of_pupil(desk, SchoolPlaceReview, ash.id)}
        return changes.recent(desk)[0].key, kept[day]

    def place() -> SchoolPlace:
        return places.of_pupil(desk, ash.id)[0]

    _act, earlier = added(date(2026, 11, 20), date(2026, 12, 11))
    act, _later = added(date(2026, 11, 23), date(2027, 1, 8))
    bins.take_away(desk, "school_place_review", earlier.id, "Of another pupil")
    taken_away = changes.recent(desk)[0].key
    undone = changes.undo(desk, act)
    assert place().review_day == entered, "the review of the day that the act had found is no longer on file"
    assert [(line.before, line.after) for line in undone.lines if line.label] == [("8 January 2027", "20 November 2026")]
    changes.undo(desk, taken_away)
    assert place().review_day == date(2026, 12, 11), "a review that comes back gives its day again"
    places.save(desk, dataclasses.replace(place(), review_day=date(2026, 12, 15)))
    act, _later = added(date(2026, 11, 23), date(2027, 1, 8))
    changes.undo(desk, act)
    assert place().review_day == date(2026, 12, 15), "what was entered after the review that is left stays"
    bins.take_away(desk, "school_place_review", earlier.id, "Of another pupil")
    hill = place()
    bins.take_away(desk, "school_place", hill.id, "Of another pupil")
    bins.put_back(desk, f"school_place_review|{earlier.id}")
    assert place_reviews.of_pupil(desk, SchoolPlaceReview, ash.id) == [earlier], "without its place too"
    bins.put_back(desk, f"school_place|{hill.id}")
    _act, later = added(date(2026, 11, 23), date(2027, 1, 8))
    for kind, taken in (("school_place_review", earlier), ("school_place", hill), ("school_place_review", later)):
        bins.take_away(desk, kind, taken.id, "Of another pupil")
    bins.put_back(desk, f"school_place|{hill.id}")
    assert place().review_day == date(2026, 12, 15), "a place that comes back has the day of no review that went meanwhile"


def test_what_cannot_be_is_refused(unit: Unit, ash: Pupil) -> None:
    for items in (
        {"school": "919/4011"},
        {"school": VALE, "day": date(2026, 10, 30)},
        {"day": date(2026, 12, 1)},
        {"next_review": date(2026, 11, 20)},
    ):
        with pytest.raises(Refused):
            place_reviews.add(unit.desk, review(ash, **{"day": date(2026, 11, 20)} | items))  # type: ignore[arg-type]
    assert place_reviews.of_pupil(unit.desk, SchoolPlaceReview, ash.id) == []


def test_a_review_of_a_bought_place_goes_into_that_place_alone_is_told_in_the_copy_and_undone(unit: Unit) -> None:
    desk = unit.desk
    ash = unit.pupil("Ash", "Zoë", date(2012, 5, 4))
    for provider in ("Marden Farm", "Boat Yard"):
        place = Placement(pupil_id=ash.id, provider=provider, start_date=date(2026, 11, 2), setting="OTH", review_day=date(2026, 11, 20))
        placements.add(desk, place)
    given = {"pupil_id": ash.id, "provider": "MARDEN farm", "day": date(2026, 11, 20), "found": "Calmer there", "decision": "goes-on"}
    for wrong in ({"provider": "Mill"}, {"day": date(2026, 11, 1)}, {"next_review": date(2026, 11, 20)}):
        with pytest.raises(Refused):
            place_reviews.add(desk, BoughtPlaceReview(**given | wrong))  # type: ignore[arg-type]
    review = BoughtPlaceReview(**given, next_review=date(2026, 12, 11))  # type: ignore[arg-type]
    place_reviews.add(desk, review)
    (kept,) = place_reviews.of_pupil(desk, BoughtPlaceReview, ash.id)
    assert kept.provider == "Marden Farm", "as the place spells it"
    days = {place.provider: place.review_day for place in placements.of_pupil(desk, ash.id)}
    assert days == {"Marden Farm": date(2026, 12, 11), "Boat Yard": date(2026, 11, 20)}
    assert [each.day for each in home.tasks(desk).reviews if each.kind == "placement"] == [date(2026, 11, 20), date(2026, 12, 11)]
    (section,) = [section for section in everything(desk, ash.id) if section.name == "bought_place_reviews"]
    assert "Calmer there" in str(section.entries)
    changes.undo(desk, changes.recent(desk)[0].key)
    assert place_reviews.of_pupil(desk, BoughtPlaceReview, ash.id) == []
    assert {place.review_day for place in placements.of_pupil(desk, ash.id)} == {date(2026, 11, 20)}
