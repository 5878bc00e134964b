"""Nobody is locked out: whatever call of the file system fails or is the last, the old way in holds or the one that was told."""

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pupil_desk.basics.errors import CannotWrite, MadeClosed, OldKeys
from pupil_desk.services.unit import staff
from pupil_desk.store.file import keyfile, opening
from tests.faults import Disk, failing
from tests.services import key_acts, new_units
from tests.services.key_acts import ACTS, CODE, NEW, OFFICER, PASSWORD, SAM, Pattern, opens, trial

ROOT = Path(__file__).resolve().parents[2]
EVERY = 23  # at one call of so many it is killed in the suite, at all of them in the torture
FAILS = 41  # of the calls that change something, one of so many fails
SELDOM = 101  # where there are many calls


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pattern]:
    with key_acts.cheap():
        yield key_acts.make_pattern(tmp_path_factory.mktemp("keys"))


@pytest.mark.parametrize("act", ACTS)
def test_a_disk_that_fails_leaves_the_old_or_the_told_and_what_was_said_is_so(act: str, pattern: Pattern) -> None:
    every = SELDOM if act in key_acts.LONG else FAILS
    tried, failed, wrong = key_acts.fail_at_each(act, pattern, codes=[errno.ENOSPC], every=every)
    assert wrong == []
    assert 0 < failed < tried


@pytest.mark.torture
@pytest.mark.parametrize("act", ACTS)
def test_a_disk_that_fails_at_each_call(act: str, pattern: Pattern, caplog: pytest.LogCaptureFixture) -> None:
    _tried, _failed, wrong = key_acts.fail_at_each(act, pattern)
    assert wrong == []
    _was_expected(caplog)


def _was_expected(caplog: pytest.LogCaptureFixture) -> None:
    """Among all the calls that fail are those that close a folder to others, which is logged and stops nothing."""
    assert [record for record in caplog.messages if not record.startswith("access list not set")] == []


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


@pytest.mark.usefixtures("pattern")  # a password costs nothing meanwhile
@pytest.mark.parametrize("every", [SELDOM, pytest.param(1, marks=pytest.mark.torture)])
def test_a_new_unit_is_there_with_what_was_told_or_not_at_all(every: int, caplog: pytest.LogCaptureFixture) -> None:
    tried, failed, wrong = new_units.fail_at_each(every=every, codes=(errno.ENOSPC, errno.EIO) if every == 1 else (errno.EIO,))
    assert wrong == []
    assert 0 < failed < tried
    _was_expected(caplog)


def test_a_new_unit_that_cannot_be_opened_has_the_code_that_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, opened = opening.open_with_key, []

    def once(path: Path, *how: object, **more: object) -> object:
        opened.append(path)
        if len(opened) > 1:
            raise CannotWrite("full")
        return real(path, *how, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(opening, "open_with_key", once)
    with pytest.raises(MadeClosed, match="u is made, and could not be opened just now") as made:
        new_units.make(tmp_path)
    monkeypatch.undo()
    assert made.value.code not in str(made.value)
    assert opens(tmp_path / "data" / "u", CODE, made.value.code)
    assert opens(tmp_path / "data" / "u", OFFICER, NEW)
