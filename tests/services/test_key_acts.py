"""Nobody is locked out: whatever call of the file system fails or is the last, the old way in holds or the one that was told."""

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pupil_desk.basics.errors import CannotWrite, Known, OldKeys
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.unit import staff, units
from pupil_desk.store.file import keyfile, opening
from pupil_desk.store.file.keyslots import FLOOR
from tests.faults import Disk, failing
from tests.services import key_acts
from tests.services.key_acts import ACTS, CLOCK, CODE, OFFICER, PASSWORD, SAM, Pattern, opens, trial

ROOT = Path(__file__).resolve().parents[2]
EVERY = 17  # one call of so many fails in the suite, all of them in the torture
SELDOM = 3 * EVERY  # where each trial makes a whole unit


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pattern]:
    with key_acts.cheap():
        yield key_acts.make_pattern(tmp_path_factory.mktemp("keys"))


@pytest.mark.parametrize("act", ACTS)
def test_a_disk_that_fails_leaves_the_old_or_the_told_and_what_was_said_is_so(act: str, pattern: Pattern) -> None:
    every = SELDOM if act == "a password after the recovery code" else EVERY  # after it comes a new key, with its many calls
    tried, failed, wrong = key_acts.fail_at_each(act, pattern, codes=[errno.ENOSPC], every=every)
    assert wrong == []
    assert 0 < failed < tried


@pytest.mark.torture
@pytest.mark.parametrize("act", ACTS)
def test_a_disk_that_fails_at_each_call(act: str, pattern: Pattern) -> None:
    _tried, _failed, wrong = key_acts.fail_at_each(act, pattern)
    assert wrong == []


def _kills(act: str, every: int) -> None:
    asked = [sys.executable, "-m", "tests.services.key_acts", act, str(every)]
    said = subprocess.run(asked, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    assert said[1:] == []
    assert int(said[0]) > 3


@pytest.mark.skipif(os.name == "nt", reason="fork")
@pytest.mark.parametrize("act", ["a new recovery code", "a colleague's new password"])
def test_a_kill_leaves_the_old_or_the_shown(act: str) -> None:
    _kills(act, EVERY)


@pytest.mark.torture
@pytest.mark.parametrize("act", ACTS)
def test_a_kill_at_each_call(act: str) -> None:
    _kills(act, 1)


def test_what_could_not_be_written_is_said_with_what_still_holds(pattern: Pattern) -> None:
    with trial(pattern, "a new recovery code") as made:
        new = staff.new_recovery_code(made.desk)
        with failing(Disk(at=1, stays=True), made.desk.vault), pytest.raises(CannotWrite) as refused:
            new.put_in_force()
    assert refused.value.message.startswith("Nothing has changed: the old recovery code still opens the file. Destroy every sheet")


def test_the_file_says_which_of_two_copies_counts(pattern: Pattern) -> None:
    """Neither the newer copy nor the older as such: a kill may come on either side of the transaction's end."""
    with trial(pattern, "a colleague's new password") as made:
        path, before = made.desk.vault.path, made.desk.vault.keys
        staff.new_password(made.desk, made.member(SAM)).put_in_force()
        after = made.desk.vault.keys
        made.desk.vault.close()
        first, second = keyfile.places(path)
        for one, other in ((before, after), (after, before)):
            first.write_bytes(one.as_bytes())
            second.write_bytes(other.as_bytes())
            assert not opens(path, SAM, PASSWORD)
            assert opens(path, OFFICER, PASSWORD)
            assert keyfile.copies(path) == (after,)
        second.unlink()
        first.write_bytes(before.as_bytes())  # all that there is, and yet it is not the one
        for name in (SAM, OFFICER):
            with pytest.raises(OldKeys, match="is an older one and not in force"):
                opening.unlock(path, name=name, password=PASSWORD)
        first.write_bytes(after.as_bytes())
        assert opens(path, OFFICER, PASSWORD)
        assert not opens(path, SAM, PASSWORD)
        assert keyfile.copies(path) == (after,)


@pytest.mark.parametrize("every", [SELDOM, pytest.param(1, marks=pytest.mark.torture)])
@pytest.mark.parametrize("stays", [False, True])
def test_a_new_unit_is_there_with_what_was_told_or_not_at_all(stays: bool, every: int, pattern: Pattern, tmp_path: Path) -> None:
    settings = UnitSettings(name="Larkfield Centre", la="919", estab="1100")

    def make(folder: Path) -> tuple[Path, str]:
        desk, code = units.create_unit(folder / "u", settings, user=OFFICER, password=PASSWORD, clock=CLOCK, cost=FLOOR)
        desk.vault.close()
        return folder / "u", code

    (tmp_path / "counted").mkdir()
    with failing(disk := Disk()):
        make(tmp_path / "counted")
    failed = 0
    for at in range(1, len(disk.calls) + 1, every):
        folder = tmp_path / str(at)
        folder.mkdir()
        try:
            with failing(Disk(at=at, stays=stays)):
                path, code = make(folder)
        except (Known, OSError):
            failed += 1
            assert not (folder / "u").exists() or stays, disk.calls[at - 1]  # what cannot be taken away any more stays
            continue
        assert opens(path, OFFICER, PASSWORD)
        assert opens(path, CODE, code)
    assert failed
