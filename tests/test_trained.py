"""A training unit that was made once is as good as one made for the test, and none of those who have it changes another's."""

import dataclasses
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.services.demo.unit import OFFICER
from pupil_desk.services.pupils import pupils
from pupil_desk.store.file import checks, opening
from tests import trained

CLOCK = FixedClock(datetime(2026, 11, 24, 10, 5, tzinfo=UTC))


def test_each_test_has_one_of_its_own_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = trained.training_unit(tmp_path / "before" / "unit.pupildesk", number=1, clock=CLOCK)
    (pupil,) = pupils.all_pupils(before.desk)
    pupils.save_pupil(before.desk, dataclasses.replace(pupil, town="Elsewhere"))
    before.desk.vault.close()
    monkeypatch.delattr(trained, "make_training_unit")
    made = trained.training_unit(tmp_path / "unit" / "unit.pupildesk", number=1, clock=CLOCK)
    assert made.desk.user.name == OFFICER
    assert pupils.all_pupils(made.desk) == [pupil]
    assert checks.verify_log(made.desk.vault) == []
    made.desk.vault.close()
    opening.unlock(tmp_path / "unit" / "unit.pupildesk", recovery_code=made.recovery_code).vault.close()


def test_one_that_another_process_made_meanwhile_is_the_one_that_counts(tmp_path: Path) -> None:
    pattern = tmp_path / "training"
    (pattern / "unit").mkdir(parents=True)
    trained._make(pattern, number=1, seed=1, clock=CLOCK)
    assert [path.name for path in tmp_path.rglob("*")] == ["training", "unit"]
