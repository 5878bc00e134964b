"""``dev.py windows --try``: the installer on a fresh Windows, what it installs, and what is left when it has gone.

Each step looks at one thing and tells what it found; a step that breaks is told as such, and the next goes on. Pictures of
the windows are kept in ``artefacts/windows``.
"""

import shutil
from collections.abc import Callable, Iterator
from functools import wraps

from installers.eyes import NotSeen, Screen
from installers.places import BUILD, ROOT
from installers.steps import taken
from installers.table import Line, print_table, status_of
from installers.windows.build import Built
from installers.windows.trial import access, changes, journey, killing, speed, use
from installers.windows.trial.pc import Pc, Trial

_PICTURES = ROOT / "artefacts" / "windows"
type Step = Callable[[Trial], Iterator[Line]]


def _looked_at_twice(step: Step) -> Step:
    """A step that reads the screen, taken once more if words were not seen: the eyes may miss what a person would read."""

    @wraps(step)
    def taken_twice(trial: Trial) -> Iterator[Line]:
        try:
            lines = list(step(trial))
        except NotSeen as error:
            print(f"once more: {str(error)[:80]}", flush=True)
            trial.pc.kill()
            yield from step(trial)  # what it tells before words are not seen again is told
        else:
            yield from lines

    return taken_twice


# In the order in which an office would meet them.
STEPS: tuple[Step, ...] = (
    use.sizes,
    use.installing,
    use.self_test,
    use.demonstration,
    use.file_from_linux,
    use.file_to_linux,
    use.names_on_paper,
    *map(_looked_at_twice, (journey.first_start, journey.a_day, journey.school_calendar, journey.session_locked, journey.scaled)),
    _looked_at_twice(access.told_from_outside),
    speed.start_up,
    _looked_at_twice(changes.refused_while_running),
    _looked_at_twice(changes.upgraded),
    killing.killed,
    changes.signed,
    changes.uninstalled,
    _looked_at_twice(changes.for_all_users),
)


def run(built: Built, *, whole: bool = False) -> int:
    """Try an installer; returns the exit status of its table. ``whole`` does what takes long, too: see Trial."""
    shutil.rmtree(BUILD / "trial", ignore_errors=True)
    with Screen(_PICTURES) as screen, Pc.fresh(BUILD / "trial" / "pc", screen.env) as pc:
        lines = taken(STEPS, Trial(built, screen, pc, BUILD / "trial", whole))
    print_table(lines)
    return status_of(lines)
