"""The real window of a process of its own, gone through page by page: its work is done beside it, as in the program."""

import ctypes
import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from bench.argon2 import passwords_worked_out_once
from pupil_desk.basics.clock import SystemClock
from pupil_desk.services.unit import units
from pupil_desk.ui import start
from pupil_desk.ui.kit.jobs import Jobs
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.watch.memory import Memory
from pupil_desk.ui.style.look import Look
from pupil_desk.ui.window import Window

type Held = Callable[[], float | None]
"""Tells the memory of this process, in MB."""

_WARM = 2  # rounds after which all that is made once has been made


class Opened:
    """The window of whoever signed in, as the program makes it; of its pages one of so many is gone to."""

    def __init__(self, unit: str, name: str, password: str, one_of: int) -> None:
        start.keep_no_sources()
        Look(QApplication(["ours"]))
        start._read_the_pages().join()
        gc.freeze()
        start._read_ahead().join()  # as the program does while the first page is looked at
        with passwords_worked_out_once():
            self.desk = units.sign_in(Path(unit), name=name, password=password, clock=SystemClock())
        from pupil_desk.ui.pages import pages

        self.names, self.jobs = [page.name for page in pages()][::one_of], Jobs()
        self.window = Window(pages(), desk=self.desk, jobs=self.jobs, ask=Answers(), memory=Memory())
        self.window.show()
        QApplication.processEvents()

    def settle(self) -> None:
        """All work is done and shown, and what was let go of is gone."""
        while self.jobs.busy:
            QApplication.processEvents()
            time.sleep(0.001)
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def close(self) -> None:
        self.jobs.close()
        self.desk.vault.close()


def every_page_opened(opened: Opened, _visits: int, held: Held) -> dict[str, Any]:
    """The seconds from the key to each page's picture, at its first visit and its second, and what is held once all were seen in a rush."""
    taken: dict[str, list[float]] = {}
    for _round in range(2):
        for page in opened.names:
            started = time.perf_counter()
            opened.window.go(page)
            QApplication.processEvents()
            taken.setdefault(page, []).append(time.perf_counter() - started)
            opened.settle()
    opened.window.stack.let_go()
    opened.settle()
    return {"in_a_rush": held(), "taken": taken}


def every_page_rested_on(opened: Opened, _visits: int, held: Held) -> dict[str, Any]:
    """What is held once each page was seen for so long that the window has let go of those before it, which it does after five seconds."""
    for page in opened.names:
        opened.window.go(page)
        opened.settle()
        opened.window.stack.let_go()
        opened.settle()
    return {"held": held()}


def pages_gone_round(opened: Opened, visits: int, held: Held) -> dict[str, Any]:
    """How many widgets and how much memory are there more after at least so many visits, in rounds of all pages, than after the first two rounds.

    Told beside it: how much more of the memory is in use (None where the C library is not asked).
    """

    def go_round() -> None:
        for page in opened.names:
            opened.window.go(page)
            opened.settle()
        opened.window.banner.dismiss()
        opened.window.stack.let_go()
        opened.settle()

    for _round in range(_WARM):
        go_round()
    widgets, memory, in_use = len(QApplication.allWidgets()), held(), _in_use()
    rounds = -(-visits // len(opened.names))
    for _round in range(rounds):
        go_round()
    more = None if memory is None else (held() or 0.0) - memory
    used_more = None if in_use is None else (_in_use() or 0.0) - in_use
    return {"visits": rounds * len(opened.names), "widgets": len(QApplication.allWidgets()) - widgets, "held": more, "in_use": used_more}


WORKS: dict[str, Callable[[Opened, int, Held], dict[str, Any]]] = {
    "every-page": every_page_opened,
    "pages-rested-on": every_page_rested_on,
    "many-visits": pages_gone_round,
}


def _in_use() -> float | None:
    """MB that stand in the C library's heap and in Python's own; None where there is no glibc to say."""
    ask = getattr(ctypes.CDLL(None), "mallinfo2", None) if sys.platform == "linux" else None
    if ask is None:
        return None
    ask.restype = _MallInfo
    gc.collect()
    told = ask()
    return float(told.uordblks + told.hblkhd + sys.getallocatedblocks() * _BLOCK) / 1e6


_BLOCK = 64  # bytes of a block of Python's, about: what is asked is by how much they grow


class _MallInfo(ctypes.Structure):
    """What ``mallinfo2`` tells, in bytes: see its manual."""

    _fields_ = [
        (name, ctypes.c_size_t)
        for name in ["arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"]
    ]
