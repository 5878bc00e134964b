"""The restore drill: a backup restored for a try, read and destroyed; the day stays, and the next term asks again."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import Damaged, NotAllowed, WrongPassword, WrongUse
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.backup import backups, drill
from pupil_desk.services.home import home
from tests.documents.checking import assert_accessible
from tests.services.exports.made import MOMENT, OFFICER, PASSWORD, Unit, another_unit


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stick; and a folder of temporary files that can be looked into."""
    import tempfile

    for name in ("stick", "temp"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    return tmp_path / "stick"


def test_ten_are_read_and_nothing_is_left(unit: Unit, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(12):
        unit.pupil("Ash", f"Number {number}", date(2011, 3, 4))
    made = backups.make(unit.desk, stick)[0]
    read: list[str] = []
    monkeypatch.setattr(drill, "everything", lambda _desk, pupil_id, restricted: read.append(pupil_id))
    rows = unit.desk.vault.rows("SELECT count(*) FROM log")[0][0]
    done = drill.make(unit.desk, made.path, name=OFFICER, password=PASSWORD)
    assert (done.pupils, done.read, len(set(read))) == (12, 10, 10)
    assert (done.sha256, done.log_head, done.name) == (made.sha256, made.log_head.reference, made.path.name)
    assert list((stick.parent / "temp").iterdir()) == []
    assert sorted(stick.iterdir()) == [made.path]
    assert unit.desk.vault.rows("SELECT count(*) FROM log")[0][0] == rows + 1
    assert drill.last(unit.desk) == MOMENT.astimezone()
    words = str(done.story())
    assert "10 of 12 pupils" in words
    assert "the backup named here can be restored" in words
    assert "its SHA-256 is then another" in words
    assert f"Signed: {OFFICER}, data officer" in words
    assert "Ash" not in words


def test_the_real_reading_of_everything(unit: Unit, stick: Path) -> None:
    unit.pupil("Ash", "Bea", date(2011, 3, 4))
    made = backups.make(unit.desk, stick)[0]
    done = drill.make(unit.desk, made.path, name=OFFICER, password=PASSWORD)
    assert (done.pupils, done.read) == (1, 1)
    assert_accessible(build_pdf(done.story(), title=drill.TITLE))


def test_what_fails_leaves_no_drill_and_no_scratch(unit: Unit, stick: Path) -> None:
    made = backups.make(unit.desk, stick)[0]
    stranger = another_unit(stick.parent / "third" / "unit.pupildesk")
    theirs = backups.make(stranger.desk, stick)[0]
    stranger.desk.vault.close()
    with pytest.raises(WrongUse, match="another unit"):
        drill.make(unit.desk, theirs.path, name=OFFICER, password=PASSWORD)
    with pytest.raises(WrongPassword):
        drill.make(unit.desk, made.path, name=OFFICER, password="not the one at all")
    with pytest.raises(NotAllowed):
        drill.make(unit.as_role(Role.OFFICE), made.path, name=OFFICER, password=PASSWORD)
    data = bytearray(made.path.read_bytes())
    data[len(data) // 2] ^= 1
    made.path.write_bytes(data)
    with pytest.raises(Damaged, match="is damaged"):
        drill.make(unit.desk, made.path, name=OFFICER, password=PASSWORD)
    assert drill.last(unit.desk) is None
    assert list((stick.parent / "temp").iterdir()) == []


def test_home_asks_the_data_officer_once_a_term(unit: Unit, stick: Path) -> None:
    assert not home.tasks(unit.desk).drill_due  # no backup: that comes first
    made = backups.make(unit.desk, stick)[0]
    assert not home.tasks(unit.desk).drill_due
    later = FixedClock(MOMENT + timedelta(days=14))
    officer = replace(unit.desk, clock=later)
    assert home.tasks(officer).drill_due
    assert not home.tasks(replace(unit.as_role(Role.OFFICE), clock=later)).drill_due
    drill.make(officer, made.path, name=OFFICER, password=PASSWORD)
    assert not home.tasks(officer).drill_due
    next_term = replace(unit.desk, clock=FixedClock(MOMENT + timedelta(days=60)))
    assert drill.is_due(next_term)
