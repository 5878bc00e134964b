"""The list of pupils: shown after sign-in, shown again, found in; and one pupil's page."""

import time
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from bench.argon2 import passwords_worked_out_once
from bench.bare_window import BareList, BareRecord, settle
from bench.floors import bare_connection
from bench.made import Unit
from bench.measuring import Cell, Row, by_turns, p95_by_turns, timed
from pupil_desk.services.desk import Desk
from pupil_desk.services.unit import units
from pupil_desk.ui.finding import Finder
from pupil_desk.ui.kit.jobs import ImmediateJobs
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.watch.memory import Memory
from pupil_desk.ui.pages.home.page import HomePage
from pupil_desk.ui.pages.pupils.page import PupilsPage
from pupil_desk.ui.style.look import Look
from pupil_desk.ui.window import Window

TYPED = ("s", "sa", "sal", "", "l", "la", "lan", "", "w", "wh", "", "p0", "p00", "")
"""A person's keystrokes in the find box, the emptying of it too; each one is timed."""


def dressed() -> QApplication:
    """The application as the program dresses it."""
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(["bench"])
    Look(app, 100, "light")
    return app


def window_of(desk: Desk, memory: Path) -> Window:
    """The real window with its home page and its list of pupils, not yet shown."""
    window = Window((HomePage, PupilsPage), desk=desk, jobs=ImmediateJobs(), ask=Answers(), memory=Memory(memory))
    window.resize(1180, 780)
    return window


def pupils_page(window: Window) -> PupilsPage:
    """The page of pupils, opened."""
    window.go("pupils")
    page = window.page
    assert isinstance(page, PupilsPage)
    return page


def _let_go(window: Window | BareList | BareRecord) -> None:
    window.hide()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@contextmanager
def _both(unit: Unit, bare: Path, memory: Path):  # type: ignore[no-untyped-def]
    con = bare_connection(bare, unit.raw_key)
    with passwords_worked_out_once():
        desk = unit.signed_in()
    window, plain = window_of(desk, memory), BareList(con)
    page = pupils_page(window)
    plain.refresh()
    window.show()
    plain.show()
    settle()
    try:
        yield window, page, plain
    finally:
        _let_go(window)
        _let_go(plain)
        con.close()
        units.sign_out(desk)


def shown_again(unit: Unit, bare: Path, times: int, memory: Path) -> Cell:
    """The list asked for again and painted."""
    with _both(unit, bare, memory) as (_window, page, plain):

        def ours() -> None:
            page.list.refresh()
            settle()

        def floor() -> None:
            plain.refresh()
            settle()

        return by_turns(timed(floor), timed(ours), times, unit.size)


def keystrokes(unit: Unit, bare: Path, times: int, memory: Path) -> Cell:
    """Each keystroke in the find box until the list is painted: the 95th percentile."""
    with _both(unit, bare, memory) as (_window, page, plain):
        return p95_by_turns(
            lambda: _typing(plain.find_box.setText, settle), lambda: _typing(page.list.find_box.setText, settle), times, unit.size
        )


def anything(unit: Unit, bare: Path, times: int, memory: Path) -> Cell:
    """Each keystroke in the box of Ctrl+E until what is found is painted: the 95th percentile."""
    with _both(unit, bare, memory) as (window, _page, plain):
        window.find_anything()
        finder = window.findChild(Finder)

        def look(text: str) -> None:
            plain.find_box.blockSignals(True)
            plain.find_box.setText(text)
            plain.look_anywhere(text)

        return p95_by_turns(lambda: _typing(look, settle), lambda: _typing(finder.box.setText, settle), times, unit.size)


def _typing(type_: Callable[[str], None], paint: Callable[[], None]) -> Sequence[float]:
    taken = []
    for text in TYPED:
        started = time.perf_counter()
        type_(text)
        paint()
        taken.append(time.perf_counter() - started)
    return taken


def one_record(unit: Unit, bare: Path, times: int, memory: Path) -> Cell:
    """From a pupil chosen to the record painted, the view of it logged."""
    with _both(unit, bare, memory) as (_window, page, plain):
        record = BareRecord(plain.con)
        record.show()
        settle()
        chosen = [row.id for row in page.list.table.rows[: 2 * (times + 1)]]
        of_ours, of_floor = iter(chosen * 2), iter(chosen * 2)

        def ours() -> None:
            assert page._go_to(next(of_ours))
            settle()

        def floor() -> None:
            record.show_pupil(next(of_floor))
            settle()

        try:
            return by_turns(timed(floor), timed(ours), times, unit.size)
        finally:
            _let_go(record)


def rows(made: Sequence[tuple[Unit, Path]], times: int, memory: Path) -> list[Row]:
    """The rows of the lists; ``made`` are units with their bare files."""
    dressed()
    again = Row(
        name="The list shown again",
        most_ratio=1.5,
        target="≤ 1.5×",
        floor="bare query, model reset, repaint",
        note="Ours draws the signs beside each name in view and says at the foot what they mean: some 3 ms, however long the list.",
    )
    found = Row(
        name="A keystroke of find, p95",
        most_ratio=2,
        most_exponent=0.2,
        target="p95 ≤ 2×, growth ≤ 0.2",
        floor="bare FTS5 query, model reset, repaint; p95 too",
    )
    record = Row(
        name="One pupil's page",
        most_ratio=4,
        target="≤ 4×",
        floor="bare queries of the record, a bare form filled, repaint",
        note="Ours also logs the view, in a transaction of its own.",
    )
    anywhere = Row(
        name="A keystroke of Ctrl+E, p95",
        most_ratio=2,
        most_exponent=0.2,
        target="p95 ≤ 2×, growth ≤ 0.2",
        floor="bare FTS5 query in everything, model reset, repaint; p95 too",
        note="Ours ranks, says why each was found, and adds pages and chapters; it shows twelve, the floor all.",
    )
    for unit, bare in made:
        anywhere.cells.append(anything(unit, bare, times, memory))
        again.cells.append(shown_again(unit, bare, times, memory))
        found.cells.append(keystrokes(unit, bare, times, memory))
        record.cells.append(one_record(unit, bare, times, memory))
    return [again, found, anywhere, record]
