"""The training unit's results: every one allowed by the very check that the form asks, and the same for the same seed."""

from datetime import date

import pytest

from pupil_desk.domain.learning.assessment import check_assessment, settled
from pupil_desk.services.demo.invention import invent
from pupil_desk.services.demo.results import results_of


@pytest.mark.parametrize("day", [date(2026, 11, 24), date(2026, 9, 1), date(2027, 7, 1)])
def test_nothing_is_wrong_with_any_result(day: date) -> None:
    for person in invent(60, 1, day):
        for entry in results_of(person.pupil, person.pupil.id, day):
            assert settled(entry, {}) == entry
            assert check_assessment(entry, person.pupil.dob, day, {}) == ()


def test_there_are_targets_estimates_and_unit_awards_and_they_are_the_same_again() -> None:
    day = date(2026, 11, 24)
    found = [[entry for person in invent(60, 1, day) for entry in results_of(person.pupil, person.pupil.id, day)] for _time in range(2)]
    assert found[0] == found[1]
    assert {entry.status for entry in found[0]} == {"R", "I", "E", "T"}
    assert {"UNIT", "GCSE", "FS L1", "SUB", "BASELINE"} == {entry.component for entry in found[0]}
