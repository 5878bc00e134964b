"""Where the words of a health entry and its codes say different things, it is named; the notes are held against entries of every kind."""

import dataclasses

import pytest

from pupil_desk.domain.care.health import HealthItem
from pupil_desk.services.quality.health import allergen_not_said, allergy_in_notes_alone
from tests.services.quality.good import PUPIL, around, whole

ASTHMA = HealthItem(id="h8", pupil_id="p1", kind="C", what="Asthma", allergen="no-food", severity="MOD")


@pytest.mark.parametrize(
    ("item", "fields"),
    [
        (HealthItem(kind="A", what="Peanuts", allergen="no-food", severity="LIFE"), ["allergen"]),
        (HealthItem(kind="D", what="No nuts, anaphylaxis"), ["kind"]),
        (HealthItem(kind="A", what="Bee stings", allergen="no-food"), []),
        (HealthItem(kind="D", what="Halal", diet="halal"), []),
    ],
)
def test_where_the_words_of_an_entry_are_at_odds_with_its_codes_it_is_named(item: HealthItem, fields: list[str]) -> None:
    entry = dataclasses.replace(item, id="h9", pupil_id="p1")
    assert [gap.item for gap in allergen_not_said(whole(health=[entry]), around())] == fields


@pytest.mark.parametrize(
    ("notes", "item", "named"),
    [
        ("Severe allergies, ask mum", ASTHMA, True),
        ("Carries an Epi-Pen", ASTHMA, True),
        ("Nut allergy", dataclasses.replace(ASTHMA, kind="D", what="No nuts"), False),
        ("No known allergies", ASTHMA, False),
    ],
)
def test_an_entry_that_is_to_no_food_does_not_silence_the_notes(notes: str, item: HealthItem, *, named: bool) -> None:
    file = whole(dataclasses.replace(PUPIL, medical=notes), health=[item])
    assert bool(list(allergy_in_notes_alone(file, around()))) == named
