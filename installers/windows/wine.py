"""Windows on Debian: a Wine prefix, Windows' own Python in it, and two stand-ins for what Wine has not written.

Nothing of this ships. The stand-ins lie in the prefix's ``system32``, where the real ones lie on Windows, so that the
program is tried as it is handed on.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from installers import packages
from installers.interpreter import BuildFailed, CannotBuild, Interpreter
from installers.places import BUILD

_COMPILER = "x86_64-w64-mingw32-gcc"

# Qt6Core takes these from Windows' own ICU, and Qt's window plug-in these from Windows' colour management. Each stand-in
# answers «failed», and Qt goes on without.
_STAND_INS = {
    "icuuc": "ucnv_open ucnv_close ucnv_reset ucnv_getMaxCharSize ucnv_getName ucnv_getToUCallBack ucnv_getFromUCallBack "
    "ucnv_setToUCallBack ucnv_setFromUCallBack ucnv_cbToUWriteUChars ucnv_toUnicode ucnv_cbFromUWriteUChars "
    "ucnv_toUCountPending ucnv_fromUCountPending ucnv_getStandardName ucnv_getAvailableName ucnv_countAvailable "
    "ucnv_fromUnicode UCNV_FROM_U_CALLBACK_SUBSTITUTE UCNV_TO_U_CALLBACK_SUBSTITUTE",
    "mscms": "WcsCreateIccProfile OpenColorProfileW CloseColorProfile GetColorProfileFromHandle",
}


def environment(prefix: Path) -> dict[str, str]:
    """What a program needs to run in a prefix."""
    runtime = BUILD / "runtime"
    runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
    return {
        "WINEPREFIX": str(prefix),
        "WINEARCH": "win64",
        "WINEDEBUG": "-all",
        "WINEDLLOVERRIDES": "mscms=n;winemenubuilder.exe=d",
        "XDG_RUNTIME_DIR": os.environ.get("XDG_RUNTIME_DIR") or str(runtime),
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def run(prefix: Path, *command: str, env: Mapping[str, str] | None = None, seconds: float = 600) -> subprocess.CompletedProcess[bytes]:
    """Run a Windows program in a prefix to its end. Raises subprocess.TimeoutExpired.

    What it says goes through files: Windows' own services, which a program may start and which stay, would hold a pipe open.
    """
    whole = {**os.environ, **environment(prefix), **(env or {})}
    whole.pop("QT_QPA_PLATFORM", None)  # the tests' own, which would hide the windows
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        status = subprocess.run(["wine", *command], stdout=out, stderr=err, env=whole, check=False, timeout=seconds).returncode
        for said in (out, err):
            said.seek(0)
        return subprocess.CompletedProcess(command, status, out.read(), err.read())


def settle(prefix: Path) -> None:
    """Wait until every Windows process of a prefix has ended, and its registry is on the disk."""
    subprocess.run(["wineserver", "-w"], env={**os.environ, **environment(prefix)}, check=False, timeout=120)


def stop(prefix: Path) -> None:
    """End every Windows process of a prefix."""
    subprocess.run(["wineserver", "-k"], env={**os.environ, **environment(prefix)}, check=False, timeout=60)


def fresh_prefix(folder: Path) -> Path:
    """A new Windows with the stand-ins and nothing else. The first one is kept and copied: it takes a quarter of a minute."""
    first = BUILD / "wine" / "first"
    if not (first / "complete").is_file():
        shutil.rmtree(first, ignore_errors=True)
        first.mkdir(parents=True)
        run_checked(first, ["wineboot", "-i"])
        settle(first)
        system = first / "drive_c" / "windows" / "system32"
        for name, answers in _STAND_INS.items():
            _make_stand_in(system, name, answers.split())
        (first / "complete").touch()
    if folder != first:
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(first, folder, symlinks=True)
    return folder


def run_checked(prefix: Path, command: list[str]) -> None:
    """Run a program of Wine's own. Raises CannotBuild: Wine does not work here."""
    done = subprocess.run(command, capture_output=True, env={**os.environ, **environment(prefix)}, check=False, timeout=300)
    if done.returncode != 0:
        raise CannotBuild(f"{command[0]} ended with {done.returncode}: {done.stderr.decode(errors='replace')[-300:]}")


def _make_stand_in(folder: Path, name: str, answers: list[str]) -> None:
    code = BUILD / "wine" / f"{name}.c"
    code.write_text("".join(f"__declspec(dllexport) void *{answer}(void) {{ return 0; }}\n" for answer in answers), encoding="ascii")
    compiled = [_COMPILER, "-shared", "-O", "-s", "-o", str(folder / f"{name}.dll"), str(code)]
    done = subprocess.run(compiled, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BuildFailed(f"The stand-in {name}.dll could not be made: {done.stderr.strip()[-300:]}")


def python(source: Path) -> Interpreter:
    """Windows' Python under Wine, with the packages that a checkout locks."""
    site = packages.for_windows(source)
    folder = BUILD / "windows-python" / site.name
    if not (folder / "python.exe").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(packages.windows_python(), folder, ignore=lambda _folder, _names: ["python.exe"])
        paths = ["python313.zip", ".", "Z:" + str(site).replace("/", "\\"), "import site"]
        (folder / "python313._pth").write_text("\r\n".join([*paths, ""]), encoding="utf-8")
        shutil.copyfile(packages.windows_python() / "python.exe", folder / "python.exe")  # last: it says that all is there
    prefix = BUILD / "wine" / "builder"
    if not prefix.is_dir():
        fresh_prefix(prefix)
    return Interpreter(("wine", str(folder / "python.exe")), site, environment(prefix), "Z:")
