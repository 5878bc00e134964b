"""What every build does with a program that was just frozen: what is in it is told, its guides are written, it is put in dist."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from installers import inside, packages
from installers.freezing import set_times
from installers.interpreter import BuildFailed, Interpreter
from installers.places import DIST, commit_of, version_of

GUIDES = "guides"


def describe(
    python: Interpreter, source: Path, folder: Path, program: Path, *, guides: bool = True, more: Sequence[inside.Part] = ()
) -> None:
    """Put the list of parts, the licences and the guides into a program that was frozen in ``folder``. Raises BuildFailed.

    ``more`` are parts that belong to no package of Python.
    """
    parts = sorted([*inside.parts_of(python, folder), *more], key=lambda part: (part.name.casefold(), part.version))
    if lacking := inside.unlisted(program, python.packages, parts):
        raise BuildFailed(f"In the program, and not in the list of its parts: {', '.join(lacking)}")
    inside.write_sbom(parts, version_of(source), commit_of(source), program / inside.SBOM, packages.locked_hashes(source))
    inside.copy_licences(python, folder, program / inside.LICENCES, own=_licence_of(python))
    if guides:
        _write_guides(program / GUIDES)


def seal(program: Path, moment: int) -> None:
    """Write the digest of every file, then give everything its time: nothing in the folder changes after."""
    inside.add_files_to_sbom(program)
    inside.write_manifest(program)
    set_times(program, moment)


def _licence_of(python: Interpreter) -> Path | None:
    """The licence of Python itself: beside python.exe on Windows, in the library's folder elsewhere."""
    beside = Path(python.command[-1]).with_name("LICENSE.txt")
    places = [beside, Path(sys.base_prefix) / "LICENSE.txt", Path(os.__file__).with_name("LICENSE.txt")]
    return next((place for place in places if place.is_file()), None)


def _write_guides(folder: Path) -> None:
    """The guides for the office and the technician, as the help has them, as PDF."""
    folder.mkdir()
    done = subprocess.run([sys.executable, "-m", "pupil_desk", "guides", "--to", str(folder)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BuildFailed(f"The guides could not be written: {done.stderr.strip()[-300:]}")


def size_of(program: Path) -> int:
    """The bytes of all files in a folder."""
    return sum(file.stat().st_size for file in program.rglob("*") if file.is_file())


def differences(program: Path, known: Path) -> list[str]:
    """The libraries that are in a program and not in the list ``known``, or the other way round, each with + or -."""
    here = set(inside.libraries_of(program))
    there = set(known.read_text(encoding="utf-8").split()) if known.is_file() else set()
    return [f"+{name}" for name in sorted(here - there)] + [f"-{name}" for name in sorted(there - here)]


def keep_libraries(program: Path, known: Path) -> None:
    """Write the list anew: for a developer who has looked at the differences and wants them."""
    known.write_text("\n".join(inside.libraries_of(program)) + "\n", encoding="utf-8", newline="\n")


def put_in_dist(made: Path, program: Path, parts: str) -> Path:
    """Put what a build made, its digest, the list of parts (under the name ``parts``), that of its files and the guides into ``dist``.

    By the list of its files anybody can hold what is installed against what was built: the program tells the digest of its own.
    """
    DIST.mkdir(exist_ok=True)
    place = DIST / made.name
    shutil.copyfile(made, place)
    place.with_name(place.name + ".sha256").write_text(f"{inside.digest_of(place)}  {place.name}\n", encoding="utf-8", newline="\n")
    shutil.copyfile(program / inside.SBOM, DIST / parts)
    shutil.copyfile(program / inside.MANIFEST, DIST / parts.replace("sbom.json", inside.MANIFEST))
    for guide in sorted((program / GUIDES).glob("*.pdf")):
        shutil.copyfile(guide, DIST / guide.name)
    return place
