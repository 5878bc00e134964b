"""The Windows build: freeze, leave what was found in order, sign, pack. The same on Debian under Wine and on Windows itself."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from installers import finishing
from installers.freezing import freeze
from installers.interpreter import BuildFailed, Interpreter
from installers.places import BUILD, ICON, INSTALLERS, moment_of, version_of
from installers.windows import signing

_LIBRARIES = INSTALLERS / "windows" / "libraries.txt"
_RESOURCE = """VSVersionInfo(
  ffi=FixedFileInfo(filevers=({numbers}), prodvers=({numbers})),
  kids=[
    StringFileInfo([StringTable('080904B0', [
      StringStruct('CompanyName', 'Pupil Desk'), StringStruct('ProductName', 'Pupil Desk'),
      StringStruct('FileDescription', 'Pupil Desk'), StringStruct('ProductVersion', '{version}'),
      StringStruct('FileVersion', '{version}')])]),
    VarFileInfo([VarStruct('Translation', [2057, 1200])])])
"""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made. ``size`` is that of the program's folder, in bytes."""

    version: str
    program: Path
    installer: Path
    size: int
    signed: bool


def numbers_of(version: str) -> list[int]:
    """The four numbers of Windows' version resources: 0.2.0 is 0, 2, 0, 0."""
    numbers = [int(part) for part in version.split(".")][:4]
    return numbers + [0] * (4 - len(numbers))


def build(python: Interpreter, source: Path, folder: Path, *, guides: bool = True) -> Built:
    """Build the program of a checkout and its installer, in ``folder``; the installer is put in ``dist`` by ``hand_on``.

    Raises BuildFailed.
    """
    version = version_of(source)
    numbers = ", ".join(map(str, numbers_of(version)))
    program = freeze(python, source, folder, _RESOURCE.format(numbers=numbers, version=version))
    finishing.describe(python, source, folder, program, guides=guides)
    signer = signing.signer()
    seal(program, moment_of(source), signer)
    size = finishing.size_of(program)
    installer = pack(program, folder / f"PupilDesk-{version}-setup.exe", version, size, moment_of(source), signer=signer)
    return Built(version, program, installer, size, signer is not None)


def seal(program: Path, moment: int, signer: signing.Signer | None) -> None:
    """Sign what is not signed by its maker, then write the digest of everything, then give everything its time."""
    if signer is not None:
        for file in sorted(program.rglob("*")):
            if file.suffix in (".exe", ".dll", ".pyd") and not signing.is_signed(file):
                signer.sign(file)
    finishing.seal(program, moment)


def pack(
    program: Path, installer: Path, version: str, size: int, moment: int, *, signer: signing.Signer | None, quickly: bool = False
) -> Path:
    """Pack a program's folder into an installer; ``quickly`` for one that is not handed on and may be larger. Raises BuildFailed."""
    defines = {
        "VERSION": version,
        "NUMBERS": ".".join(map(str, numbers_of(version))),
        "STAGE": str(program),
        "OUT": str(installer),
        "SIZE": str(size // 1024),
        "ICON": str(ICON),
    }
    if signer is not None:
        defines["SIGN"] = " ".join(signer.command)
    quick = ["-XSetCompressor /FINAL zlib"] if quickly else []  # the script's own choice comes after it, and is not taken
    words = [
        "makensis",
        "-V2",
        *quick,
        *(f"-D{name}={value}" for name, value in defines.items()),
        str(INSTALLERS / "windows" / "setup.nsi"),
    ]
    env = {**os.environ, "SOURCE_DATE_EPOCH": str(moment)}
    done = subprocess.run(words, capture_output=True, text=True, env=env, check=False, cwd=INSTALLERS.parent)
    if done.returncode != 0:
        raise BuildFailed(f"makensis ended with {done.returncode}: {(done.stdout + done.stderr).strip()[-500:]}")
    return installer


def differences(program: Path) -> list[str]:
    """The libraries that are in a program and not in ``libraries.txt``, or the other way round, each with + or -."""
    return finishing.differences(program, _LIBRARIES)


def keep_libraries(program: Path) -> None:
    """Write ``libraries.txt`` anew: for a developer who has looked at the differences and wants them."""
    finishing.keep_libraries(program, _LIBRARIES)


def hand_on(built: Built) -> Path:
    """Put the installer, its digest and the guides into ``dist``; returns the installer there."""
    return finishing.put_in_dist(built.installer, built.program, f"PupilDesk-{built.version}-sbom.json")


def main_folder() -> Path:
    """Where the build of this checkout is made."""
    return BUILD / "windows" / "now"
