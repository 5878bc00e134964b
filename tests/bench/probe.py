"""One process of its own, for what only a fresh process shows. Run by its path: ``probe.py WHAT …``; tells one line of JSON."""

import json
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:1] = [str(HERE.parents[1]), str(HERE.parent)]


def tell(**facts: object) -> None:
    """The one line, and the end of the process, without any tidying that nobody waits for."""
    print(json.dumps(facts), flush=True)
    os._exit(0)


def _settle() -> None:
    """Everything that is waiting is done, paintings too."""
    from PySide6.QtWidgets import QApplication

    for window in QApplication.topLevelWidgets():
        if window.isVisible():
            window.repaint()
    QApplication.processEvents()
    QApplication.processEvents()


def entry_ours(unit: str) -> None:
    """The program's own way from its front door to sign-in painted."""
    sys.argv = ["pupil_desk", "--unit", unit]
    from pupil_desk.__main__ import main

    _when_it_would_wait(lambda: tell(at=time.monotonic(), modules=sorted(sys.modules)))
    main()


def _when_it_would_wait(then: Callable[[], None]) -> None:
    """Instead of waiting for events for ever, the application does all that is waiting, and then this.

    The hook itself imports nothing: it stands in the way of the import that the program makes.
    """

    class Hook:
        @classmethod
        def find_spec(cls, name: str, path: Any = None, target: Any = None) -> Any:
            if name == "pupil_desk.ui.entry.entry":  # PySide6.QtWidgets is there by then
                sys.meta_path.remove(Hook)
                from PySide6.QtWidgets import QApplication

                def stop(*_args: object) -> int:
                    _settle()
                    then()
                    return 0

                QApplication.exec = stop  # type: ignore[method-assign]
            return None

    sys.meta_path.insert(0, Hook)


def entry_bare() -> None:
    """Bare Qt with two boxes and a button, painted."""
    from PySide6.QtWidgets import QApplication, QFormLayout, QLineEdit, QPushButton, QWidget

    app = QApplication(["bare"])
    window = QWidget()
    form = QFormLayout(window)
    form.addRow("Name", QLineEdit())
    form.addRow("Password", QLineEdit())
    form.addRow(QPushButton("Sign in"))
    window.resize(700, 600)
    window.show()
    _settle()
    tell(at=time.monotonic(), app=app.applicationName())


def list_ours(unit: str, name: str, password: str, page: str) -> None:
    """From the password given to a page painted, less Argon2id, with sign-in on the screen; then what it holds."""
    from PySide6.QtWidgets import QApplication

    from bench.argon2 import AT_LEAST, passwords_worked_out_once
    from pupil_desk.basics.clock import SystemClock
    from pupil_desk.services.unit import units
    from pupil_desk.ui import start
    from pupil_desk.ui.entry.entry import Entry
    from pupil_desk.ui.kit.jobs import Jobs
    from pupil_desk.ui.kit.talk.ask import Answers
    from pupil_desk.ui.kit.watch.memory import Memory
    from pupil_desk.ui.style.look import Look

    start.keep_no_sources()
    app = QApplication(["ours"])
    Look(app)
    memory, jobs, ask = Memory(), Jobs(), Answers()
    entry = Entry(jobs, ask, memory, path=Path(unit))
    entry.show()
    _settle()
    start._read_the_pages()  # as the program does while the person types the password
    next(thread for thread in threading.enumerate() if thread.name == "pages").join()
    with passwords_worked_out_once(taking=AT_LEAST):
        units.sign_out(units.sign_in(Path(unit), name=name, password=password, clock=SystemClock()))
        started = time.perf_counter() + AT_LEAST
        desk = units.sign_in(Path(unit), name=name, password=password, clock=SystemClock())
    opened = time.perf_counter()
    from pupil_desk.ui.pages import pages
    from pupil_desk.ui.session import Session

    session = Session(desk, pages(), jobs, ask, memory, restart=lambda _path, _name: None)
    entry.hide()
    if page == "home":
        session.begin()
    else:
        session.window.go(page)
        session.window.show()
    _settle()
    ended = time.perf_counter()
    steady = _resident_mb()
    desk.vault.close()
    tell(seconds=ended - started, opening=opened - started, steady=steady, most=_most_mb())


def visits(unit: str, name: str, password: str, one_of: str, number: str, *works: str) -> None:
    """These works of the pages, one after another in one window; told of each by its name."""
    from bench.page_probe import WORKS, Opened

    opened = Opened(unit, name, password, int(one_of))
    told = [(work, WORKS[work](opened, int(number), _resident_mb)) for work in works]
    opened.close()
    tell(told=told)


def list_bare(file: str, raw_key: str) -> None:
    """The floor of it: bare SQLCipher opened, a bare list painted."""
    from PySide6.QtWidgets import QApplication

    from bench.bare_window import BareEntry, BareList
    from bench.floors import bare_connection

    app = QApplication(["bare"])
    entry = BareEntry()
    entry.show()
    _settle()
    started = time.perf_counter()
    window = BareList(bare_connection(Path(file), bytes.fromhex(raw_key)))
    window.refresh()
    entry.hide()
    window.show()
    _settle()
    ended = time.perf_counter()
    tell(seconds=ended - started, steady=_resident_mb(), most=_most_mb(), app=app.applicationName())


def argon2id_memory(memory_kib: str, passes: str, lanes: str) -> None:
    """The most memory of bare Qt with Argon2id at work."""
    from PySide6.QtWidgets import QApplication

    from bench.argon2 import argon2id
    from bench.bare_window import BareEntry
    from pupil_desk.store.file.keyslots import Cost

    QApplication(["bare"])
    entry = BareEntry()
    entry.show()
    _settle()
    argon2id(Cost(int(memory_kib), int(passes), int(lanes)))()
    tell(most=_most_mb())


def signing_in(unit: str, name: str, password: str) -> None:
    """The real sign-in of the window, Argon2id in its thread: its longest stop, the time, and the most memory."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from pupil_desk.ui.entry.entry import Entry
    from pupil_desk.ui.entry.sign_in import SignIn
    from pupil_desk.ui.kit.jobs import Jobs
    from pupil_desk.ui.kit.talk.ask import Answers
    from pupil_desk.ui.kit.watch.memory import Memory
    from pupil_desk.ui.style.look import Look

    app = QApplication(["ours"])
    Look(app)
    entry = Entry(Jobs(), Answers(), Memory(), path=Path(unit))
    entry.show()
    _settle()
    assert isinstance(entry.panel, SignIn)
    entry.panel.name.setText(name)
    entry.panel.password.setText(password)
    beats, started = _beats(QTimer()), time.perf_counter()

    def opened(desk: Any) -> None:
        taken, longest = time.perf_counter() - started, beats.longest()
        desk.vault.close()
        tell(seconds=taken, longest=longest, most=_most_mb())

    entry.opened.connect(opened)
    entry.panel._sign_in()
    app.exec()


def argon2id_in_a_thread(memory_kib: str, passes: str, lanes: str) -> None:
    """The floor of the longest stop: bare Qt, Argon2id in a thread."""
    from threading import Thread

    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from bench.argon2 import argon2id
    from bench.bare_window import BareEntry
    from pupil_desk.store.file.keyslots import Cost

    app = QApplication(["bare"])
    entry = BareEntry()
    entry.show()
    _settle()
    worker = Thread(target=argon2id(Cost(int(memory_kib), int(passes), int(lanes))))
    beats = _beats(QTimer())

    def look() -> None:
        if not worker.is_alive():
            tell(longest=beats.longest())

    looking = QTimer()
    looking.timeout.connect(look)
    looking.start(1)
    worker.start()
    app.exec()


def export(unit: str, name: str, password: str, which: str, since: str, until: str) -> None:
    """An export of a period, written to a folder that goes with it: the most memory from the sign-in on, and the bytes of its files."""
    import tempfile
    from datetime import date

    from pupil_desk.basics.clock import SystemClock
    from pupil_desk.services.exports import run_export
    from pupil_desk.services.exports.export import Period
    from pupil_desk.services.exports.making import ExportOrder
    from pupil_desk.services.unit import units

    desk = units.sign_in(Path(unit), name=name, password=password, clock=SystemClock())
    with tempfile.TemporaryDirectory() as folder:
        made = run_export(
            desk, which, Path(folder), ExportOrder(reason="measured", period=Period(date.fromisoformat(since), date.fromisoformat(until)))
        )
    most = _most_mb()
    desk.vault.close()
    tell(most=most, bytes=sum(file.bytes for file in made.files))


class _Beats:
    """A timer of the window's thread that should beat each millisecond; the longest gap is the longest stop."""

    def __init__(self, timer: Any) -> None:
        self._timer, self._last, self._longest = timer, time.perf_counter(), 0.0
        timer.timeout.connect(self._beat)
        timer.start(1)

    def _beat(self) -> None:
        now = time.perf_counter()
        self._longest = max(self._longest, now - self._last)
        self._last = now

    def longest(self) -> float:
        """Seconds, up to this moment."""
        self._beat()
        return self._longest


_beats = _Beats


def _resident_mb() -> float | None:
    """The memory of this process now, in MB; None where the system does not tell in this way."""
    return _status("VmRSS")


def _most_mb() -> float | None:
    """The most it had."""
    return _status("VmHWM")


def _status(name: str) -> float | None:
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(name + ":"))


WHAT: dict[str, Callable[..., None]] = {
    "entry-ours": entry_ours,
    "entry-bare": entry_bare,
    "list-ours": list_ours,
    "list-bare": list_bare,
    "visits": visits,
    "argon2id-memory": argon2id_memory,
    "export": export,
    "signing-in": signing_in,
    "argon2id-in-a-thread": argon2id_in_a_thread,
}

if __name__ == "__main__":
    WHAT[sys.argv[1]](*sys.argv[2:])
