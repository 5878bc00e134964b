"""How long from a double click to sign-in, beside a bare window that is frozen the same way."""

import subprocess
from collections.abc import Iterator

from installers import start_up as measuring
from installers.freezing import BARE, freeze
from installers.places import BUILD, ROOT
from installers.table import Line
from installers.windows import wine
from installers.windows.trial.pc import Trial
from installers.windows.trial.use import training_file


def start_up(trial: Trial) -> Iterator[Line]:
    """The installed program and the bare one by turns. The PC runs an idle program meanwhile, so that neither start is Windows' own."""
    pc = trial.pc
    file = training_file(trial, pc)
    bare = freeze(wine.python(ROOT), ROOT, BUILD / "windows" / "bare", spec=BARE) / "bare.exe"
    idle = pc.start("cmd", "/c", "pause")

    def start_ours() -> "subprocess.Popen[bytes]":
        return pc.open_window("--unit", pc.on_c(file))

    def start_bare() -> "subprocess.Popen[bytes]":
        return pc.start(str(bare))

    try:
        ours, floor, ratio = measuring.measure(start_ours, start_bare, display=trial.screen.display)
    finally:
        measuring.end(idle)
        pc.kill()
    yield Line("double click to sign-in, at most 1.8 × a bare window", f"{ours:.0f} ms, bare {floor:.0f} ms: {ratio:.2f} ×", ratio <= measuring.MOST)
