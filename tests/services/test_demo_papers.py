"""The demonstration holds a few papers that can be opened, the same for the same seed."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from pupil_desk.basics.clock import FixedClock
from pupil_desk.services.attachments import attachments
from pupil_desk.services.demo.unit import Training, make_training_unit
from pupil_desk.services.pupils import pupils
from tests.trained import training_unit


def papers(path: Path, make: Callable[..., Training]) -> list[tuple[str, str, str]]:
    desk = make(path, number=12, clock=FixedClock(datetime(2026, 11, 24, 10, 5, tzinfo=UTC))).desk
    try:
        found = [one for pupil in pupils.all_pupils(desk) for one in attachments.of_pupil(desk, pupil.id)]
        assert all(attachments.pages(desk, one).startswith(b"%PDF-") for one in found)
        return [(one.title, one.kind, one.digest) for one in found if one.kind != "form"]  # a slip that came back bears a number of chance
    finally:
        desk.vault.close()


def test_three_pupils_have_papers_the_same_each_time(tmp_path: Path) -> None:
    first = papers(tmp_path / "unit.pupildesk", training_unit)
    assert sorted({kind for _title, kind, _digest in first}) == ["letter", "minutes", "plan"]
    assert len(first) == 5
    assert papers(tmp_path / "two.pupildesk", make_training_unit) == first
