"""A unit's file given a new key, while the disk fails or the program is killed at any one call; and what is so then.

Run as a program, it does that in children of its own, each killed at another call, and prints what it found.
"""

import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pupil_desk import __version__
from pupil_desk.basics.errors import Damaged, FileClosed, Known
from pupil_desk.store.file import audit, backup, checks, engine, opening, restoring
from pupil_desk.store.file.epochs import rotating
from pupil_desk.store.file.epochs.resealing import Resealed
from pupil_desk.store.file.vault import Vault
from tests.faults import Disk, failing, failures
from tests.once import looked_over
from tests.services.key_acts import cheap
from tests.store.made import NAME, PASSWORD, USER, Unit, add_pupil

MOMENT = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
SAM, OTHER = "Sam Whitlock", "another good long password"
PUPILS = 5


@dataclass(frozen=True)
class Rotated:
    """A closed unit to be given a new key: its ways in, the raw key of before, and a backup on a stick."""

    unit: Unit
    raw_key: bytes
    stick: Path


def note(new: Vault) -> None:
    """The log row."""
    audit.append(new, moment=MOMENT, user_id=USER, role="data-officer", action="new-key", kind="unit", app_version=__version__)


def rotate(vault: Vault, backups: Sequence[Path] = ()) -> list[Resealed]:
    return rotating.rotate(vault, moment=MOMENT, app_version=__version__, note=note, backups=backups)


def make(folder: Path) -> Rotated:
    """A unit of five pupils and two members of staff, and a backup."""
    path = folder / "unit" / "u.pupildesk"
    path.parent.mkdir()
    (folder / "stick").mkdir()
    vault, code = opening.create(path, name=NAME, user_id=USER, password=PASSWORD, app_version=__version__)
    for number in range(PUPILS):
        add_pupil(vault, number)
    with vault.transaction():
        vault.add_slot("sam", SAM, OTHER)
    made = backup.make(vault, folder / "stick", moment=MOMENT, app_version=__version__)
    raw_key = vault.key("db")
    vault.close()
    return Rotated(Unit(path, code), raw_key, made.path)


@contextmanager
def copied(pattern: Rotated) -> Iterator[Rotated]:
    """A copy in a folder of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("unit", "stick"):
            shutil.copytree(pattern.unit.path.parents[1] / part, folder / part)
        yield Rotated(
            Unit(folder / "unit" / pattern.unit.path.name, pattern.unit.recovery_code),
            pattern.raw_key,
            folder / "stick" / pattern.stick.name,
        )


def reads_nothing(path: Path, raw_key: bytes) -> bool:
    """Whether not even the list of tables can be read by that key."""
    try:
        engine.connect(path, raw_key).close()
    except Damaged:
        return True
    return False


def wrong_in(made: Rotated, *, done: bool | None, pupils: int = PUPILS) -> list[str]:
    """What is not so that ought to be: after it was done, or not, or (None) was killed, and either may be. One more pupil is there then."""
    path, found = made.unit.path, []
    for who, how in {
        "the officer": {"name": NAME, "password": PASSWORD},
        "the colleague": {"name": SAM, "password": OTHER},
        "the sheet": {"recovery_code": made.unit.recovery_code},
    }.items():
        try:
            with opening.unlock(path, **how).vault as vault:
                epoch = vault.keys.epoch
                looked = [checks.look_over(vault), checks.verify_log(vault)] if who == "the officer" else [[], []]  # of one file
                if [len(vault.rows("SELECT id FROM pupil")), *looked] != [pupils, [], []]:
                    found.append(f"{who} finds it not whole: {looked}")
        except Known as error:
            return [*found, f"{who} does not get in: {error.message}"]
        if done is not None and epoch != 1 + done:
            found.append(f"{who} finds epoch {epoch}")
    if reads_nothing(path, made.raw_key) != (epoch == 2):
        found.append("the old key opens it, and so does the new one" if epoch == 2 else "neither opens it")
    with made.unit.unlock() as vault:
        backups = (made.stick, backup.make(vault, path.parent, moment=MOMENT, app_version=__version__).path)
        whole = [restoring.verify(place, name=NAME, password=PASSWORD).ok for place in backups]
        found += ["a backup of before is not whole"] * (not whole[0]) + ["no backup can be made"] * (not whole[1])
        add_pupil(vault, pupils)
    left = [file.name for file in path.parent.iterdir() if file.name.startswith(".") or file.name.endswith((".part", "-wal"))]
    return found + [f"{name} is left" for name in left]


def fail_at_each(pattern: Rotated, *, codes: Sequence[int] = (errno.ENOSPC, errno.EIO), every: int = 1) -> tuple[int, int, list[str]]:
    """Trials made, those of them that ended with «failed», and what was wrong after any. ``every`` call of so many fails."""
    with copied(pattern) as counting, counting.unit.unlock() as vault, failing(disk := Disk(), vault):
        rotate(vault, [counting.stick])
    found: list[str] = []
    failed = tried = 0
    for broken in failures(disk.calls, every, codes):
        with copied(pattern) as made:
            said, wrong = _fails(made, broken, at_once=broken.at % 4 < 2)
        tried, failed = tried + 1, failed + said.startswith("failed")
        found += [f"{broken.described(disk.calls)}, said {said}: {words}" for words in wrong]
    return tried, failed, found


def _fails(made: Rotated, disk: Disk, *, at_once: bool) -> tuple[str, list[str]]:
    """What was said of it, and what is wrong then. What failed is tried again as the disk works: at once, or after another sign-in."""
    with made.unit.unlock() as vault:
        try:
            with failing(disk, vault):
                rotate(vault, [made.stick])
        except FileClosed:
            said = "sign in again"
        except (Known, OSError) as error:
            said = "failed" if isinstance(error, Known) else f"failed, in the system's own words: {error}"
            if at_once:
                rotate(vault, [made.stick])
        else:
            said = "done"
    if not said.startswith("failed"):
        return said, wrong_in(made, done=said == "done" or None)
    unsaid = [] if said == "failed" else ["not in our words"]
    if at_once:
        return said, unsaid + wrong_in(made, done=True)
    wrong = unsaid + wrong_in(made, done=False)
    with made.unit.unlock() as vault:
        rotate(vault, [made.stick])
    return said, wrong + wrong_in(made, done=True, pupils=PUPILS + 1)


def _killed(made: Rotated, at: int) -> int:
    child = os.fork()
    if not child:
        vault = made.unit.unlock()
        with failing(Disk(at=at, kills=True), vault):
            rotate(vault, [made.stick])
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def kill_at_each(every: int) -> tuple[int, int, list[str]]:
    """Kills until it came to its end, each so many calls after the last; those after which the new key was in force; and what was wrong after any."""
    with cheap(), looked_over(), tempfile.TemporaryDirectory() as folder:
        pattern = make(Path(folder))
        found: list[str] = []
        new = 0
        for kills, at in enumerate(range(1, 2000, every)):
            with copied(pattern) as made:
                status = _killed(made, at)
                wrong = wrong_in(made, done=None if status else True)
                new += reads_nothing(made.unit.path, made.raw_key)
            found += [f"killed at call {at}: {words}" for words in wrong]
            if status == 0:
                return kills, new - 1, found
            if status != 9:
                return kills, new, [*found, f"ended by itself at call {at}: {status}"]
    raise AssertionError("no end")


if __name__ == "__main__":
    kills, new, wrong = kill_at_each(int(sys.argv[1]))
    print(kills, new, *wrong, sep="\n")
