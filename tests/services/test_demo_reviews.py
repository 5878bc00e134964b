"""The demonstration has reviewed targets and a term's comments, all of them right, one corrected."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.domain.learning.review import check_comment, check_review
from pupil_desk.services.learning import reviews
from pupil_desk.services.pupils import pupils
from tests.trained import training_unit


@pytest.mark.parametrize(
    ("number", "moment"),
    [
        (1, datetime(2026, 11, 24, 10, 5, tzinfo=UTC)),
        (24, datetime(2026, 11, 24, 10, 5, tzinfo=UTC)),
        (8, datetime(2027, 4, 14, 10, 5, tzinfo=UTC)),
    ],
)
def test_what_it_says_is_right(tmp_path: Path, number: int, moment: datetime) -> None:
    desk = training_unit(tmp_path / "unit.pupildesk", number=number, clock=FixedClock(moment)).desk
    try:
        people = pupils.all_pupils(desk)
        found = [held for pupil in people for held in reviews.reviews(desk, pupil.id)]
        said = [held for pupil in people for held in reviews.comments(desk, pupil.id)]
        assert all(check_review(held.now, desk.today) == () for held in found)
        assert all(held.now.assessment_id in reviews.targets(desk, held.now.pupil_id) for held in found)
        assert all(check_comment(held.now, reviews.standing(desk, held.now.pupil_id)) == () for held in said)
        assert sorted(len(held.wordings) for held in said) == [1, 1, 2]
        assert found or number == 1
    finally:
        desk.vault.close()
