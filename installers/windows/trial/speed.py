"""How long from a double click to sign-in, beside a bare window: told, for under Wine it proves nothing."""

import subprocess
from collections.abc import Iterator

from installers import start_up as measuring
from installers.freezing import BARE, freeze
from installers.places import BUILD, INSTALLERS, ROOT
from installers.table import Line
from installers.windows import wine
from installers.windows.trial.pc import Trial
from installers.windows.trial.use import training_file

_BARE = INSTALLERS / "bare" / "bare.py"


def start_up(trial: Trial) -> Iterator[Line]:
    """The installed program and the bare one by turns. The PC is on meanwhile, so that neither start is Windows' own.

    The bare one is frozen as the program is only in a whole trial: to freeze it takes minutes.
    """
    pc = trial.pc
    file = training_file(trial, pc)
    python = wine.python(ROOT)
    bare = (
        [str(freeze(python, ROOT, BUILD / "windows" / "bare", spec=BARE) / "bare.exe")]
        if trial.whole
        else [python.command[-1], python.names(_BARE)]
    )

    def start_ours() -> "subprocess.Popen[bytes]":
        return pc.open_window("--unit", pc.on_c(file))

    def start_bare() -> "subprocess.Popen[bytes]":
        return pc.start(*bare)

    try:
        ours, floor, ratio = measuring.measure(start_ours, start_bare, 5 if trial.whole else 2, display=trial.screen.display)
    finally:
        pc.kill()
    frozen = "frozen" if trial.whole else "not frozen"
    yield Line("double click to sign-in, beside a bare window", f"{ours:.0f} ms, bare ({frozen}) {floor:.0f} ms: {ratio:.2f} ×", None)
