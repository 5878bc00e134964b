"""Where a build finds its source and leaves what it makes: ``build/`` can be thrown away, ``dist/`` is what is handed on."""

import os
import re
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
INSTALLERS = ROOT / "installers"
BUILD = ROOT / "build"
DIST = ROOT / "dist"
ICON = ROOT / "resources" / "icons" / "pupil-desk.ico"


def version_of(source: Path) -> str:
    """The version that a checkout calls itself, such as 0.2.0."""
    text = (source / "pupil_desk" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "(\d+(?:\.\d+)*)"$', text, re.MULTILINE)
    if found is None:
        raise SystemExit("pupil_desk/__init__.py does not say its version.")
    return found[1]


def commit_of(source: Path) -> str:
    """The commit that is checked out, or an empty text where there is no git."""
    return _git(source, "rev-parse", "HEAD")


def moment_of(source: Path) -> int:
    """The one time that every file of a build bears, in seconds since 1970: that of its commit, so that two builds are alike."""
    told = os.environ.get("SOURCE_DATE_EPOCH") or _git(source, "log", "-1", "--format=%ct")
    return int(told) if told else int(time.time())


def _git(source: Path, *words: str) -> str:
    try:
        return subprocess.run(["git", "-C", str(source), *words], capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def earlier(commit: str) -> Path | None:
    """A checkout of an earlier commit, as plain files; None if this clone does not hold it."""
    folder = BUILD / "earlier" / commit
    if not (folder / "pupil_desk").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        archive = subprocess.run(["git", "-C", str(ROOT), "archive", commit], capture_output=True, check=False)
        if archive.returncode != 0:
            return None
        subprocess.run(["tar", "-x", "-C", str(folder)], input=archive.stdout, check=True)
    return folder
