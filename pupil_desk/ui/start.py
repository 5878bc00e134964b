"""Starting the application: the window from sign-in on, pictures of its pages, and the process that follows one that held the key."""

import contextlib
import gc
import linecache
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Thread, Timer
from typing import TYPE_CHECKING, Protocol

from pupil_desk.basics.words import _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from pupil_desk.services.desk import Desk
    from pupil_desk.ui.entry.entry import Entry
    from pupil_desk.ui.kit.jobs import Job, Jobs
    from pupil_desk.ui.kit.talk.dialogs import Dialogs
    from pupil_desk.ui.kit.watch.memory import Memory
    from pupil_desk.ui.session import Session
    from pupil_desk.ui.window import Window


_PAINTED = 200  # ms after which sign-in has been painted on any PC, and nobody has typed a password yet
_AT_REST = 5_000  # ms after which nothing of the start is under way any more
_LOCKED = "PUPIL_DESK_LOCKED"  # in the surroundings of a process that a lock starts: whom it locked
_TURNS = 8  # until a page is laid out: what wraps in a part of a tab of a page tells its height one widget a turn up to the page


def open_window(path: Path | None) -> int:
    """The window, from sign-in on. Returns when it is closed or locked.

    What sign-in does without is read after it is painted.
    """
    gc.disable()  # until then: what is imported stays, and looking through it again and again takes time
    from PySide6.QtCore import QTimer

    keep_no_sources()
    from pupil_desk.ui.entry.entry import Entry
    from pupil_desk.ui.kit.jobs import Jobs
    from pupil_desk.ui.kit.talk.dialogs import Dialogs
    from pupil_desk.ui.kit.talk.uncaught import UncaughtErrors
    from pupil_desk.ui.kit.watch.memory import Memory

    memory = Memory()
    qt = _application(memory)
    jobs, ask = Jobs(), Dialogs()
    uncaught = UncaughtErrors(lambda error: ask.tell("Pupil Desk", error.message), ask)
    uncaught.install()
    entry = Entry(jobs, ask, memory, path=path, name=os.environ.pop(_LOCKED, ""))
    entry.making.in_steps = True
    ask.stand_on(entry)
    run = _Run()

    def painted() -> None:
        gc.freeze()  # what was read so far stays: the first look through it would take 40 ms
        gc.enable()
        run.watching = watch(qt, run.lock)
        run.reading = _read_the_pages()

    def wait_for_pages(desk: "Desk") -> None:
        """Whoever types fast waits beside the window, which goes on answering."""
        entry.setEnabled(False)
        jobs.run(entry, run.wait_for_pages, lambda _none: show_session(desk), title=_("Signing in"))

    def show_session(desk: "Desk") -> None:
        gc.freeze()  # what was imported stays: to look through it again and again would stop the window each time
        session = run.session = _session(desk, jobs, ask, memory)
        ask.stand_on(session.window)
        QTimer.singleShot(0, lambda: _begin(entry, session))  # in a turn of its own: the window is not to stand still for both

    entry.opened.connect(wait_for_pages)
    entry.closing.connect(qt.quit)
    entry.show()
    _do_later(painted)
    status = qt.exec()
    run.end()
    return status


@dataclass(slots=True)
class _Run:
    """What goes on beside the window, from the start to the end: the pages that are read, what watches, and the session of whoever has signed in."""

    reading: Thread | None = None
    watching: "Sequence[Watching]" = ()
    session: "Session | None" = None

    def wait_for_pages(self, _job: "Job") -> None:
        """Wait until the pages are read."""
        if self.reading is not None:
            self.reading.join()

    def lock(self) -> None:
        """Lock it, where somebody has signed in."""
        if self.session is not None:
            self.session.lock()

    def end(self) -> None:
        """The window is closed or locked: nothing is watched any more, and what waits for the end is started."""
        from pupil_desk.basics.pc import own_program

        for watcher in self.watching:
            watcher.stop()
        own_program.start_what_waits()


def _do_later(painted: Callable[[], None]) -> None:
    """What waits until sign-in is painted, and until the start is over."""
    from PySide6.QtCore import QTimer

    QTimer.singleShot(_PAINTED, painted)
    QTimer.singleShot(_AT_REST, _remove_older_versions)
    QTimer.singleShot(_AT_REST, _read_ahead)


def _begin(entry: "Entry", session: "Session") -> None:
    """The window in the place of sign-in."""
    entry.hide()
    session.begin()


class Watching(Protocol):
    """What sees each key and click of every window of the program."""

    def start(self) -> None: ...
    def stop(self) -> None: ...


def watch(qt: "QApplication", lock: Callable[[], object]) -> "Sequence[Watching]":
    """Begin to watch the whole application, once sign-in is painted. ``lock`` locks it, where somebody has signed in."""
    from pupil_desk.ui.kit.watch.clipboard import Copying
    from pupil_desk.ui.kit.watch.presses import PressGuard
    from pupil_desk.ui.kit.watch.stray_focus import StrayFocus
    from pupil_desk.ui.kit.watch.stray_keys import StrayKeys

    keys = StrayKeys(qt)
    keys.lock_wanted.connect(lock)
    watching: Sequence[Watching] = (PressGuard(qt), keys, StrayFocus(qt), Copying())
    for watcher in watching:
        watcher.start()
    return watching


def _session(desk: "Desk", jobs: "Jobs", ask: "Dialogs", memory: "Memory") -> "Session":
    """All the pages, for whoever has signed in."""
    from pupil_desk.ui.pages import pages
    from pupil_desk.ui.session import Session

    session = Session(desk, pages(), jobs, ask, memory, restart=start_again)
    session.window.context.making.in_steps = True
    return session


def _application(memory: "Memory") -> "QApplication":
    """Qt's application, under the program's name and in its dress."""
    from PySide6.QtWidgets import QApplication

    from pupil_desk.ui.style import icons
    from pupil_desk.ui.style.look import Look
    from pupil_desk.ui.style.mark import program_icon
    from pupil_desk.ui.taskbar import name_the_program

    name_the_program()
    qt = QApplication(sys.argv[:1])
    qt.setApplicationName("Pupil Desk")
    qt.setWindowIcon(program_icon())
    qt.setQuitOnLastWindowClosed(False)
    size = memory.get("window/text")
    Look(qt, size if isinstance(size, int) else 100)
    icons.names()  # their font is read before there is a window, which else would stand still for it as it is first painted
    return qt


def _read_the_pages() -> Thread:
    """Import what comes after sign-in while the person types the password: once sign-in is painted, and in a thread, but for Qt's kinds."""
    from PySide6.QtWidgets import QLineEdit

    QLineEdit().children()  # one of Qt's own, without a name in PySide, which makes ready every kind there is as it first meets such a one

    def read() -> None:
        import pupil_desk.ui.session  # noqa: F401 - so that they are there already
        from pupil_desk.services.unit import calendars
        from pupil_desk.ui.pages import pages

        pages()
        calendars.united_kingdom()  # Home asks for it at once, and it is slow to read

    reading = Thread(target=read, name="pages", daemon=True)
    reading.start()
    return reading


def keep_no_sources() -> None:
    """PySide reads the source of each module imported after it, in search of its own name, and Python keeps what was read: 20 MB.

    So it knows where names may be spelled in another way, which we ask for nowhere. What was read before is let go of.
    """
    feature = sys.modules.get("shibokensupport.feature")  # PySide has unpacked and read it as it was imported
    if feature is not None:
        feature._mod_uses_pyside = lambda _module: False  # type: ignore[attr-defined]  # PySide tells no type of it
    linecache.clearcache()


def _remove_older_versions() -> None:
    """After an upgrade, the folders of older versions go, in a thread: nothing waits for it, and leaving may cut it short."""
    from pupil_desk.basics.pc.installed import remove_older

    Thread(target=remove_older, name="older versions", daemon=True).start()


def _read_ahead() -> Thread:
    """Read in a thread what is soon asked for, and not at once: a record, the rules, the box that finds and the words by which it looks.

    Else the first key of each would wait for it.
    """

    def read() -> None:
        from pupil_desk.basics import rulefacts
        from pupil_desk.services.program import guides
        from pupil_desk.ui import finding  # noqa: F401 - so that it is there already
        from pupil_desk.ui.pages.pupils.record import record  # noqa: F401 - the same

        guides.passages()
        rulefacts.all_facts()

    reading = Thread(target=read, name="ahead", daemon=True)
    reading.start()
    return reading


def draw_pages(desk: "Desk", folder: Path) -> list[Path]:
    """A picture of each page of the real window, off screen: for the demonstration and the self-test."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    from pupil_desk.services.backup import backups
    from pupil_desk.services.pupils import pupils
    from pupil_desk.ui.kit.jobs import ImmediateJobs
    from pupil_desk.ui.kit.talk.ask import Answers
    from pupil_desk.ui.kit.watch.memory import Memory
    from pupil_desk.ui.pages import pages
    from pupil_desk.ui.style.look import Look, look
    from pupil_desk.ui.window import Window

    running = QApplication.instance()
    qt = running if isinstance(running, QApplication) else QApplication(["pupil-desk"])
    if look() is None:
        Look(qt)
    memory = folder / "window.json"
    window = Window(pages(), desk=desk, jobs=ImmediateJobs(), ask=Answers(), memory=Memory(memory), training=True)
    proved = backups.last(desk)
    window.show_backup(proved.moment if proved else None)
    window.resize(1180, 780)
    someone = next((pupil.id for pupil in pupils.all_pupils(desk)), None)  # so that pages of a pupil show one
    try:
        with _nothing_unseen(), _no_hints():
            window.show()
            return _pictures(window, [page.name for page in pages()], someone, folder)
    finally:
        window.close()
        memory.unlink(missing_ok=True)


@contextlib.contextmanager
def _nothing_unseen() -> Iterator[None]:
    """Raise what goes wrong while Qt calls us: it would only be printed, and a page that is half there would pass."""
    raised: list[BaseException] = []
    before, sys.excepthook = sys.excepthook, lambda _kind, error, _trace: raised.append(error)
    try:
        yield
    finally:
        sys.excepthook = before
    if raised:
        raise raised[0]


@contextlib.contextmanager
def _no_hints() -> Iterator[None]:
    """Pass over what Qt says off screen of each window with a least size: that nobody is told it. Anything else that it says is told on."""
    from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

    def tell(_kind: QtMsgType, _where: QMessageLogContext, words: str | None) -> None:
        if words and "propagateSizeHints" not in words:
            print(words, file=sys.stderr)

    before = qInstallMessageHandler(tell)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


def _pictures(window: "Window", names: Sequence[str], pupil_id: str | None, folder: Path) -> list[Path]:
    from PySide6.QtWidgets import QApplication

    paths = []
    for name in names:
        window.banner.dismiss()  # what the page before had to say
        if window.go(name, pupil_id):
            for _turn in range(_TURNS):
                QApplication.processEvents()
            paths.append(folder / f"{name}.png")
            picture = window.grab().toImage()
            picture.setText("Software", _drawn_by())  # the PNG standard's word for it; the self-test reads it
            picture.save(str(paths[-1]))
    return paths


def _drawn_by() -> str:
    """What draws the window: «Qt 6.12.0, windows»."""
    from PySide6.QtCore import qVersion
    from PySide6.QtGui import QGuiApplication

    return f"Qt {qVersion()}, {QGuiApplication.platformName()}"


LAST_MOMENT = 3.0  # seconds that this process may take to end by itself


def start_again(path: Path, name: str) -> None:
    """Start a new process of the program at sign-in for this file and the name of whom it was locked on, and end this one. The file is closed already.

    The name goes from memory to memory: no disk and no list of processes has it.

    A dialog of the system's own, such as Windows' for the printer, would keep this process going: after a last moment it ends
    all the same, since its memory held the key.
    """
    import subprocess

    from PySide6.QtWidgets import QApplication

    from pupil_desk.basics.pc import own_program

    own_program.forget_what_waits()
    with contextlib.suppress(OSError):
        surroundings = {**os.environ, _LOCKED: name}
        subprocess.Popen(own_program.window("--unit", str(path)), close_fds=True, start_new_session=True, env=surroundings)
    last = Timer(LAST_MOMENT, os._exit, (0,))
    last.daemon = True
    last.start()
    QApplication.exit(0)
