"""``dev.py windows --try``: the installer on a fresh Windows, what it installs, and what is left when it has gone.

Each step looks at one thing and tells what it found; a step that breaks is told as such, and the next goes on. Pictures of
the windows are kept in ``artefacts/windows``.
"""

import shutil
import time
import traceback
from collections.abc import Callable, Iterator

from installers.eyes import NotSeen, Screen
from installers.places import BUILD, ROOT
from installers.table import Line, all_well, print_table
from installers.windows.build import Built
from installers.windows.trial import changes, journey, speed, use
from installers.windows.trial.pc import Failed, Pc, Trial

_PICTURES = ROOT / "artefacts" / "windows"
type Step = Callable[[Trial], Iterator[Line]]

# In the order in which an office would meet them.
STEPS: tuple[Step, ...] = (
    use.sizes, use.installing, use.self_test, use.demonstration, use.file_from_linux, use.file_to_linux,
    journey.first_start, journey.a_day, journey.session_locked, journey.scaled,
    changes.refused_while_running, changes.upgraded, changes.killed, changes.signed,
    changes.uninstalled, speed.start_up,
)  # fmt: skip


def run(built: Built) -> int:
    """Try an installer; returns 0 if everything is as it should be."""
    shutil.rmtree(BUILD / "trial", ignore_errors=True)
    lines: list[Line] = []
    with Screen(_PICTURES) as screen, Pc(BUILD / "trial" / "pc", screen.env) as pc:
        trial = Trial(built, screen, pc, BUILD / "trial")
        for step in STEPS:
            lines += _one(step, trial)
    print_table(lines)
    return 0 if all_well(lines) else 1


def _one(step: Step, trial: Trial) -> list[Line]:
    name = step.__name__.replace("_", " ")
    began = time.monotonic()
    print(f"{name} ...", flush=True)
    lines = []
    try:
        lines.extend(step(trial))
    except (Failed, NotSeen) as error:
        lines.append(Line(name, str(error), False))
    except Exception as error:  # noqa: BLE001 - one step that breaks must not hide what the others find
        traceback.print_exc()
        lines.append(Line(name, f"{type(error).__name__}: {error}", False))
    print(f"{name}: {time.monotonic() - began:.0f} s", flush=True)
    return lines
