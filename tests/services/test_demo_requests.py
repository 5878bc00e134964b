"""The demonstration has requests at every stage: one late, one that stands still, one granted, one closed, and a complaint."""

from datetime import UTC, datetime
from pathlib import Path

from pupil_desk.basics.clock import FixedClock
from pupil_desk.domain.requests.clock import Pressing
from pupil_desk.services.requests import looking
from pupil_desk.services.requests.looking import CaseStanding
from tests.trained import training_unit

_CLOCK = FixedClock(datetime(2026, 11, 24, 10, 5, tzinfo=UTC))


def test_it_has_requests_of_every_kind_of_standing(tmp_path: Path) -> None:
    desk = training_unit(tmp_path / "unit.pupildesk", number=24, clock=_CLOCK).desk
    rows = looking.rows(desk)
    assert {row.seen.case.kind for row in rows} >= {"copy", "copy-and-record", "rectification", "objection", "complaint"}
    assert {row.seen.standing for row in rows} == {CaseStanding.OPEN, CaseStanding.CLOSED}
    assert Pressing.LATE in {row.seen.clock.pressing(desk.today) for row in rows}
    assert any(row.seen.clock.still_since for row in rows)
    assert [row.name for row in rows if row.seen.case.kind == "complaint"] == [""]
    desk.vault.close()


def test_with_too_few_pupils_it_has_none(tmp_path: Path) -> None:
    desk = training_unit(tmp_path / "unit.pupildesk", number=1, clock=_CLOCK).desk
    assert looking.rows(desk) == []
    desk.vault.close()
