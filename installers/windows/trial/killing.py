"""The power goes in the middle of an installation over an installed program: whatever it had reached, what is in force starts.

A moment is known by what lies on the disk, not by the clock: a busy machine is as far as it is.
"""

import contextlib
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from installers.pace import Patience
from installers.table import Line
from installers.windows.trial.pc import Pc, Trial, end
from installers.windows.trial.use import leads_to

_LOOK = 0.002  # seconds between two looks: after the self-test an installation is over in a tenth of a second
_COUNT = 0.1  # seconds between two counts of files, of which there are hundreds
_LONGEST = 300.0  # seconds of a quiet machine that an installation may take


@dataclass(frozen=True, slots=True)
class Sight:
    """What lies on the disk of a PC: how many ``files`` were written into folders of versions since a time, and what is turned at the end.

    The files are not counted, and 0, where nobody asks for them.
    """

    files: int
    uninstaller: int
    current: str
    shortcut: bytes

    @classmethod
    def of(cls, pc: Pc, since: float | None) -> Self:
        """Look at a PC; ``since`` is a time of the clock, None to count no files. Raises FileNotFoundError while a file is put in another's place."""
        files = 0
        if since is not None:
            files = sum(file.is_file() and file.stat().st_ctime >= since for name in pc.versions() for file in (pc.root / name).rglob("*"))
        held = pc.root / "Uninstall.exe"
        return cls(files, held.stat().st_ino, (pc.root / "current.txt").read_text(encoding="ascii"), pc.shortcut.read_bytes())


@dataclass(frozen=True, slots=True)
class Moment:
    """How far an installation has come: ``reached`` is asked with the sight before it, the one now, and how many files there will be."""

    name: str
    reached: Callable[[Sight, Sight, int], bool]


WRITING = (
    Moment("the first file is there", lambda _before, now, _files: now.files > 0),
    Moment("half of the files are there", lambda _before, now, files: now.files >= files // 2),
    Moment("all files are there, and it checks itself", lambda _before, now, files: now.files >= files),
)
TURNING = (
    Moment("the uninstaller is the new one", lambda before, now, _files: now.uninstaller != before.uninstaller),
    Moment("the new folder is in force", lambda before, now, _files: now.current != before.current),
    Moment("the shortcut leads to the new folder", lambda before, now, _files: now.shortcut != before.shortcut),
)


def moments(*, whole: bool) -> list[Moment]:
    """All moments, or one of each half, drawn."""
    return [*WRITING, *TURNING] if whole else [random.SystemRandom().choice(half) for half in (WRITING, TURNING)]


def killed(trial: Trial) -> Iterator[Line]:
    """The power goes at drawn moments (in a whole trial at each) of an installation over the installed program."""
    trial.pc.kill()
    files = sum(file.is_file() for file in trial.built.program.rglob("*"))
    with trial.pc.copy_of(trial.folder / "killed") as pc:
        for moment in moments(whole=trial.whole):
            caught = _cut(pc, trial.built.installer, moment, files)
            starts = pc.command("--help").returncode == 0
            leads = any(leads_to(pc.shortcut, pc.root / version) for version in pc.versions())
            found = ", ".join(
                (
                    "cut there" if caught else "over before it was cut",
                    f"{pc.program.name} starts" if starts else f"{pc.program.name} does not start",
                    "the shortcut leads to a version that is there" if leads else "the shortcut leads nowhere",
                )
            )
            yield Line(f"the power goes when {moment.name}", found, starts and leads)
        status = pc.install(trial.built.installer)  # 0: it has checked itself
        starts = pc.command("--help").returncode == 0
        yield Line(
            "installed again after that",
            f"status {status}, in force {pc.program.name}; there: {', '.join(pc.versions())}",
            status == 0 and starts and len(pc.versions()) <= 2,
        )


def _cut(pc: Pc, installer: Path, moment: Moment, files: int) -> bool:
    """Start an installation and take the power away at a moment; whether it came before the end."""
    since = time.time() if moment in WRITING else None
    before = Sight.of(pc, since)
    running = pc.start(str(installer), "/S")
    patience = Patience(_LONGEST)
    while running.poll() is None and not patience.over:
        with contextlib.suppress(FileNotFoundError):
            if moment.reached(before, Sight.of(pc, since), files):
                break
        time.sleep(_LOOK if since is None else _COUNT)
    caught = running.poll() is None
    pc.kill()
    end(running)
    return caught
