"""What is inside a frozen program: the list of parts (CycloneDX), the licences that ask to be handed on, the digest of each file.

A part is listed when a file of it is in the program, by PyInstaller's own account of what it took: a package that was
installed and not needed is not.
"""

import ast
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import Distribution, PathDistribution
from pathlib import Path, PureWindowsPath
from types import MappingProxyType
from typing import Any

from installers.interpreter import CannotBuild, Interpreter
from installers.packages import plain_name
from installers.places import INSTALLERS

MANIFEST = "manifest.sha256"
SBOM = "sbom.json"
LICENCES = "licences"
_FILE = "file"  # CycloneDX's word for what is a file and no package
_INSIDE, _IN_FILE = "pupil-desk:inside", "pupil-desk:file"  # of a part that lies in another: in which package, and in which file
BY_HAND = (
    ("CPython", ""),
    ("OpenSSL", "CPython"),
    ("OpenSSL", "sqlcipher3"),
    ("SQLCipher", "sqlcipher3"),
)  # no package of Python tells of them
_PROGRAMS = ("pupil desk", "pupil-desk")

_PASSING = re.compile(r"-[0-9a-f]{8}(?:[0-9a-f]{24})?(?=\.)|\.cp(?:ython-)?\d+-[\w-]+(?=\.)|(?<=\.so)(?:\.\d+)+$")

# Fonts that are files of ours or of a package, and so in no package's account of itself.
_FONTS = (
    ("DejaVu Sans Condensed", "2.37", "Bitstream-Vera", "resources/fonts"),
    (
        "Noto Sans: Bengali, Devanagari, Ethiopic, Gujarati, Gurmukhi, Kannada, Khmer, Lao, Malayalam, Myanmar, Sinhala, Tamil, Telugu, Thai",
        "2.000 and 2.001",
        "OFL-1.1",
        "resources/fonts",
    ),
    ("Droid Sans Fallback", "1.00", "Apache-2.0", "resources/fonts"),
    ("Phosphor Icons", "1.3.0", "MIT", "qtawesome"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that somebody else made. ``licence`` is an SPDX expression or that project's own words."""

    name: str
    version: str
    licence: str
    inside: str = ""
    package: bool = False


def parts_of(python: Interpreter, frozen: Path) -> list[Part]:
    """Every part of a program that ``freeze`` has just made in ``frozen``'s folder, by name."""
    used = [*_packages_of(python, frozen), *_told(python)]
    used += [Part(*font) for font in _FONTS]
    return sorted(used, key=lambda part: (part.name.casefold(), part.version))


def _packages_of(python: Interpreter, frozen: Path) -> list[Part]:
    found = {part.name.lower(): part for part in map(_part_of, distributions_used(python.packages, sources_of(frozen)))}
    boot = found["pyinstaller"]  # of it only what starts the program is inside, which its licence lets anybody hand on
    found["pyinstaller"] = replace(boot, name="PyInstaller bootloader", licence="GPL-2.0-or-later WITH Bootloader-exception")
    return list(found.values())


def _told(python: Interpreter) -> list[Part]:
    told = json.loads(python.run(python.names(INSTALLERS / "probe.py")))
    return [Part(part["name"], part["version"], part["licence"], part["in"]) for part in told]


def sources_of(frozen: Path) -> set[str]:
    """The files that PyInstaller took, as it names them, from the accounts that it leaves in ``work/frozen``."""
    found: set[str] = set()
    for account in ("PYZ-00.toc", "COLLECT-00.toc"):
        told = ast.literal_eval((frozen / "work" / "frozen" / account).read_text(encoding="utf-8"))
        entries = next(part for part in told if isinstance(part, list))
        found.update(entry[1] for entry in entries if entry[1])
    return found


def distributions_used(packages: Path, sources: Iterable[str]) -> list[Distribution]:
    """The installed packages of which at least one of these files is a part."""
    names = {_within(source, packages.name) for source in sources}
    return [package for package in _distributions(packages) if any(str(file).replace("\\", "/") in names for file in package.files or ())]


def _within(source: str, folder: str) -> str:
    """A file's name below the packages' folder, whatever system wrote it."""
    parts = PureWindowsPath(source).parts
    return "/".join(parts[parts.index(folder) + 1 :]) if folder in parts else ""


def _distributions(packages: Path) -> list[Distribution]:
    return [PathDistribution(folder) for folder in sorted(packages.glob("*.dist-info"))]


def _part_of(package: Distribution) -> Part:
    about = package.metadata
    licence = about.get("License-Expression") or about.get("License") or ""
    if not licence or "\n" in licence or len(licence) > 80:
        kinds = [line.rsplit(" :: ", 1)[1] for line in about.get_all("Classifier") or () if line.startswith("License ::")]
        licence = "; ".join(kinds) or "see its licence file"
    return Part(about["Name"], package.version, licence, package=True)


def unlisted(program: Path, packages: Path, parts: Iterable[Part]) -> list[str]:
    """The packages of which a file lies in the program's folder and that the list lacks: looked for by the folder, not by PyInstaller's account."""
    listed = {plain_name(part.name) for part in parts}
    within = program / "_internal"
    files = {file.relative_to(within).as_posix() for file in within.rglob("*") if file.is_file()}
    return [
        name
        for package in _distributions(packages)
        if plain_name(name := package.metadata["Name"]) not in listed
        and any(str(file).replace("\\", "/") in files for file in package.files or ())
    ]


def write_sbom(
    parts: Iterable[Part], version: str, commit: str, place: Path, locked: Mapping[str, Sequence[str]] = MappingProxyType({})
) -> None:
    """The list as CycloneDX 1.6, for people and for scanners. It bears no date and no random number: two builds are alike.

    ``locked`` are the digests that the lock names of a package's files, by its plain name: what was taken is one of them.
    """
    components = [_component(part, locked.get(plain_name(part.name), ()) if part.package else ()) for part in parts]
    program: dict[str, object] = {"type": "application", "name": "Pupil Desk", "version": version}
    if commit:
        program["properties"] = [{"name": "pupil-desk:commit", "value": commit}]
    whole = {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "metadata": {"component": program}, "components": components}
    place.write_text(json.dumps(whole, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _component(part: Part, digests: Sequence[str]) -> dict[str, object]:
    entry: dict[str, object] = {"type": "library", "name": part.name, "version": part.version}
    purl = f"pkg:pypi/{plain_name(part.name)}@{part.version}"
    if part.package:
        entry["purl"] = purl
    entry["licenses"] = [{"license": {"name": part.licence}}]
    if part.inside:
        entry["properties"] = [_property(_INSIDE, part.inside)]
    if digests:
        entry["externalReferences"] = [{"type": "distribution", "url": purl, "hashes": [_sha256(digest)]} for digest in digests]
    return entry


def add_files_to_sbom(folder: Path) -> None:
    """Name in the list each program and library of the folder with its digest, as it is handed on, signed if it is; and in which of them lies
    what is inside a package, such as OpenSSL in sqlcipher3, which no scanner of packages sees."""
    place = folder / SBOM
    whole = json.loads(place.read_text(encoding="utf-8"))
    parts = [component for component in whole["components"] if component["type"] != _FILE]  # a program may be sealed again, once signed
    digests = {file.relative_to(folder).as_posix(): digest_of(file) for file in loaded_files(folder)}
    for part in parts:
        if package := _package_around(part):
            part["properties"] = [_property(_INSIDE, package), *(_property(_IN_FILE, name) for name in digests if _is_of(name, package))]
    files = [{"type": _FILE, "name": name, "hashes": [_sha256(digest)]} for name, digest in digests.items()]
    whole["components"] = [*parts, *files]
    place.write_text(json.dumps(whole, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def listed_files(sbom: Path) -> dict[str, str]:
    """The programs and libraries that a list names, each with its digest."""
    components = json.loads(sbom.read_text(encoding="utf-8"))["components"]
    return {part["name"]: part["hashes"][0]["content"] for part in components if part["type"] == _FILE}


def sbom_faults(program: Path) -> list[str]:
    """The programs and libraries that the list lacks or names with another digest, and what is put in by hand and is not there."""
    listed = listed_files(program / SBOM)
    odd = [file.name for file in loaded_files(program) if listed.get(file.relative_to(program).as_posix()) != digest_of(file)]
    names = {(part["name"], _package_around(part)) for part in json.loads((program / SBOM).read_text(encoding="utf-8"))["components"]}
    return odd + [" in ".join(filter(None, part)) for part in BY_HAND if part not in names]


def _package_around(part: Mapping[str, Any]) -> str:
    return next((told["value"] for told in part.get("properties", ()) if told["name"] == _INSIDE), "")


def loaded_files(folder: Path) -> list[Path]:
    """The programs and libraries of a folder, in order."""
    return [file for file in sorted(folder.rglob("*")) if file.is_file() and (is_library(file) or file.stem.lower() in _PROGRAMS)]


def _property(name: str, value: str) -> dict[str, str]:
    return {"name": name, "value": value}


def _sha256(digest: str) -> dict[str, str]:
    return {"alg": "SHA-256", "content": digest}


def _is_of(name: str, package: str) -> bool:
    """Whether a file lies in a package's folder."""
    return f"/{package.lower()}/" in f"/{name.lower()}"


def copy_licences(python: Interpreter, frozen: Path, folder: Path, own: Path | None = None) -> int:
    """Put the licence texts of every package in the program into ``folder``, one folder a package; returns how many files.

    ``own`` is the licence of Python itself, which is in no package. Qt's packages do not bring the texts of the LGPL and
    the GPL that it refers to: they come from Debian's own copies, or from the folder that PUPIL_DESK_LICENCES names.
    Raises CannotBuild when they are not there.
    """
    count = 0
    texts = Path(os.environ.get("PUPIL_DESK_LICENCES", "/usr/share/common-licenses"))
    for name in ("LGPL-3", "GPL-3"):
        if not (texts / name).is_file():
            raise CannotBuild(f"The text of {name} is not in {texts}. Put it there, or name its folder in PUPIL_DESK_LICENCES.")
        (folder / "Qt").mkdir(parents=True, exist_ok=True)
        shutil.copyfile(texts / name, folder / "Qt" / f"{name}.txt")
        count += 1
    for package in distributions_used(python.packages, sources_of(frozen)):
        for file in package.files or ():
            name = file.name.lower()
            if (".dist-info" in file.parts[0] and name.startswith(("licen", "copying", "notice", "authors"))) or "licenses" in file.parts[
                :2
            ]:
                target = folder / str(package.metadata["Name"]) / file.name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(python.packages / file, target)
                count += 1
    if own is not None and own.is_file():
        (folder / "CPython").mkdir(parents=True, exist_ok=True)
        shutil.copyfile(own, folder / "CPython" / "LICENSE.txt")
        count += 1
    return count


def write_manifest(folder: Path) -> None:
    """``manifest.sha256``: the digest of every other file of the program, by which it later knows itself whole."""
    files = sorted(file for file in folder.rglob("*") if file.is_file() and file != folder / MANIFEST)
    lines = [f"{digest_of(file)}  {file.relative_to(folder).as_posix()}\n" for file in files]
    (folder / MANIFEST).write_text("".join(lines), encoding="utf-8", newline="\n")


def digest_of(file: Path) -> str:
    """The SHA-256 of a file, as hexadecimal digits."""
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def libraries_of(folder: Path) -> list[str]:
    """The names of all that is loaded as a library, in order; a version in a name is left out, so that the list lasts."""
    files = [file for file in folder.rglob("*") if is_library(file)]
    return sorted({lasting(file.relative_to(folder).as_posix()) for file in files})


def is_library(file: Path) -> bool:
    """Whether a file is loaded as a library, by its name."""
    return file.suffix in (".dll", ".pyd", ".so") or ".so." in file.name


def lasting(name: str) -> str:
    """A library's name without what changes from release to release: its version, the digest that a wheel gives it, Python's tag."""
    return _PASSING.sub("", name)
