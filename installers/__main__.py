"""``python -m installers windows|linux [--try [--whole]] [--keep-libraries]``: called by dev.py, which has seen to what it needs."""

import argparse
import signal
import sys
import time

from dev import CANNOT
from installers.interpreter import BuildFailed, CannotBuild
from installers.places import ROOT


def main() -> int:
    """Build, and try if that is asked for; returns the exit status: 1 for what failed, CANNOT where this machine cannot, 3 of a trial see table.py."""
    words = argparse.ArgumentParser(prog="dev.py", description="Freeze Pupil Desk, and try what comes of it.")
    words.add_argument("system", choices=["windows", "linux"])
    words.add_argument("--try", dest="trial", action="store_true", help="install it, run it, upgrade it, remove it, and tell in a table")
    words.add_argument(
        "--whole",
        action="store_true",
        help="with --try on Windows: every moment of a kill, the earlier version frozen as it was, a frozen bare window",
    )
    words.add_argument("--keep-libraries", action="store_true", help="take the libraries of this build as those that belong in it")
    words.add_argument("--python", default=sys.executable, help="on Windows: the Python to build with, instead of the one in .venv")
    told = words.parse_args()
    if told.whole and not (told.trial and told.system == "windows"):
        words.error("--whole belongs to windows --try")
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))  # so that screens and Windows PCs are put away
    try:
        return (_windows if told.system == "windows" else _linux)(told)
    except CannotBuild as error:
        print(f"This machine cannot build it. {error}", file=sys.stderr)
        return CANNOT
    except BuildFailed as error:
        print(f"The build failed. {error}", file=sys.stderr)
        return 1


def _windows(told: argparse.Namespace) -> int:
    from installers import packages
    from installers.windows import build, wine

    began = time.monotonic()
    python = packages.this_python(ROOT, told.python) if sys.platform == "win32" else wine.python(ROOT)
    print("Freezing the program ...", flush=True)
    built = build.build(python, ROOT, build.main_folder())
    if told.keep_libraries:
        build.keep_libraries(built.program)
    place = build.hand_on(built)
    print(
        f"{place.relative_to(ROOT)}: {place.stat().st_size / 1e6:.1f} MB, installed {built.size / 1e6:.1f} MB, "
        f"{'signed' if built.signed else 'not signed'}, in {time.monotonic() - began:.0f} s",
        flush=True,
    )
    if differences := build.differences(built.program):
        print("Libraries that are not as libraries.txt has them: " + " ".join(differences), file=sys.stderr)
        return 1
    if told.trial:
        from installers.windows import trial

        return trial.run(built, whole=told.whole)
    return 0


def _linux(told: argparse.Namespace) -> int:
    from installers.linux import build

    return build.run(trial=told.trial, keep_libraries=told.keep_libraries)


if __name__ == "__main__":
    sys.exit(main())
