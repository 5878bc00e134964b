"""The real program on a virtual screen, with real keys and clicks; and what can be read off it."""

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from installers.pace import Patience

ROOT = Path(__file__).resolve().parents[2]
MOMENT = datetime(2026, 11, 26, 9, 20).astimezone()  # a Thursday in term, on the wall of the office
_ON_ITS_PATH = (ROOT / "tests" / "journeys" / "watch", ROOT / "tests" / "in_children")
_MOST_TABS = 60
_PATIENCE = 90.0  # seconds of a quiet machine for anything to appear; a password takes about one
_FELT = 3.0  # seconds of a quiet machine for a click to reach a widget
_SETTLES = 3.0  # seconds of a quiet machine
_HALVES = "20"  # ms between the two presses of a double click
_GOES_ON = 1.0  # seconds of a quiet machine for the focus to go on, where what comes next has another name
_BETWEEN, _MOST_BETWEEN = 0.05, 0.4  # seconds from one look to the next, ever longer: the program that is asked has its own work to do


def _running(words: str) -> list[int]:
    """The numbers of the processes whose command holds these words."""
    return [int(number) for number in subprocess.run(["pgrep", "-f", "--", words], stdout=subprocess.PIPE, check=False).stdout.split()]


class Screen:
    """An Xvfb display with a window manager, and the program on it. Use as a context manager.

    A new password gets the cheapest cost there may be: to calibrate it, as for a person, keeps both processors busy for seconds. The
    trials of the installed program do (``installers/linux``, ``installers/windows``). ``moment`` is when the program begins, by its own clock,
    so that a journey is the same on a Sunday and after the pupil's birthday; None for the machine's. ``tree`` is the source of the program: another one than
    these tests has a Python of its own in ``.venv``.
    """

    def __init__(
        self, folder: Path, *, shots: Path, size: str = "1280x900x24", moment: datetime | None = MOMENT, tree: Path = ROOT
    ) -> None:
        self.folder, self.shots = folder, shots
        self.home = folder / "home"
        self.home.mkdir(parents=True, exist_ok=True)
        shots.mkdir(parents=True, exist_ok=True)
        (shots / "failed.png").unlink(missing_ok=True)
        self._watch = folder / "watch"
        self._of_a_lock = f"--unit {folder}"  # in the command of the program that a lock starts
        self._size, self._tree, self._moment = size, tree, moment
        self.python = sys.executable if tree == ROOT else str(tree / ".venv" / "bin" / "python")
        self._running: list[subprocess.Popen[bytes]] = []
        self._programs: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        read, write = os.pipe()
        command = [
            "Xvfb",
            "-displayfd",
            str(write),
            "-screen",
            "0",
            self._size,
            "-nolisten",
            "tcp",
            "-r",
        ]  # no key repeats itself because its end comes late
        self._start(command, pass_fds=(write,))
        os.close(write)
        with open(read, encoding="ascii") as told:
            self.display = f":{told.readline().strip()}"
        self.env = os.environ | {
            "DISPLAY": self.display,
            "HOME": str(self.home),
            "USER": "office",
            "LOGNAME": "office",
            "XDG_DATA_HOME": str(self.home / "data"),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "XDG_CACHE_HOME": str(self.home / "cache"),
            "XDG_RUNTIME_DIR": str(self.folder),
            "TMPDIR": str(self._made("tmp")),
            "PYTHONPATH": os.pathsep.join(dict.fromkeys(map(str, (*_ON_ITS_PATH, self._tree, ROOT)))),
            "PUPIL_DESK_WATCH": str(self._watch),
            "QT_QPA_PLATFORM": "xcb",
            "CUPS_SERVER": str(self.folder / "no-printers"),  # no service of printers listens there, so the machine's own are not seen
            "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={self.folder / 'no-bus'}",  # over which CUPS hears of printers on the network
            "LANG": "en_GB.UTF-8",
        }
        if self._moment is not None:
            self.env["PUPIL_DESK_MOMENT"] = str((self._moment - datetime.now(UTC)).total_seconds())
        for name in ("questions", "answers"):
            os.mkfifo(f"{self._watch}.{name}")
        self._questions = os.open(f"{self._watch}.questions", os.O_RDWR)
        self._answers = os.open(f"{self._watch}.answers", os.O_RDWR)
        self._asked, self._text = 0, b""
        self._manager = self._start(["openbox"], env=self.env)
        return self

    def _made(self, name: str) -> Path:
        made = self.folder / name
        made.mkdir(exist_ok=True)
        return made

    def _start(self, command: list[str], **how: object) -> subprocess.Popen[bytes]:
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, **how)  # type: ignore[call-overload]
        self._running.append(running)
        return running

    def end_programs(self) -> None:
        """Stop the program, whichever of those that a lock has started is there now."""
        subprocess.run(["pkill", "-f", "--", self._of_a_lock], check=False)
        for program in self._programs:
            program.kill()
            program.wait()
        self._programs = []

    def __exit__(self, *_raised: object) -> None:
        self.end_programs()
        for end in (self._questions, self._answers):
            os.close(end)
        for running in reversed(self._running):
            for sign in (signal.SIGTERM, signal.SIGKILL):
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(running.pid, sign)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    running.wait(5)
                    break

    @property
    def runs(self) -> bool:
        """Whether a program is there: the one that was started, or one that a lock has."""
        return bool(self._there())

    def _there(self) -> list[int]:
        return [*(program.pid for program in self._programs if program.poll() is None), *_running(self._of_a_lock)]

    def stacks(self) -> str:
        """Where the programs stand that are there and do not answer: each line of their threads, innermost first."""
        told, patience = Path(f"{self._watch}.stacks"), Patience(_FELT)
        for number in self._there():
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGUSR1)
        while not patience.over and "__main__.py" not in (
            told.read_text(encoding="utf-8") if told.exists() else ""
        ):  # its first thread is told last
            time.sleep(_BETWEEN)
        return told.read_text(encoding="utf-8") if told.exists() else ""

    def start(self, *, before: list[str] | None = None) -> subprocess.Popen[bytes]:
        """Start the program; ``before`` is put in front of its command, such as strace."""
        self._wait_for_manager()
        self._programs.append(self._start([*(before or []), self.python, "-m", "pupil_desk"], env=self.env, cwd=self.folder))
        return self._programs[-1]

    def _wait_for_manager(self) -> None:
        """A window that comes before the window manager would never be made the active one; one that has ended is started again."""
        patience = Patience(_PATIENCE)
        while subprocess.run(["xdotool", "get_num_desktops"], env=self.env, capture_output=True).returncode and not patience.over:
            if self._manager.poll() is not None:
                self._manager = self._start(["openbox"], env=self.env)
            time.sleep(_BETWEEN)

    # -- what can be seen

    def ask(self, what: str, name: str = "", *, within: float = 0) -> list:
        """One question to the program in front; asked again when the program that heard it has gone, as after a lock, which starts another.

        Nothing, where no program is there, or answers ``within`` so many seconds of a quiet machine; by itself a failure.
        """
        patience, first = Patience(within or _PATIENCE), self._asked + 1
        while not patience.over:
            self._asked += 1
            os.write(self._questions, (json.dumps({"id": self._asked, "ask": what, "name": name}) + "\n").encode())
            said = self._heard(range(first, self._asked + 1), 1.0 if within else 5.0)
            if said is not None:
                return said
            if within and not self.runs:
                break
        if within:
            return []
        self.picture("no-answer")
        raise AssertionError(f"no answer to {what} {name}")

    def _heard(self, numbers: range, seconds: float) -> list | None:
        """The answer to the question, to whichever time it was asked: a program that is busy answers the first late."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            ready, _w, _x = select.select([self._answers], [], [], 0.1)
            self._text += os.read(self._answers, 1 << 16) if ready else b""
            while b"\n" in self._text:
                line, self._text = self._text.split(b"\n", 1)
                told = json.loads(line)
                if told["id"] in numbers:
                    return told["said"]
        return None

    def until(self, true: Callable[[], object], what: str) -> None:
        """Ask again until it is so."""
        patience, between = Patience(_PATIENCE), _BETWEEN
        while not true():
            if patience.over:
                self.picture("failed")
                raise AssertionError(f"never seen: {what}. Seen: {self.ask('texts')[:80]}")
            time.sleep(between)
            between = min(_MOST_BETWEEN, between * 1.5)

    def sees(self, text: str) -> None:
        """Wait until these words are on the screen."""
        self.until(lambda: any(text in seen for seen in self.ask("texts")), text)

    def never_sees(self, text: str) -> None:
        """These words are not on the screen now."""
        assert not any(text in seen for seen in self.ask("texts")), text

    def shot(self, name: str) -> None:
        """Keep a picture of the whole screen, where somebody asked for pictures by PUPIL_DESK_SHOTS."""
        if "PUPIL_DESK_SHOTS" in os.environ:
            self.picture(name)

    def picture(self, name: str) -> None:
        """Keep a picture of the whole screen, whoever asked: of a failure."""
        subprocess.run(["import", "-window", "root", str(self.shots / f"{name}.png")], env=self.env, check=True)

    # -- what a person does

    def key(self, *keys: str) -> None:
        """Press keys, such as ctrl+s or Return."""
        self._send(["key", "--clearmodifiers", "--delay", "20", *keys], len(keys))

    def type(self, text: str, *then: str) -> None:
        """Type into whatever has the focus, then press keys."""
        self._send(["type", "--clearmodifiers", "--delay", "8", text], len(text))
        if then:
            self.key(*then)

    def _send(self, command: list[str], presses: int) -> None:
        """Press keys once the window in front is the active one, which the display lets it be some time after it has shown it; until each has come to
        the program and done what it does, unless it is lost.
        """
        listener = 0

        def hears() -> bool:
            nonlocal listener
            listener, active = self.ask("listen-to-keys")
            return bool(active)

        self.until(hears, "that the window in front hears keys")
        subprocess.run(["xdotool", *command], env=self.env, check=True)
        patience, process, heard = Patience(_GOES_ON), listener, 0
        while process == listener and heard < presses and not patience.over:
            process, heard = self.ask("keys-heard")
        self.ask("enough")

    def click(self, name: str, *, row: bool = False, nth: int = 0, times: int = 1) -> None:
        """Click on what has this name, once it is there and can be used; or on the row of a list with these words. ``times`` is 2 for a double
        click: the display hears of both halves before anybody looks what came of the first.
        """
        what = "where-row" if row else "where"
        for _again in range(5):
            self.until(lambda: len(self.ask(what, name)) > nth, f"something named {name!r}")
            before, now = None, (self.ask(what, name)[nth:] or [None])[0]
            while now is not None and before != now:  # a window that has just opened is still being put in its place
                x, y = now
                subprocess.run(["xdotool", "mousemove", str(x), str(y)], env=self.env, check=True)
                before, now = now, (self.ask(what, name)[nth:] or [now])[0]
            if now is not None and self._press(name, row=row, times=times):
                return
        raise AssertionError(f"no click reaches {name!r}")

    def _press(self, name: str, *, row: bool, times: int) -> bool:
        """Press the button; whether the widget of that name felt it, or the row with these words.

        The display may lose a press while it still places a window, and a line that comes late may move another under the pointer.
        """
        self.rest()
        (listener,) = self.ask("listen")
        subprocess.run(["xdotool", "click", "--repeat", str(times), "--delay", _HALVES, "1"], env=self.env, check=True)
        patience, felt, heard = Patience(_FELT), False, []
        while not felt and not patience.over:
            process, *heard = self.ask("heard")
            felt = bool(heard) or process != listener  # one that ended by the click felt it
        self.ask("enough")
        return felt and (not heard or any(name in each if row else name == each for each in heard))

    def rest(self) -> None:
        """A person presses what has stood there: the program takes no press on what has only just come under the pointer."""
        patience = Patience(_SETTLES)
        while not self.ask("settled")[0] and not patience.over:
            time.sleep(_BETWEEN)

    def fill(self, name: str, text: str) -> None:
        """Click into a field, put the text in place of what is there."""
        self.click(name)
        self.key("ctrl+a")
        self.type(text)

    def path(self, path: object) -> None:
        """Give a file or a folder to Qt's own dialog, and press Enter there."""
        dialog = "fileNameEdit"
        self.until(lambda: self.ask("enabled", dialog), "the file dialog")
        self.ask("give", str(path))
        self.key("Return")
        self.until(lambda: not self.ask("enabled", dialog), "the file dialog closed")

    def to(self, name: str) -> None:
        """Press Tab until the focus is on what has this name, as one without a mouse does: once it is there, each press waited for."""
        self.until(lambda: self.ask("stops", name), f"a stop of Tab named {name!r}")
        for _press in range(_MOST_TABS):
            focused = self.ask("focus")
            if focused and focused[0].startswith(name):
                return
            self.key("Tab")
            patience = Patience(_GOES_ON)
            while self.ask("focus") == focused and not patience.over:
                pass
        self.picture("failed")
        raise AssertionError(f"Tab never comes to {name!r}")
