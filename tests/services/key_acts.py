"""What changes the keys of a unit's file, done while the disk fails or the program is killed at any one call; and what is so then.

Run as a program, it does one act in children of its own, each killed at another call, and prints what it found.
"""

import errno
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import FileClosed, Known
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.unit import data_key, staff, units
from pupil_desk.store.file import keyfile, keyslots, opening, tries
from pupil_desk.store.tables import staff as store
from tests.faults import Disk, failing, failures
from tests.once import looked_over
from tests.services.exports.made import MOMENT, OFFICER, PASSWORD, another_unit

NEW = "window copper garden ladder"
SAM, KIM, OLU = "Sam Whitlock", "Kim Ash", "Olu Brand"
CLOCK = FixedClock(MOMENT)
CODE = ""
"""The name under which the recovery code opens."""


@contextmanager
def cheap() -> Iterator[None]:
    """A password costs nothing to try: here it is tried a thousand times."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keyslots, "_stretch", lambda secret, salt, _cost: hashlib.sha256(salt + secret).digest())
        yield


@dataclass(frozen=True)
class Pattern:
    """A unit with a colleague and one who was disabled, closed; and its recovery code."""

    folder: Path
    code: str


def make_pattern(folder: Path) -> Pattern:
    """Made once, and copied for every trial."""
    unit = another_unit(folder / "unit" / "u")
    staff.add_user(unit.desk, SAM, Role.OFFICE, PASSWORD)
    staff.disable(unit.desk, staff.add_user(unit.desk, KIM, Role.OFFICE, PASSWORD))
    made = staff.new_recovery_code(unit.desk)
    made.put_in_force()
    unit.desk.vault.close()
    return Pattern(folder / "unit", made.secret)


@dataclass
class Trial:
    """A copy of the unit with its officer at the desk, or opened by its code; ``told`` is what was shown or typed, by the name it opens for."""

    desk: Desk
    recovered: units.Recovered | None
    told: dict[str, str]

    def member(self, name: str) -> store.StaffMember:
        found = store.by_name(self.desk.vault, name)
        assert found
        return found

    def shown[T](self, name: str, new: staff.NewSecret[T]) -> T:
        self.told[name] = new.secret
        return new.put_in_force()


def _forgotten(trial: Trial) -> None:
    assert trial.recovered
    new = trial.recovered.new_password(trial.member(OFFICER), NEW)
    trial.told[OFFICER] = NEW
    trial.shown(CODE, new)


def _own(trial: Trial) -> None:
    trial.told[OFFICER] = NEW
    staff.change_own_password(trial.desk, PASSWORD, NEW)


def _add(trial: Trial) -> None:
    trial.shown(OLU, staff.new_user(trial.desk, OLU, Role.OFFICE))


def _by_hand(trial: Trial) -> None:
    trial.told[OLU] = NEW
    staff.add_user(trial.desk, OLU, Role.OFFICE, NEW)


ACTS: dict[str, tuple[Callable[[Trial], object], str | None]] = {
    "a new recovery code": (lambda trial: trial.shown(CODE, staff.new_recovery_code(trial.desk)), CODE),
    "one's own password": (_own, OFFICER),
    "a colleague's new password": (lambda trial: trial.shown(SAM, staff.new_password(trial.desk, trial.member(SAM))), SAM),
    "a user added": (_add, OLU),
    "a user added by the command line": (_by_hand, OLU),
    "a leaver disabled": (lambda trial: staff.disable(trial.desk, trial.member(SAM)), SAM),
    "a user let in again": (lambda trial: trial.shown(KIM, staff.new_password_for_return(trial.desk, trial.member(KIM))), KIM),
    "a password after the recovery code": (_forgotten, CODE),
    "a new key": (lambda trial: data_key.new_key(trial.desk), None),
}
"""Each act, and whose way in it changes: the code's changes the officer's too, and a new key nobody's."""
LONG = ("a password after the recovery code", "a new key")
"""Those that give the file a new key, with its many calls."""


@contextmanager
def trial(pattern: Pattern, act: str) -> Iterator[Trial]:
    """A copy in a new folder, open for the act; what is asked of it afterwards, ``outcome`` finds there."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(pattern.folder, Path(folder) / "unit")
        made = _opened_at(Path(folder) / "unit" / "u", pattern, act)
        try:
            yield made
        finally:
            made.desk.vault.close()


def opens(path: Path, name: str, secret: str) -> bool:
    """Whether that opens the file, as it does for a person: by a slot in force, and for a user who is not disabled."""
    tries.forget(tries.place(path.resolve()))
    how = {"recovery_code": secret} if name == CODE else {"name": name, "password": secret}
    try:
        with opening.unlock(path, **how, clock=CLOCK).vault as vault:
            member = store.by_name(vault, name)
            return name == CODE or (member is not None and member.active)
    except Known:
        return False


def wrong_in(path: Path, pattern: Pattern, act: str, told: dict[str, str], *, done: bool | None) -> list[str]:
    """What is not so that ought to be: after the act was done, or not, or (None) was killed, and either may be."""
    changed = {name for name in (ACTS[act][1],) if name is not None} | ({OFFICER} if CODE in told and OFFICER in told else set())
    before = {CODE: pattern.code, OFFICER: PASSWORD, SAM: PASSWORD}
    new = {name: opens(path, name, secret) for name, secret in told.items()}
    old = {name: opens(path, name, before[name]) for name in changed & before.keys()}
    epoch = 1 + done if act == "a new key" and done is not None else None
    if done is None:
        done = all(new.values()) if new else not any(old.values())
    found = [f"the old one of {name or 'the sheet'} {'still' if done else 'no longer'} opens" for name in old if old[name] is done]
    found += [f"the new one of {name or 'the sheet'} {'does not open' if done else 'opens'}" for name in new if new[name] is not done]
    untouched = next(name for name in (CODE, OFFICER, SAM) if name not in changed)
    if not opens(path, untouched, before[untouched]):
        found.append(f"{untouched or 'the code'}, who has nothing to do with it, is locked out")
    keys = keyfile.copies(path)
    if len(keys) > 1:
        return [*found, "the two copies differ after an opening"]
    if epoch is not None and keys[0].epoch != epoch:
        found.append(f"the key of the file is number {keys[0].epoch}")
    slots = {slot.user for slot in keys[0].slots}
    return found + (
        []
        if len(slots) == len(keys[0].slots) == 3 + (done and act.startswith("a user")) - (done and act == "a leaver disabled")
        else ["a slot too many, or too few"]
    )


def _killed(pattern: Pattern, act: str, at: int) -> tuple[int, list[str]]:
    """The act in a child of ours, killed at that call: its exit status, and what is wrong then."""
    with tempfile.TemporaryDirectory() as folder:
        told_by, path = Path(folder) / "told", Path(folder) / "unit" / "u"
        child = os.fork()
        if not child:
            shutil.copytree(pattern.folder, path.parent)
            made = _opened_at(path, pattern, act)
            disk = Disk(at=at, kills=True)
            real = staff.NewSecret.put_in_force

            def noted[T](new: staff.NewSecret[T]) -> T:
                disk.at, before = 0, disk.at
                told_by.write_text("\n".join(f"{name}\t{secret}" for name, secret in made.told.items()), encoding="utf-8")
                disk.at, disk.calls[:] = before, []
                return real(new)

            staff.NewSecret.put_in_force = noted  # type: ignore[method-assign]
            told_by.write_text("" if act in ("a leaver disabled", "a new key") else f"{ACTS[act][1]}\t{NEW}", encoding="utf-8")
            with failing(disk, made.desk.vault):
                ACTS[act][0](made)
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        told = dict(line.split("\t") for line in told_by.read_text(encoding="utf-8").splitlines())
        return status, wrong_in(path, pattern, act, told, done=None if status else True)


def _opened_at(path: Path, pattern: Pattern, act: str) -> Trial:
    if act == "a password after the recovery code":
        recovered = units.open_with_recovery_code(path, pattern.code, CLOCK)
        return Trial(Desk(recovered.vault, next(user for user in recovered.users() if user.name == OFFICER), CLOCK), recovered, {})
    opened = opening.unlock(path, name=OFFICER, password=PASSWORD, clock=CLOCK)
    officer = store.get(opened.vault, opened.user_id)
    assert officer
    return Trial(Desk(opened.vault, officer, CLOCK), None, {})


def kill_at_each(act: str, every: int) -> tuple[int, list[str]]:
    """How many kills there were until the act came to its end, each so many calls after the last, and what was wrong after any."""
    with cheap(), looked_over(), tempfile.TemporaryDirectory() as folder:
        pattern = make_pattern(Path(folder))
        found: list[str] = []
        for kills, at in enumerate(range(1, 3000, every)):
            status, wrong = _killed(pattern, act, at)
            found += [f"killed at call {at}: {words}" for words in wrong]
            if status == 0:
                return kills, found
            if status != 9:
                return kills, [*found, f"ended by itself at call {at}: {status}"]
    raise AssertionError("no end")


def fail_at_each(
    act: str, pattern: Pattern, *, codes: Sequence[int] = (errno.ENOSPC, errno.EIO), every: int = 1
) -> tuple[int, int, list[str]]:
    """Trials made, those of them that ended with «failed», and what was wrong after any. ``every`` call of so many fails.

    What failed is tried again once the disk works: at the same desk, or after signing in again.
    """
    with trial(pattern, act) as counting, failing(disk := Disk(), counting.desk.vault):
        ACTS[act][0](counting)
    found: list[str] = []
    failed = tried = 0
    for broken in failures(disk.calls, every, codes):
        with trial(pattern, act) as made:
            said, wrong = _fails(made, pattern, act, broken, at_once=broken.at % 4 < 2)
        tried, failed = tried + 1, failed + (said.startswith("failed"))
        where = f"{broken.described(disk.calls)}, said {said}"
        found += [f"{where}: {words}" for words in (wrong if said in SAID else [*wrong, "not in our words"])]
    return tried, failed, found


def _fails(made: Trial, pattern: Pattern, act: str, disk: Disk, *, at_once: bool) -> tuple[str, list[str]]:
    """What was said of the act, and what is wrong then, and after the second try."""
    path = made.desk.vault.path
    said = _attempt(made, act, disk)
    if said.startswith("failed") and at_once:
        told = dict(made.told)
        if (again := _attempt(made, act, Disk())) != "done":
            return said, [f"the second try at once: {again}"]
        made.desk.vault.close()
        return said, _still_open(path, told, made.told) + wrong_in(path, pattern, act, made.told, done=True)
    made.desk.vault.close()
    done = None if said == "sign in again" and act == "a new key" else not said.startswith("failed")
    wrong = wrong_in(path, pattern, act, made.told, done=done)
    if not said.startswith("failed"):
        return said, wrong
    second = _opened_at(path, pattern, act)
    again = _attempt(second, act, Disk())
    second.desk.vault.close()
    if again != "done":
        return said, [*wrong, f"the second try: {again}"]
    return said, wrong + _still_open(path, made.told, second.told) + wrong_in(path, pattern, act, second.told, done=True)


SAID = ("done", "failed", "sign in again")


def _attempt(made: Trial, act: str, disk: Disk) -> str:
    try:
        with failing(disk, made.desk.vault):
            ACTS[act][0](made)
    except FileClosed:  # what was to be put in force is: only the new key comes after it, whichever the file has
        return "sign in again"
    except Known:
        return "failed"
    except OSError as error:
        return f"failed in the system's own words, {error}"
    return "done"


def _still_open(path: Path, before: dict[str, str], now: dict[str, str]) -> list[str]:
    """Of what was shown or typed at a first try that failed, and not at the second: what opens the file all the same."""
    return [
        f"what was told {name or 'the sheet'} first opens"
        for name in before
        if before[name] != now[name] and opens(path, name, before[name])
    ]


if __name__ == "__main__":
    kills, wrong = kill_at_each(sys.argv[1], int(sys.argv[2]))
    print(kills, *wrong, sep="\n")
