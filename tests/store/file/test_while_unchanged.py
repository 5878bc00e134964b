"""What was worked out of the file holds until something is changed, and never comes out of a transaction."""

import dataclasses
from pathlib import Path

import pytest

from pupil_desk.basics.clock import SystemClock
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.desk import Desk
from pupil_desk.services.unit import settings
from pupil_desk.services.unit.units import create_unit
from pupil_desk.store.file.keyslots import FLOOR
from pupil_desk.store.file.while_unchanged import WhileUnchanged


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    unit = UnitSettings(name="Larkfield Centre", la="919", estab="1100")
    return create_unit(tmp_path / "unit.pupildesk", unit, user="Dee", password="four plain short words", clock=SystemClock(), cost=FLOOR)[0]


def name(desk: Desk) -> str:
    return desk.vault.while_unchanged.remember("name", lambda: desk.settings.name)


def test_it_is_worked_out_once() -> None:
    answers, worked = WhileUnchanged(lambda: False), list[int]()
    for _turn in range(3):
        assert answers.remember("what", lambda: worked.append(1) or len(worked)) == 1  # type: ignore[func-returns-value]


def test_a_change_of_the_file_has_it_worked_out_anew(desk: Desk) -> None:
    assert name(desk) == "Larkfield Centre"
    settings.save_settings(desk, dataclasses.replace(desk.settings, name="Larkfield Unit"))
    assert name(desk) == "Larkfield Unit"


def test_what_is_seen_within_a_transaction_is_not_kept(desk: Desk) -> None:
    with desk.vault.transaction():
        assert desk.vault.while_unchanged.remember("inside", lambda: 1) == 1
        assert desk.vault.while_unchanged.remember("inside", lambda: 2) == 2
    assert desk.vault.while_unchanged.remember("inside", lambda: 3) == 3


def test_what_was_only_looked_at_changes_nothing(desk: Desk) -> None:
    before = desk.vault.while_unchanged.changes
    desk.viewed("pupil", "p1")
    assert desk.vault.while_unchanged.changes == before


def test_an_answer_begun_before_a_change_is_not_kept_after_it(desk: Desk) -> None:
    answers = WhileUnchanged(lambda: False)
    assert answers.remember("what", lambda: answers.forget() or "before") == "before"  # type: ignore[func-returns-value]
    assert answers.remember("what", lambda: "after") == "after"
