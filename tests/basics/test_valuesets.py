"""Sets of allowed values: ranges, single values, and the rule that chooses."""

from datetime import date

import pytest

from pupil_desk.basics.valuesets import ValueRule, ValueSet, ValueSets

SCORE = ValueSet("score", "80 to 120, or A", "high", ("A",), 80, 120)
WORDS = ValueSet("words", "Low or High", "high", ("Low", "High"))
DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "found"), [("80", "80"), ("0120", "120"), ("121", None), ("a", "A"), ("8O", None), ("-80", None), ("", None)]
)
def test_a_text_is_found_in_the_sets_own_spelling(text: str, found: str | None) -> None:
    assert SCORE.find(text) == found


def test_the_first_rule_that_fits_decides() -> None:
    rules = (
        ValueRule({"kind": ("test",)}, ("score", "words"), {"W": "words"}, since=date(2020, 1, 1)),
        ValueRule({"kind": ("test",)}, ("words",)),
        ValueRule({"kind": ("none",)}, ()),
    )
    sets = ValueSets({"score": SCORE, "words": WORDS}, rules)
    assert sets.sets_for({"kind": "test"}, "", DAY) == (SCORE, WORDS)
    assert sets.sets_for({"kind": "test"}, "W", DAY) == (WORDS,)
    assert sets.sets_for({"kind": "test"}, "", date(2019, 12, 31)) == (WORDS,)
    assert sets.sets_for({"kind": "none"}, "", DAY) == ()
    assert sets.sets_for({"kind": "other"}, "", DAY) is None
