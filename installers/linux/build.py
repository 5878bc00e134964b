"""The Linux build: freeze with this machine's Python, leave what was found in order, pack; and try what comes of it."""

import sys
import time
from dataclasses import dataclass
from pathlib import Path

from installers import finishing, inside, packages
from installers.freezing import freeze
from installers.interpreter import BuildFailed, Interpreter
from installers.linux import archive, borrowed, linked
from installers.places import BUILD, INSTALLERS, ROOT, commit_of, moment_of, version_of

LIBRARIES = INSTALLERS / "linux" / "libraries.txt"


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: ``program`` is its folder, ``archive`` the file in ``dist``; ``size`` in bytes, unpacked."""

    version: str
    commit: str
    python: Interpreter
    program: Path
    archive: Path
    size: int
    seconds: float


def run(*, trial: bool, keep_libraries: bool) -> int:
    """``python3 dev.py linux``: build, say what there is, and try it if that is asked for; returns the exit status."""
    if not sys.platform.startswith("linux"):
        raise BuildFailed("The program for Linux is built on Linux.")
    print("Freezing the program ...", flush=True)
    built = build(ROOT, main_folder(), keep_libraries=keep_libraries)
    print(
        f"{built.archive.relative_to(ROOT)}: {built.archive.stat().st_size / 1e6:.1f} MB, unpacked {built.size / 1e6:.1f} MB, "
        f"in {built.seconds:.0f} s",
        flush=True,
    )
    if trial:
        from installers.linux.trial import run as try_out

        return try_out(built)
    return 0


def main_folder() -> Path:
    """Where the build of this checkout is made."""
    return BUILD / "linux" / "now"


def build(source: Path, folder: Path, *, keep_libraries: bool = False) -> Built:
    """Freeze a checkout in ``folder``, look at what it links to, pack it into ``dist``.

    Raises BuildFailed, also if a library is not as ``libraries.txt`` has it, or comes from nowhere.
    """
    began, commit = time.monotonic(), commit_of(source)
    version, python = version_of(source), packages.this_python(source)
    program = frozen(python, source, folder)
    if keep_libraries:
        finishing.keep_libraries(program, LIBRARIES)
    if different := finishing.differences(program, LIBRARIES):
        raise BuildFailed("Libraries that are not as libraries.txt has them: " + " ".join(different))
    if lacking := linked.missing(program):
        raise BuildFailed(
            "Libraries that are linked to and come from nowhere: " + "; ".join(f"{name} ({who[0]})" for name, who in lacking.items())
        )
    name = f"pupil-desk-{version}"
    made = archive.pack(program, name, folder / f"{name}-linux-x86_64.tar.xz", moment_of(source))
    place = finishing.put_in_dist(made, program, f"{name}-linux-sbom.json")
    return Built(version, commit, python, program, place, finishing.size_of(program), time.monotonic() - began)


def frozen(python: Interpreter, source: Path, folder: Path) -> Path:
    """The program's folder as it is handed on, made in ``folder``. Raises BuildFailed."""
    program = freeze(python, source, folder)
    linked.without_debugging(program)
    parts = borrowed.parts_of(borrowed.system_libraries(inside.sources_of(folder)))
    finishing.describe(python, source, folder, program, more=parts)
    borrowed.copy_licences(parts, program / inside.LICENCES)
    finishing.seal(program, moment_of(source))
    return program
