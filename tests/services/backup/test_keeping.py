"""What the program removes of its own backups: never one that somebody asked for, never the last that is whole, and each with its row."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.services.backup import backups, keeping
from pupil_desk.services.backup.keeping import OwnBackup
from pupil_desk.services.desk import Desk
from tests.services.exports.made import MOMENT, Unit, another_unit

TODAY = date(2026, 11, 24)


def own(*ages: int) -> list[OwnBackup]:
    """Backups of so many days ago."""
    return [OwnBackup(TODAY - timedelta(days=age), 5000 - age, Path(f"{age}"), "") for age in ages]


def left(backups_there: list[OwnBackup], bad: Collection[int] = ()) -> list[int]:
    """The ages of those that stay, by the rule, when those of some ages are no longer whole."""
    gone = keeping.to_remove(backups_there, lambda backup: int(backup.path.name) not in bad)
    return [int(backup.path.name) for backup in backups_there if backup not in gone]


def test_seven_days_five_weeks_and_twelve_months_stay() -> None:
    every_day = own(*range(800))
    stay = left(every_day)
    days = {TODAY - timedelta(days=age) for age in stay}
    assert set(range(7)) <= set(stay)
    assert len({day.isocalendar()[:2] for day in days if day >= TODAY - timedelta(days=35)}) >= 5
    assert sorted({(day.year, day.month) for day in days}) == [(2025, 12), *((2026, month) for month in range(1, 12))]
    assert len(stay) <= 7 + 5 + 12


def test_the_latest_of_a_day_stays() -> None:
    morning, evening = own(0)[0], replace(own(0)[0], log_seq=5001, path=Path("evening"))
    assert keeping.to_remove([morning, evening], lambda _backup: True) == [morning]


def test_where_it_is_done_every_day_no_more_than_24_are_there_and_none_is_needed_again() -> None:
    """A year and a half of signing out once a day, thinned out each time: what is there is what would be kept of all."""
    there: list[OwnBackup] = []
    for age in range(550, -1, -1):
        there += own(age)
        there = [backup for backup in there if backup not in keeping.to_remove(there, lambda _backup: True)]
        assert len(there) <= 24
    assert [int(backup.path.name) for backup in there] == left(own(*range(550, -1, -1)))


@pytest.mark.acceptance(63)
def test_the_last_whole_one_stays_although_thirty_newer_ones_fail() -> None:
    assert 31 in left(own(*range(32)), bad=set(range(31)))
    assert 900 in left(own(*range(31), 900), bad=set(range(31)))
    assert left(own(*range(40)), bad=set(range(40))) == list(range(40))  # what is not whole is nothing that we know of


def made(desk: Desk, folder: Path, days_ago: int, *, asked_for: bool = False) -> Path:
    on_that_day = replace(desk, clock=FixedClock(MOMENT - timedelta(days=days_ago)))
    make = backups.make if asked_for else keeping.make_at_sign_out
    return make(on_that_day, folder)[0].path


def test_only_its_own_are_removed_and_that_is_logged(unit: Unit, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    asked_for = made(unit.desk, stick, 30, asked_for=True)
    stranger = another_unit(tmp_path / "third" / "unit.pupildesk")
    theirs = made(stranger.desk, stick, 30)
    stranger.desk.vault.close()
    (stick / "letter.pupilbackup").write_bytes(b"not one")
    mine = [made(unit.desk, stick, age) for age in (20, 20, 19, 0)]
    assert [path.exists() for path in mine] == [False, True, True, True]  # of one day the latest stays
    assert asked_for.exists()
    assert theirs.exists()
    assert (stick / "letter.pupilbackup").exists()
    removed = [row["object_id"] for row in unit.desk.vault.rows("SELECT object_id FROM log WHERE action = 'backup-removed'")]
    assert len(removed) == 1


def test_one_that_is_no_longer_what_was_proved_is_left(unit: Unit, tmp_path: Path) -> None:
    first = made(unit.desk, tmp_path, 20)
    first.write_bytes(first.read_bytes() + b"!")
    made(unit.desk, tmp_path, 20)
    made(unit.desk, tmp_path, 0)
    assert first.exists()


def test_one_that_cannot_be_removed_stays_without_a_row(unit: Unit, tmp_path: Path) -> None:
    first = made(unit.desk, tmp_path, 20)

    def held(_self: Path, missing_ok: bool = False) -> None:
        raise PermissionError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keeping, "thin_out", lambda *_args: [])
        second = made(unit.desk, tmp_path, 20)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "unlink", held)
        assert keeping.thin_out(unit.desk, tmp_path) == []
    assert (first.exists(), second.exists()) == (True, True)
    assert keeping.thin_out(unit.desk, tmp_path) == [first]
