"""A Windows PC for a trial: a fresh Wine prefix, what is installed in it, and how its programs are started."""

import json
import os
import shlex
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from installers.eyes import Screen
from installers.steps import Failed
from installers.windows import wine
from installers.windows.build import Built

NAME = "Pupil Desk"
_PATIENCE = 900.0  # seconds for the longest command


class Pc:
    """A Windows PC, in a prefix that is there. ``screen`` is the environment of the display that its windows appear on."""

    def __init__(self, prefix: Path, screen: Mapping[str, str]) -> None:
        self.prefix = prefix
        self._idle: subprocess.Popen[bytes] | None = None
        self.screen = dict(screen)
        self.drive = self.prefix / "drive_c"
        self.user = next(place for place in (self.drive / "users").iterdir() if place.name != "Public")
        self.root = self.user / "AppData" / "Local" / "Programs" / NAME
        self.everybodys_root = self.drive / "Program Files" / NAME
        self.data = self.drive / "ProgramData" / NAME / "data"
        self.shortcut = self.user / "AppData" / "Roaming" / "Microsoft" / "Windows" / "Start Menu" / "Programs" / f"{NAME}.lnk"

    @classmethod
    def fresh(cls, folder: Path, screen: Mapping[str, str]) -> Self:
        """A PC on which nothing was ever installed."""
        return cls(wine.fresh_prefix(folder), screen)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.kill()

    @staticmethod
    def windows_name(path: Path) -> str:
        """What Windows calls a file of this machine."""
        return "Z:" + str(path).replace("/", "\\")

    def on_c(self, path: Path) -> str:
        """What Windows calls a file on this PC's own disk."""
        return "C:\\" + str(path.relative_to(self.drive)).replace("/", "\\")

    # -- running

    def run(self, *command: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
        """Run a Windows program to its end."""
        self._turn_on()
        return wine.run(self.prefix, *command, env={**self.screen, **(env or {})}, seconds=_PATIENCE)

    def start(self, *command: str, env: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
        """Start a Windows program and go on."""
        self._turn_on()
        return self._started(*command, env=env)

    def _started(self, *command: str, env: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
        whole = {**os.environ, **wine.environment(self.prefix), **self.screen, **(env or {})}
        whole.pop("QT_QPA_PLATFORM", None)
        return subprocess.Popen(
            ["wine", *command],
            env=whole,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def _turn_on(self) -> None:
        """See that Windows runs, by a program that waits for a key: else each command would start it and wait until it has ended."""
        if self._idle is None or self._idle.poll() is not None:
            self._idle = self._started("cmd", "/c", "pause")

    def settle(self) -> None:
        """Wait until every other program has ended, and the registry is on the disk."""
        if self._idle is not None:
            end(self._idle)
            self._idle = None
        wine.settle(self.prefix)

    def install(self, installer: Path, *switches: str) -> int:
        """Run an installer silently; returns its exit status."""
        return self.run(str(installer), "/S", *switches).returncode

    def uninstall(self) -> int:
        """Remove the program silently, as Windows' settings do; returns the exit status.

        It goes on as a copy in the temporary folder, so that it can remove itself too: what it did is seen by what is left.
        """
        done = self.run(str(self.root / "Uninstall.exe"), "/S")
        self.settle()
        return done.returncode

    def refusal_to_uninstall(self) -> int:
        """The exit status of the uninstaller itself, working where it lies: its folder is named last, and without quotes."""
        words = self.drive / "uninstall.bat"
        program, folder = self.on_c(self.root / "Uninstall.exe"), self.on_c(self.root)
        words.write_text(f'@"{program}" /S _?={folder}\r\n@exit %errorlevel%\r\n', encoding="ascii", newline="")
        return self.run("cmd", "/c", self.on_c(words)).returncode

    @property
    def program(self) -> Path:
        """The folder of the version in force."""
        return self.root / (self.root / "current.txt").read_text(encoding="ascii").strip()

    def command(self, *words: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
        """Run one of the program's commands."""
        return self.run(str(self.program / "pupil-desk.exe"), *words, env=env)

    def told(self, *words: str, env: Mapping[str, str] | None = None, status: Sequence[int] = (0,)) -> Any:
        """What a command tells with ``--json``. Raises Failed for another exit status."""
        done = self.command(*words, "--json", env=env)
        if done.returncode not in status:
            raise Failed(f"{words[0]} ended with {done.returncode}: {done.stderr.decode('utf-8', 'replace').strip()[-300:]}")
        return json.loads(done.stdout)

    def open_window(self, *words: str, env: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
        """Open the window, on another screen if ``env`` names one."""
        return self.start(str(self.program / f"{NAME}.exe"), *words, env=env)

    def opened_with(self, file: Path) -> list[str]:
        """The command that the person's file type names for a file, as Explorer would fill it in (Wine does not read a person's own types)."""
        command = self.registry(r"Software\Classes\PupilDesk.Unit\shell\open\command")
        return shlex.split(command.replace("%1", self.on_c(file)).replace("\\", "\\\\"))

    def kill(self) -> None:
        """Take the power away: every process of this PC ends at once, and nothing is tidied up."""
        wine.stop(self.prefix)
        if self._idle is not None:
            end(self._idle)
            self._idle = None

    # -- looking

    def registry(self, key: str, value: str | None = None) -> str:
        """A text in the person's own registry; empty if it is not there. Without ``value``, the key's unnamed one."""
        done = self.run("reg", "query", rf"HKCU\{key}", *(["/v", value] if value else ["/ve"]))
        lines = [line for line in done.stdout.decode("utf-8", "replace").splitlines() if "REG_SZ" in line]
        return lines[0].split("REG_SZ", 1)[1].strip() if lines else ""

    def versions(self) -> list[str]:
        """The folders of versions, whole or half."""
        return sorted(place.name for place in self.root.iterdir() if place.is_dir()) if self.root.is_dir() else []

    def copy_of(self, folder: Path) -> "Pc":
        """This PC as it is now, once more: for something that would spoil it."""
        self.settle()
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.prefix, folder, symlinks=True)
        return Pc(folder, self.screen)


def end(running: subprocess.Popen[bytes], seconds: float = 20.0) -> None:
    """End a program that was started, first politely."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        if running.poll() is None:
            os.killpg(running.pid, sign)
            until = time.monotonic() + seconds
            while running.poll() is None and time.monotonic() < until:
                time.sleep(0.05)


@dataclass(frozen=True, slots=True)
class Trial:
    """What the steps share: the build on trial, a screen, a PC that goes through them all, and a folder for what they make.

    ``whole``: a trial before a release, which takes much longer: the power goes at every moment, the earlier version is frozen as it
    was, and so is the bare window that the start is measured against.
    """

    built: Built
    screen: Screen
    pc: Pc
    folder: Path
    whole: bool = False
