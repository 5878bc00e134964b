"""The place for a backup fills up, goes away or turns read-only at any one call: what is no backup does not count as one, and nothing is left."""

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest

from pupil_desk.basics.errors import Known
from pupil_desk.services.backup import backups
from pupil_desk.store.file import checks
from tests.faults import Disk, failing
from tests.services.exports.made import DAY, OFFICER, PASSWORD, Unit, new_unit

_CODES = (errno.ENOSPC, errno.EIO)


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Unit]:
    made = new_unit(tmp_path / "unit" / "unit.pupildesk")
    for number in range(3):
        made.pupil(f"Hall {number}", "Ann", DAY.replace(year=2012))
    yield made
    made.desk.vault.close()


def _calls(unit: Unit, folder: Path) -> list[str]:
    """What a backup asks of the disk, when all goes well."""
    folder.mkdir()
    with failing(disk := Disk(), unit.desk.vault):
        backups.make(unit.desk, folder)
    return disk.calls


@pytest.mark.acceptance(60, short=12, full=400)
def test_a_backup_that_could_not_be_made_does_not_count_and_leaves_nothing(filled: Unit, tmp_path: Path, times: int) -> None:
    calls = _calls(filled, tmp_path / "well")
    trials = [(at, code, stays) for at in range(len(calls)) for code in _CODES for stays in (False, True)]
    if times < 100:  # of what is asked of the place itself
        trials = [(at, errno.ENOSPC, False) for at, call in enumerate(calls) if not call.startswith("engine")]
    wrong, failed = [], 0
    for number, (at, code, stays) in enumerate(trials[:: max(1, len(trials) // times)]):
        (folder := tmp_path / str(number)).mkdir()
        before = backups.last(filled.desk), filled.count("backup_made")
        made = None
        try:
            with failing(disk := Disk(at=at + 1, code=code, stays=stays), filled.desk.vault):
                made, _changed = backups.make(filled.desk, folder)
        except Known:
            failed += 1
        except OSError:
            made, wrong = None, [*wrong, f"call {at + 1}: no sentence"]
        call = disk.calls[at] if at < len(disk.calls) else "none"  # how many there are depends on the time a little
        found = _wrong(filled, folder, made, may_stay=stays or call in ("unlink", "remove"))
        if made is None and (backups.last(filled.desk), filled.count("backup_made")) != before:
            found.append("it counts all the same")
        wrong += [f"{call}, call {at + 1}{' and on' if stays else ''}, {errno.errorcode[code]}: {words}" for words in found]
    assert wrong == []
    assert failed > 0
    assert checks.verify_log(filled.desk.vault) == []


def _wrong(unit: Unit, folder: Path, made: backups.BackupMade | None, *, may_stay: bool) -> list[str]:
    """What is not so that ought to be. What could not be taken away any more may stay, if it is no backup."""
    there = [file.name for file in folder.iterdir()]
    found = [
        f"{name} is there, and is no backup" for name in there if name.endswith(".pupilbackup") and not backups.verify(folder / name).ok
    ]
    left = [] if made is not None else there
    for file in list(unit.file.parent.glob(".*.copying")):
        left.append(file.name)
        file.unlink()
    if made is not None and not backups.verify(made.path, name=OFFICER, password=PASSWORD).ok:
        found.append("what was made cannot be proved")
    return found + ([] if may_stay else [f"{name} is left" for name in left])
