"""Which stick holds the newest backup: by the log and not by the date, of this unit alone, and nothing is believed that is damaged."""

from datetime import date, timedelta
from pathlib import Path

from pupil_desk.basics.clock import FixedClock
from pupil_desk.services.backup import backups
from pupil_desk.services.backup.backups import backups_on
from pupil_desk.services.desk import Desk
from tests.services.exports.made import MOMENT, Unit, another_unit


def test_the_newest_is_the_one_that_holds_most_of_the_log(unit: Unit, tmp_path: Path) -> None:
    a, b = tmp_path / "a", tmp_path / "b"
    for folder in (a, b):
        folder.mkdir()
    early, _news = backups.make(unit.desk, a)
    unit.pupil("Abel", "Ann", date(2012, 1, 5))
    slow_clock = Desk(unit.desk.vault, unit.desk.user, FixedClock(MOMENT - timedelta(days=300)))
    late, _news = backups.make(slow_clock, b)
    last = backups.last(unit.desk)
    assert last is not None
    assert last.moment.date() == (MOMENT - timedelta(days=300)).date(), "of the same as the sticks tell"
    stranger = another_unit(tmp_path / "third" / "unit.pupildesk")
    theirs, _news = backups.make(stranger.desk, a)
    stranger.desk.vault.close()
    (b / "broken.pupilbackup").write_bytes(late.path.read_bytes()[:200])
    (b / "nothing.pupilbackup").write_bytes(b"")
    (b / "letter.pupilbackup").write_bytes(b"not a backup at all")
    found = backups_on(unit.desk, [a, b, tmp_path / "pulled", a])
    assert [(one.path, one.is_of_this_unit, one.newest) for one in found] == [
        (late.path, True, True),
        (early.path, True, False),
        (theirs.path, False, False),
    ]
    assert found[0].moment.date() == (MOMENT - timedelta(days=300)).date()
    assert not any(one.newest for one in backups_on(unit.desk, [tmp_path / "pulled"]))
