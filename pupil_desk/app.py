"""The composition root: the one file that knows every room."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pupil_desk.basics.logs import keep_log
from pupil_desk.basics.places import home_of_preferences

if TYPE_CHECKING:
    from pupil_desk.services.desk import Desk


def start(argv: list[str]) -> int:
    """Open the window when there is no command, else run the command. Returns the exit status."""
    if not argv or argv[0] == "--unit":
        return open_window(Path(argv[1]) if len(argv) > 1 else None)
    from pupil_desk import cli

    return cli.main(argv, draw_pages=draw_pages)


def open_window(path: Path | None) -> int:
    """The window, from sign-in on. Returns when it is closed or locked."""
    keep_log(home_of_preferences() / "logs")
    from PySide6.QtWidgets import QApplication

    from pupil_desk.ui.entry.entry import Entry
    from pupil_desk.ui.kit.dialogs import Dialogs
    from pupil_desk.ui.kit.jobs import Jobs
    from pupil_desk.ui.kit.memory import Memory
    from pupil_desk.ui.kit.mishaps import Mishaps
    from pupil_desk.ui.style.look import Look

    qt = QApplication(sys.argv[:1])
    qt.setApplicationName("Pupil Desk")
    qt.setQuitOnLastWindowClosed(False)
    memory, jobs, ask = Memory(), Jobs(), Dialogs()
    size = memory.get("window/text")
    Look(qt, size if isinstance(size, int) else 100)
    mishaps = Mishaps(lambda error: ask.tell("Pupil Desk", error.message), ask)
    mishaps.install()
    entry = Entry(jobs, ask, memory, path=path)
    sessions: list[object] = []

    def opened(desk: "Desk") -> None:
        from pupil_desk.ui.pages import pages
        from pupil_desk.ui.session import Session, start_again

        session = Session(desk, pages(), jobs, ask, memory, restart=start_again)
        sessions.append(session)
        entry.hide()
        session.begin()

    entry.opened.connect(opened)
    entry.closing.connect(qt.quit)
    entry.show()
    return qt.exec()


def draw_pages(desk: "Desk", folder: Path) -> list[Path]:
    """A picture of each page of the real window, off screen: for the demonstration and the self-test."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    from pupil_desk.ui.kit.ask import Answers
    from pupil_desk.ui.kit.jobs import ImmediateJobs
    from pupil_desk.ui.kit.memory import Memory
    from pupil_desk.ui.pages import pages
    from pupil_desk.ui.style.look import Look
    from pupil_desk.ui.window import Window

    running = QApplication.instance()
    qt = running if isinstance(running, QApplication) else QApplication(["pupil-desk"])
    Look(qt)
    window = Window(
        pages(), desk=desk, jobs=ImmediateJobs(), ask=Answers(), memory=Memory(folder / "window.json"), training=True
    )
    window.resize(1180, 780)
    window.show()
    made = []
    for page in pages():
        if window.go(page.name):
            qt.processEvents()
            made.append(folder / f"{page.name}.png")
            window.grab().save(str(made[-1]))
    window.close()
    (folder / "window.json").unlink(missing_ok=True)
    return made
