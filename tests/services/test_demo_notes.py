"""The demonstration holds a few notes: all of them right, one corrected, one restricted, and someone named to read it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.domain.papers.note import check_note
from pupil_desk.services.desk import Desk
from pupil_desk.services.notes import notes, readers
from pupil_desk.services.pupils import pupils
from tests.trained import training_unit


@pytest.fixture(params=[1, 24])
def desk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Desk]:
    clock = FixedClock(datetime(2026, 11, 24, 10, 5, tzinfo=UTC))
    made = training_unit(tmp_path / "unit.pupildesk", number=request.param, clock=clock).desk
    yield made
    made.vault.close()


def test_its_notes_are_right_and_a_restricted_one_has_a_reader(desk: Desk) -> None:
    people = pupils.all_pupils(desk)
    held = [one for pupil in people for one in notes.of_pupil(desk, pupil.id)]
    assert all(one.now.day.weekday() < 5 and check_note(one.now, desk.today) == () for one in held)
    assert [len(one.wordings) for one in held if one.now.category == "achievement"] == [2]
    assert notes.notes_due(desk)
    assert sum(notes.count_restricted(desk, pupil.id) for pupil in people) == (1 if len(people) > 1 else 0)
    assert [one.name for one in readers.named_readers(desk).values()] == ["Sam Whitlock"]
