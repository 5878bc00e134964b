#!/usr/bin/env python3
"""The developer's front door to Pupil Desk.  Needs nothing but Python 3.9 or later to start.

    python3 dev.py setup          make .venv and install all that running, testing and checking need
    python3 dev.py run            open the window (without a display: make the demonstration instead)
    python3 dev.py demo DIR       make a training unit of invented pupils, and everything made from it, in DIR
    python3 dev.py test [...]     run the tests, and beside them the checks; what follows goes to pytest, and then the tests run alone
    python3 dev.py check          the format, ruff, mypy and the floors between the rooms
    python3 dev.py bench          how long each act takes, as a ratio to the least that it must take
    python3 dev.py torture [...]  the long tests, which `test` leaves out, and the property tests drawn from a new seed
    python3 dev.py torture --acceptance [N...]  the 70 acceptance tests, or those of these numbers, at full count; --record keeps the result
    python3 dev.py torture --without [N...]  each of them with what protects it taken out: it must fail
    python3 dev.py torture --stalls  all journeys, and where the window stood still too long meanwhile
    python3 dev.py torture --monkey  keys and clicks at random on the real window, from a seed, and what went wrong
    python3 dev.py windows [--try [--whole]]  build the Windows installer in dist/ (under Wine, or on Windows itself); try it
    python3 dev.py linux [--try]  freeze the program for Linux in dist/; try it
    python3 dev.py pictures [--windows]  make the pictures of README anew; with --windows those that its trial kept, too
    python3 dev.py lock           write the three requirements files anew from pyproject.toml

Each one sets up what it needs first, and does nothing where that is done already.
"""

from __future__ import annotations

import contextlib
import ctypes
import glob
import hashlib
import json
import os
import random
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from typing import Callable, NamedTuple, NoReturn

ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
STAMP = os.path.join(VENV, "pupil-desk-setup.json")
WINDOWS = os.name == "nt"
BIN = os.path.join(VENV, "Scripts" if WINDOWS else "bin")
PYTHON = os.path.join(BIN, "python.exe" if WINDOWS else "python")

MEMORY_OF_TESTS = 4 << 30  # bytes that the tests' own processes take
WRITTEN_BY_TESTS = 4 << 30  # bytes of files that they leave until the end

TO_RUN = "requirements.txt"
TO_DEVELOP = "requirements-dev.txt"  # all of requirements.txt, and what tests and checks need
TO_BUILD = "requirements-build.txt"  # what freezes the program, beside requirements.txt
PIP_INSTALL = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r"]

# What a wheel of Qt for Linux links to and does not bring: the file that is loaded, and Debian's package.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}

# Programs that tests call, and Debian's package of each. A test that needs one is marked `needs("NAME")`.
PROGRAMS = {
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "strace": "strace",
    "cc": "gcc",
    "pdftotext": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "sqlcipher": "sqlcipher",
    "7z": "7zip",
    "qpdf": "qpdf",
    "xmllint": "libxml2-utils",
    "import": "imagemagick",
    "objdump": "binutils",
    "soffice": "libreoffice-calc-nogui python3-uno",
    "tesseract": "tesseract-ocr",
    "dbus-daemon": "dbus-daemon",
    "/usr/libexec/at-spi-bus-launcher": "at-spi2-core",
}

CANNOT = 77  # the exit status of a build for which this machine lacks a program: automake's for a test that was not run

# Programs that a build calls, and Debian's package of each.
TO_FREEZE = {"objdump": "binutils"}
TO_TRY = {
    "convert": "imagemagick",
    **{name: PROGRAMS[name] for name in ("tesseract", "Xvfb", "openbox", "xdotool", "import")},
}  # a screen, hands, and eyes that read it as a person would
TO_BUILD_WINDOWS = {
    "wine": "wine wine64",
    "makensis": "nsis",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64-posix",
    "osslsigncode": "osslsigncode",
    "openssl": "openssl",
}


def say(text: str) -> None:
    print(text, flush=True)


def give_up(text: str, status: int = 1) -> NoReturn:
    print(text, file=sys.stderr, flush=True)
    raise SystemExit(status)


# ---- which Python ----------------------------------------------------------------------------------------


class Machine(NamedTuple):
    """As much of a computer as the search for a Python looks at."""

    windows: bool
    env: Mapping[str, str]
    running: str
    which: Callable[[str], str | None]
    glob: Callable[[str], list[str]]


class Found(NamedTuple):
    """A Python that answered. ``whole`` says that it can make a virtual environment with pip in it."""

    path: str
    version: tuple[int, int]
    whole: bool


def this_machine() -> Machine:
    running = getattr(sys, "_base_executable", sys.executable)
    return Machine(WINDOWS, os.environ, running, shutil.which, glob.glob)


def pythons(machine: Machine) -> Iterator[list[str]]:
    """Every command that may start a suitable Python, in the order in which they are tried."""
    yield [machine.running]
    names = ["python3.13", "python3.12", "python3.14", "python3.15", "python3", "python"]
    for name in names:
        path = machine.which(name)
        if path:
            yield [path]
    if machine.windows:
        launcher = machine.which("py")
        if launcher:
            for version in ("3.13", "3.12", "3.14", "3.15"):
                yield [launcher, "-" + version]
    else:
        for folder in ("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"):
            for name in names[:4]:
                for path in machine.glob(folder + "/" + name):
                    yield [path]
    for pattern in kept_by_managers(machine):
        for path in sorted(machine.glob(pattern), key=by_number, reverse=True):
            yield [path]


def kept_by_managers(machine: Machine) -> Iterator[str]:
    """Where pyenv, asdf, mise, uv and the official installers keep their Pythons, as file patterns."""
    env = machine.env
    home = env.get("USERPROFILE" if machine.windows else "HOME", "")
    if machine.windows:
        local, roaming = env.get("LOCALAPPDATA", ""), env.get("APPDATA", "")
        if home:
            yield home + r"\.pyenv\pyenv-win\versions\3.*\python.exe"
        if local:
            yield local + r"\Programs\Python\Python3*\python.exe"
            yield local + r"\mise\installs\python\3.*\python.exe"
        if env.get("UV_PYTHON_INSTALL_DIR") or roaming:
            yield env.get("UV_PYTHON_INSTALL_DIR", roaming + r"\uv\python") + r"\cpython-3.*\python.exe"
        return
    data = env.get("XDG_DATA_HOME") or home + "/.local/share"
    yield (env.get("PYENV_ROOT") or home + "/.pyenv") + "/versions/3.*/bin/python3"
    yield (env.get("ASDF_DATA_DIR") or home + "/.asdf") + "/installs/python/3.*/bin/python3"
    yield (env.get("MISE_DATA_DIR") or data + "/mise") + "/installs/python/3.*/bin/python3"
    yield (env.get("UV_PYTHON_INSTALL_DIR") or data + "/uv/python") + "/cpython-3.*/bin/python3"
    yield "/Library/Frameworks/Python.framework/Versions/3.*/bin/python3"


def by_number(path: str) -> list[tuple[int, str]]:
    """A key that puts 3.13 after 3.9, as numbers go and letters do not."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", path)]


def suits(version: tuple[int, int]) -> bool:
    return version >= (3, 12)


def liking(found: Found) -> tuple[bool, int]:
    """The lowest is taken: whole before lacking pip; then 3.13, or else the oldest."""
    minor = found.version[1]
    return (not found.whole, 0 if minor == 13 else minor)


def choose(commands: Iterable[list[str]], probe: Callable[[list[str]], Found | None]) -> Found | None:
    """The best Python among these commands; a whole 3.13 ends the search."""
    best: Found | None = None
    for command in commands:
        found = probe(command)
        if found is None or not suits(found.version):
            continue
        if best is None or liking(found) < liking(best):
            best = found
        if best.whole and best.version == (3, 13):
            break
    return best


PROBE = """
import importlib.util as u, json, sys, sysconfig
ours = sys.implementation.name == "cpython" and sys.maxsize > 2**32
ours = ours and not sysconfig.get_config_var("Py_GIL_DISABLED")
whole = all(u.find_spec(name) for name in ("venv", "ensurepip"))
print(json.dumps([getattr(sys, "_base_executable", sys.executable), sys.version_info[:2], ours, whole]))
"""


def ask(command: list[str]) -> Found | None:
    """Start a Python and hear what it is; None if it does not start, or is not a usual 64-bit CPython."""
    try:
        answer = subprocess.run(
            [*command, "-I", "-c", PROBE], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, timeout=30
        )
        path, version, ours, whole = json.loads(answer.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    return Found(path, (version[0], version[1]), bool(whole)) if ours else None


def look() -> Found | None:
    return choose(pythons(this_machine()), ask)


def find_python() -> Found:
    """A Python 3.12 or later, fetched if none is there; if that fails, one sentence says what to install."""
    found = look()
    for packages in (["python3.13", "python3.13-venv"], ["python3", "python3-venv"]):
        if (found is None or not found.whole) and apt_may():
            say("No whole Python 3.12 or later was found: installing " + " and ".join(packages) + ".")
            apt_install(packages)
            found = look()
    if found is not None:
        return found
    say("No Python 3.12 or later was found: asking uv for one ...")
    uv = find_uv()
    if uv and succeeds([uv, "python", "install", "3.13"], quiet=True):
        found = look()
        if found is not None:
            return found
    give_up(
        "Pupil Desk needs Python 3.12 or later, and none was found or could be fetched: please install "
        "Python 3.13 (on Debian: apt-get install python3.13 python3.13-venv) and run this again."
    )


def find_uv() -> str | None:
    """uv if it is on this machine, else the locked release of it, put in .uv by the ordinary pip."""
    on_path = shutil.which("uv")
    if on_path:
        return on_path
    folder = os.path.join(ROOT, ".uv")
    uv = os.path.join(folder, "Scripts" if WINDOWS else "bin", "uv.exe" if WINDOWS else "uv")
    if os.path.exists(uv):
        return uv
    if not succeeds([sys.executable, "-m", "venv", "--clear", folder]):
        return None
    only_uv = os.path.join(folder, "requirements.txt")
    with open(only_uv, "w", encoding="utf-8") as file:
        file.write(locked("uv"))
    python = os.path.join(os.path.dirname(uv), os.path.basename(PYTHON))
    return uv if succeeds([python, *PIP_INSTALL, only_uv]) else None


def locked(package: str) -> str:
    """The lines of the lock that speak of one package."""
    with open(os.path.join(ROOT, TO_DEVELOP), encoding="utf-8") as file:
        lines = file.read().splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(package + "=="))
    end = next((n for n in range(start + 1, len(lines)) if not lines[n].startswith(" ")), len(lines))
    return "\n".join(line for line in lines[start:end] if "# via" not in line and "#   " not in line) + "\n"


# ---- what the system must have ---------------------------------------------------------------------------


def apt_may() -> bool:
    return not WINDOWS and os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt(*words: str) -> bool:
    """Run apt-get with nothing asked and nothing told but its complaints; wait for another's lock."""
    command = ["apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=60", *words]
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.call(command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) == 0


def apt_install(packages: list[str]) -> None:
    """Install Debian packages: all at once or, if one of them is not to be had, each of the others."""
    apt("update")
    if not apt("install", "--no-install-recommends", *packages) and len(packages) > 1:
        for package in packages:
            apt("install", "--no-install-recommends", package)


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def lacking(lock: str) -> dict[str, str]:
    """What this Linux lacks, and Debian's package of it: Qt's libraries and, to develop, tests' programs."""
    if not sys.platform.startswith("linux"):
        return {}
    lack = unloadable(QT_LIBRARIES)
    if lock == TO_DEVELOP:
        lack.update(absent(PROGRAMS))
    return lack


def absent(programs: Mapping[str, str]) -> dict[str, str]:
    """Those of these programs that are not on this machine."""
    return {name: package for name, package in programs.items() if shutil.which(name) is None}


def unloadable(libraries: Mapping[str, str]) -> dict[str, str]:
    """Those of these libraries that do not load on this machine."""
    return {name: package for name, package in libraries.items() if not loads(name)}


# Debian's Python works without its library; a frozen program has it inside.
ITS_LIBRARY = """
import os, sys, sysconfig
name, places = sysconfig.get_config_var("INSTSONAME"), [sysconfig.get_config_var("LIBDIR"), os.path.join(sys.base_prefix, "lib")]
print("" if any(os.path.exists(os.path.join(place or "", name)) for place in places) else name)
print("libpython{}.{}".format(*sys.version_info))
"""


def python_library() -> dict[str, str]:
    """The library of the Python in .venv, and Debian's package of it, if it does not lie where that Python keeps it."""
    name, package = subprocess.check_output([PYTHON, "-I", "-c", ITS_LIBRARY], universal_newlines=True).split("\n")[:2]
    return {name: package} if name else {}


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Hold the one lock under which a build installs what it lacks: two may run beside each other, and apt is asked by one at a time."""
    import fcntl

    with open(os.path.join(VENV, "installing.lock"), "w", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def need(programs: Mapping[str, str], libraries: Mapping[str, str] | None = None) -> None:
    """See that a build has its programs and libraries: install what is absent where that is allowed, else say what to install, and end with CANNOT."""

    def lacking_now() -> dict[str, str]:
        return {**absent(programs), **unloadable(libraries or {})}

    lack = lacking_now()
    packages = sorted(set(" ".join(lack.values()).split()))
    if lack and apt_may():
        with alone():  # another build beside this one may have installed it meanwhile
            if lacking_now():
                say("Installing " + " ".join(packages) + " ...")
                apt_install(packages)
        lack = lacking_now()
    if lack:
        give_up("Lacking: {}. On Debian and its like: sudo apt-get install {}".format(", ".join(sorted(lack)), " ".join(packages)), CANNOT)


def see_to_system(lock: str, tried: list[str]) -> list[str]:
    """Name what the system lacks and install it where that is allowed; returns what was tried in vain."""
    lack = lacking(lock)
    packages = sorted(set(" ".join(lack.values()).split()))
    if set(packages) <= set(tried):
        return tried
    say("This machine lacks " + ", ".join(sorted(lack)) + ".")
    if not apt_may():
        say("On Debian and its like they come with: sudo apt-get install " + " ".join(packages))
        return packages
    say("Installing " + " ".join(packages) + " ...")
    apt_install(packages)
    still = sorted(set(" ".join(lacking(lock).values()).split()))
    if still:
        say("Could not be installed: " + " ".join(still) + ".")
    return still


# ---- the virtual environment -----------------------------------------------------------------------------


def digest(lock: str) -> str:
    with open(os.path.join(ROOT, lock), "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def read_stamp() -> dict[str, object]:
    """What the last set-up left behind; empty if it was not finished, or was for another place or Python."""
    try:
        with open(STAMP, encoding="utf-8") as file:
            stamp: dict[str, object] = json.load(file)
    except (OSError, ValueError):
        return {}
    same = stamp.get("checkout") == ROOT and stamp.get("python") == os.path.realpath(PYTHON)
    return stamp if same and os.path.exists(PYTHON) else {}


def write_stamp(**facts: object) -> None:
    stamp = {**read_stamp(), "checkout": ROOT, "python": os.path.realpath(PYTHON), **facts}
    with open(STAMP + ".part", "w", encoding="utf-8") as file:
        json.dump(stamp, file)
    os.replace(STAMP + ".part", STAMP)


def set_up(lock: str) -> None:
    """Make .venv hold what a lock names. Costs a few milliseconds when it does already."""
    stamp = read_stamp()
    done = stamp.get(lock) == digest(lock)
    before = stamp.get("tried", [])
    assert isinstance(before, list)
    tried = before if done and lock == TO_RUN else see_to_system(lock, before)
    if done:
        if tried != before:
            write_stamp(tried=tried)
        return
    make_venv()
    say("Installing the packages of " + lock + " (a minute or two the first time) ...")
    if not succeeds([PYTHON, *PIP_INSTALL, os.path.join(ROOT, lock)]):
        give_up("The packages of " + lock + " could not be installed: pip says why above.")
    make_startable()
    write_stamp(tried=tried, **{name: digest(name) for name in {lock, TO_RUN}})


def make_venv() -> None:
    """Make .venv, unless one with a suitable Python is there."""
    there = ask([PYTHON]) if os.path.exists(PYTHON) else None
    has_pip = there is not None and succeeds([PYTHON, "-m", "pip", "--version"], quiet=True)
    if there is not None and suits(there.version) and has_pip:
        return
    found = find_python()
    say("Making .venv with Python {}.{} ({}).".format(*found.version, found.path))
    if found.whole and succeeds([found.path, "-m", "venv", "--clear", VENV]):
        return
    uv = find_uv()
    if uv and succeeds([uv, "venv", "--quiet", "--clear", "--seed", "--python", found.path, VENV]):
        return
    give_up(
        "{} can't make a virtual environment: please install Python's venv module "
        "(on Debian: apt-get install python3-venv) and run this again.".format(found.path)
    )


def make_startable() -> None:
    """Let ``pupil-desk`` and ``python -m pupil_desk`` of .venv start this checkout, from any folder."""
    where = [PYTHON, "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])"]
    answer = subprocess.run(where, check=True, stdout=subprocess.PIPE, universal_newlines=True)
    packages = answer.stdout.strip()
    with open(os.path.join(packages, "pupil-desk.pth"), "w", encoding="utf-8") as file:
        file.write(ROOT + "\n")
    if WINDOWS:
        with open(os.path.join(BIN, "pupil-desk.cmd"), "w", encoding="utf-8", newline="\r\n") as file:
            file.write('@"%~dp0python.exe" -m pupil_desk %*\n')
        return
    launcher = os.path.join(BIN, "pupil-desk")
    with open(launcher, "w", encoding="utf-8") as file:
        file.write('#!/bin/sh\nexec {} -m pupil_desk "$@"\n'.format(shlex.quote(PYTHON)))
    os.chmod(launcher, 0o755)


# ---- starting things -------------------------------------------------------------------------------------


def clean_env(**more: str) -> dict[str, str]:
    """The environment for what we start: without what would lead another Python, or pip, out of .venv.

    Compiled files are kept, whatever the caller's habit: the tests start some hundred processes, and each would compile all anew.
    """
    stray = ("PYTHONHOME", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "__PYVENV_LAUNCHER__", "PIP_USER", "PIP_TARGET", "PIP_PREFIX")
    return {**{name: value for name, value in os.environ.items() if name not in stray}, **more}


def succeeds(command: list[str], quiet: bool = False) -> bool:
    out = subprocess.DEVNULL if quiet else None
    try:
        return subprocess.call(command, env=clean_env(), stdout=out, stderr=out) == 0
    except OSError:
        return False


def start_program(arguments: list[str]) -> int:
    """Become the program (or, on Windows, wait for it), in the folder that the caller stands in."""
    command = [PYTHON, "-m", "pupil_desk", *arguments]
    sys.stdout.flush()
    if not WINDOWS:
        os.execve(PYTHON, command, clean_env())
    return subprocess.call(command, env=clean_env())


def in_root(arguments: list[str], **env: str) -> int:
    try:
        return subprocess.call([PYTHON, *arguments], cwd=ROOT, env=clean_env(**env))
    except KeyboardInterrupt:
        return 130


# ---- the commands ----------------------------------------------------------------------------------------


def setup(arguments: list[str]) -> int:
    set_up(TO_DEVELOP)
    say("All is set up. Start with: python3 dev.py run")
    return 0


def has_display(platform: str, env: Mapping[str, str]) -> bool:
    if not platform.startswith("linux"):
        return True
    return any(env.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def free_name(exists: Callable[[str], bool]) -> str:
    """The first of demo-unit, demo-unit-2 ... in the checkout that is not there yet."""
    folder, number = os.path.join(ROOT, "demo-unit"), 1
    while exists(folder):
        number += 1
        folder = os.path.join(ROOT, "demo-unit-{}".format(number))
    return folder


def run(arguments: list[str]) -> int:
    set_up(TO_RUN)
    if has_display(sys.platform, os.environ):
        return start_program(arguments)
    folder = free_name(os.path.exists)
    say("There is no display here to open a window on, so the demonstration is made instead, in " + folder)
    return start_program(["demo", folder])


def demo(arguments: list[str]) -> int:
    set_up(TO_RUN)
    return start_program(["demo", *arguments])


def workers(arguments: list[str]) -> list[str]:
    """Three processes for the whole suite, since a journey that waits leaves a processor idle; one where the caller names what to run, or how many."""
    named = any(os.path.exists(os.path.join(ROOT, word.split("::")[0])) for word in arguments)
    told = any(word == "--pdb" or word.startswith(("-n", "--numprocesses")) for word in arguments)
    return (
        [] if named or told else ["-n", "3", "--dist", "loadfile", "--no-loadscope-reorder"]
    )  # tests/conftest.py puts the long files first


def last_line(not_run: dict[str, list[str]]) -> str:
    if not not_run:
        return "Not run for want of a program: none."
    parts = ["{} ({})".format(program, ", ".join(sorted(not_run[program]))) for program in sorted(not_run)]
    return "Not run for want of a program: " + "; ".join(parts) + "."


def in_memory(place: str = "/dev/shm", memory: str = "/proc/meminfo") -> str | None:
    """A folder kept in memory, where this machine has one with room for what the tests write, from which programs may be started; None for none.

    Each commit waits for the disk elsewhere, a third of the whole suite's time; and no test asks what outlives a loss of power.
    """
    try:
        with open(memory, encoding="ascii") as file:
            available = int(re.search(r"^MemAvailable: *(\d+) kB", file.read(), re.MULTILINE).group(1)) * 1024  # type: ignore[union-attr]
        folder = os.statvfs(place)
    except (OSError, AttributeError):  # no Linux, or no such folder
        return None
    room = min(available - MEMORY_OF_TESTS, folder.f_bavail * folder.f_frsize)
    return place if room >= WRITTEN_BY_TESTS and not folder.f_flag & os.ST_NOEXEC else None


def pytest(arguments: list[str]) -> int:
    """Run pytest, and close with the tests that were not run for want of a program."""
    set_up(TO_DEVELOP)
    with tempfile.TemporaryDirectory(prefix="pupil-desk-tests-", dir=None if "TMPDIR" in os.environ else in_memory()) as folder:
        told = os.path.join(folder, "not-run.json")
        status = in_root(["-m", "pytest", *workers(arguments), *arguments], PUPIL_DESK_NOT_RUN=told, TMPDIR=folder)
        try:
            with open(told, encoding="utf-8") as file:
                say(last_line(json.load(file)))
        except OSError:
            say("pytest did not come to its end, so which tests were not run is not known.")
    return status


def test(arguments: list[str]) -> int:
    """The tests; the checks beside them where nothing is told, and what those say is printed last."""
    if arguments:
        return pytest(arguments)
    set_up(TO_DEVELOP)
    with tempfile.TemporaryFile() as output:
        checks = subprocess.Popen([PYTHON, os.path.abspath(__file__), "check"], cwd=ROOT, env=clean_env(), stdout=output, stderr=output)
        status = pytest(arguments)
        checked = checks.wait()
        output.seek(0)
        say(output.read().decode("utf-8", "replace").rstrip())
    return status or checked


def seeds(arguments: list[str], fresh: Callable[[], int]) -> list[str]:
    """The seed of a run that draws anew: of the order of tests, and of the property tests. One that is told is kept."""
    told = [word for word in arguments if word.startswith(("--hypothesis-seed", "--randomly-seed"))]
    return [] if told else ["{}={}".format(name, number) for number in [fresh()] for name in ("--hypothesis-seed", "--randomly-seed")]


def torture(arguments: list[str]) -> int:
    """The long tests and the property tests, drawn from a new seed, which is said when one fails; or the 70 acceptance tests, by number; or the monkey; or all journeys, watched."""
    if {"--acceptance", "--without"} & set(arguments):
        set_up(TO_DEVELOP)
        return in_root(["-m", "tests.acceptance", *arguments])
    for word, module in (("--monkey", "tests.monkey"), ("--stalls", "tests.journeys")):
        if word in arguments:
            set_up(TO_DEVELOP)
            return in_root(["-m", module, *(other for other in arguments if other != word)])
    drawn = seeds(arguments, lambda: random.SystemRandom().randrange(2**32))
    status = pytest(["-n", "0", "-m", "torture or hypothesis", *drawn, *arguments])
    if status and drawn:
        say("To draw the same again: python3 dev.py torture " + " ".join([*drawn, *arguments]))
    return status


def check(arguments: list[str]) -> int:
    set_up(TO_DEVELOP)
    floors = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    checks = {
        "format": ["-m", "ruff", "format", "--check"],
        "ruff": ["-m", "ruff", "check"],
        "mypy": ["-m", "mypy"],
        "import-linter": ["-c", floors],
    }
    failed = []
    for name, command in checks.items():
        say("-- " + name)
        if in_root(command) != 0:
            failed.append(name)
    say("Found fault: " + ", ".join(failed) if failed else "All four are content.")
    return 1 if failed else 0


def bench(arguments: list[str]) -> int:
    set_up(TO_DEVELOP)
    return in_root([os.path.join("tests", "bench"), *arguments])  # by its path: an installed package may be called tests too


def windows(arguments: list[str]) -> int:
    set_up(TO_DEVELOP)
    if not WINDOWS:
        need({**TO_BUILD_WINDOWS, **(TO_TRY if "--try" in arguments else {})})
    return in_root(["-m", "installers", "windows", *arguments])


def linux(arguments: list[str]) -> int:
    set_up(TO_DEVELOP)
    need({**TO_FREEZE, **({**TO_TRY, "strace": PROGRAMS["strace"]} if "--try" in arguments else {})}, python_library())
    return in_root(["-m", "installers", "linux", *arguments])


def pictures(arguments: list[str]) -> int:
    set_up(TO_DEVELOP)
    return in_root(["-m", "tests.ui.readme_pictures", *arguments], QT_QPA_PLATFORM="offscreen")


def lock(arguments: list[str]) -> int:
    set_up(TO_DEVELOP)
    command = ["-m", "uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.12"]
    command += ["--generate-hashes", "--no-emit-index-url", "--custom-compile-command", "python3 dev.py lock"]
    command += [*arguments, "pyproject.toml"]
    first = in_root([*command, "-o", TO_RUN])
    second = first or in_root([*command, "--extra", "dev", "-c", TO_RUN, "-o", TO_DEVELOP])
    return second or in_root([*command, "--extra", "build", "-c", TO_RUN, "-o", TO_BUILD])


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "setup": setup,
    "run": run,
    "demo": demo,
    "test": test,
    "check": check,
    "bench": bench,
    "torture": torture,
    "windows": windows,
    "linux": linux,
    "pictures": pictures,
    "lock": lock,
}


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        say((__doc__ or "").strip())
        return 0
    command = COMMANDS.get(arguments[0])
    if command is None:
        say("There is no command {!r}.\n\n{}".format(arguments[0], (__doc__ or "").strip()))
        return 2
    return command(arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
