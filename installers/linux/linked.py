"""Which libraries a frozen program on Linux asks the loader for, and where each comes from."""

import re
import subprocess
from pathlib import Path

from installers.interpreter import BuildFailed

# What every desktop has, for its own windows: the C library and compiler's, the X client, OpenGL, fonts, the bus.
OF_THE_DESKTOP = frozenset({
    "ld-linux-x86-64.so.2", "libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libutil.so.1",
    "libgcc_s.so.1", "libstdc++.so.6", "libz.so.1",
    "libX11.so.6", "libX11-xcb.so.1", "libxcb.so.1", "libxcb-randr.so.0", "libxcb-render.so.0", "libxcb-shape.so.0", "libxcb-shm.so.0",
    "libxcb-sync.so.1", "libxcb-xfixes.so.0", "libxcb-xkb.so.1", "libGL.so.1", "libEGL.so.1",
    "libfontconfig.so.1", "libfreetype.so.6", "libdbus-1.so.3", "libglib-2.0.so.0", "libgthread-2.0.so.0",
})  # fmt: skip

# Where it is not there, Qt's plug-in for printers does not load, and the program prints to PDF alone.
FOR_PRINTERS = frozenset({"libcups.so.2"})

_NEEDED = re.compile(r"^\s+NEEDED\s+(\S+)$", re.MULTILINE)


def is_elf(file: Path) -> bool:
    """Whether a file is a program or a library of Linux."""
    with file.open("rb") as data:
        return data.read(4) == b"\x7fELF"


def asked_for(program: Path) -> dict[str, list[str]]:
    """Each library that something in the folder links to -> who does, by their places in it. Raises BuildFailed."""
    found: dict[str, list[str]] = {}
    for file in sorted(file for file in program.rglob("*") if file.is_file() and is_elf(file)):
        done = subprocess.run(["objdump", "-p", str(file)], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise BuildFailed(f"objdump cannot read {file.name}: {done.stderr.strip()[-200:]}")
        for library in _NEEDED.findall(done.stdout):
            found.setdefault(library, []).append(file.relative_to(program).as_posix())
    return found


def missing(program: Path) -> dict[str, list[str]]:
    """Each library that is neither in the program nor every desktop's -> who links to it."""
    here = {file.name for file in program.rglob("*")}
    return {
        library: who
        for library, who in asked_for(program).items()
        if library not in here and library not in OF_THE_DESKTOP and library not in FOR_PRINTERS
    }


def without_debugging(program: Path) -> int:
    """Take out of the libraries what only a debugger reads, where a package left it in; returns the bytes saved. Raises BuildFailed."""
    saved = 0
    for file in sorted(file for file in program.rglob("*.so*") if file.is_file() and is_elf(file)):
        headers = subprocess.run(["objdump", "-h", str(file)], capture_output=True, text=True, check=False).stdout
        if " .debug_info" not in headers:
            continue
        before = file.stat().st_size
        done = subprocess.run(["objcopy", "--strip-debug", str(file)], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise BuildFailed(f"objcopy cannot change {file.name}: {done.stderr.strip()[-200:]}")
        saved += before - file.stat().st_size
    return saved
