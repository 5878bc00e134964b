"""The libraries in a frozen program that are this Linux's own: whose they are, which version, under which licence."""

import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from installers.inside import Part

_DOCUMENTS = Path("/usr/share/doc")
_SYSTEM = ("/lib/", "/usr/lib/", "/usr/local/lib/")
_LICENCE = re.compile(r"^License: *(\S.{,60}?) *$", re.MULTILINE)


def system_libraries(sources: Iterable[str]) -> list[Path]:
    """Of the files that a program was made of, the libraries that the system brought; not Python's own modules."""
    return sorted(
        Path(source)
        for source in sources
        if source.startswith(_SYSTEM) and ".so" in source and "/lib-dynload/" not in source and "-packages/" not in source
    )


def parts_of(libraries: Iterable[Path]) -> list[Part]:
    """The packages that brought these libraries; on a Linux without dpkg, the libraries by name, their version not known."""
    if shutil.which("dpkg-query") is None:
        return [Part(library.name, "", "as this Linux has it", inside="the system") for library in libraries]
    names = sorted({name for library in libraries if (name := _package_of(library))})
    return [Part(name, _told("-W", "-f", "${Version}", name), licence_in(copyright_of(name)), inside="Debian") for name in names]


def copy_licences(parts: Iterable[Part], folder: Path) -> None:
    """Each package's account of its authors and licences, as Debian keeps it."""
    for part in parts:
        text = copyright_of(part.name)
        if text:
            (folder / part.name).mkdir(parents=True, exist_ok=True)
            (folder / part.name / "copyright.txt").write_text(text, encoding="utf-8")


def copyright_of(package: str) -> str:
    """What Debian tells of a package's authors and licences; empty if it is not here."""
    place = _DOCUMENTS / package / "copyright"
    return place.read_text(encoding="utf-8", errors="replace") if place.is_file() else ""


def licence_in(text: str) -> str:
    """The licence that such an account names, if it names but one; of several nobody can tell here which is this library's."""
    found = set(_LICENCE.findall(text))
    return found.pop() if len(found) == 1 else "see its licence file"


def _package_of(library: Path) -> str:
    for place in dict.fromkeys((str(library), str(library.resolve()), str(library.resolve()).removeprefix("/usr"))):
        if told := _told("-S", place):
            return told.splitlines()[0].split(":")[0]
    return ""


def _told(*words: str) -> str:
    return subprocess.run(["dpkg-query", *words], capture_output=True, text=True, check=False).stdout.strip()
