"""A new unit's first steps: none is done at first, each comes true by what stands in the file, and the office is not asked for them."""

from datetime import date
from pathlib import Path

from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.backup import backups
from pupil_desk.services.home.first_steps import first_steps
from pupil_desk.services.notices import notices
from pupil_desk.services.unit import calendars
from tests.services.exports.made import Unit


def done(unit: Unit) -> list[str]:
    return [step.name for step in first_steps(unit.desk) if step.done]


def test_a_step_is_done_once_the_file_says_so(unit: Unit, tmp_path: Path) -> None:
    steps = first_steps(unit.desk)
    assert len(steps) == 8
    at_first = done(unit)
    assert "Pupils" not in at_first
    pupil = unit.pupil("Penn", "Zoë", date(2012, 5, 1), address_1="1 Lane", postcode="SG4 7ZZ")
    assert done(unit) == ["Pupils", *at_first]
    unit.contact(pupil, "Penn", parental_responsibility=True, lives_with=True)
    notices.issue(unit.desk, notices.notices_due(unit.desk).letters, "post")
    assert "Notice" in done(unit)
    assert "Backup" not in done(unit)
    backups.make(unit.desk, tmp_path)
    assert {"Pupils", "Notice", "Backup"} <= set(done(unit))
    calendars.confirm_calendar(unit.desk)
    assert "School year" in done(unit)
    assert {"Wishes", "Drill"} & set(done(unit)) == set()
    assert list(first_steps(unit.as_role(Role.OFFICE))) == []
