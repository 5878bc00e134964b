"""A unit that works with no main or commissioning schools is asked nothing about them."""

import dataclasses

import pytest

from pupil_desk.services.quality.rules import gaps
from tests.services.quality.good import around
from tests.services.quality.test_rules import FIRES


@pytest.mark.parametrize("key", ["school-not-told", "placing-school-unclear", "place-is-over", "place-lacks"])
def test_a_unit_that_works_with_no_schools_is_asked_nothing_about_them(key: str) -> None:
    assert [rule.key for rule, _gap in gaps(FIRES[key][0], dataclasses.replace(around(), schools_named=None)) if rule.key == key] == []
