"""What a visit to a page costs, counted and not timed: queries of the file, and widgets made. It does not grow with the pupils, and only ever gets less."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import pupils
from pupil_desk.ui.pages import pages
from pupil_desk.ui.window import Window
from tests.ui.test_visits import settle
from tests.ui.whole import whole_window

FURTHER = 12  # pupils
QUERIES = {
    "home": (189, 131), "pupils": (5, 4), "register": (16, 15), "sharing": (15, 14), "notices": (57, 52), "consents": (13, 0), "forms": (43, 29),
    "requests": (10, 10), "exports": (59, 54), "figures": (19, 19), "data-protection": (1, 1), "quality": (29, 0), "changes": (87, 87),
    "backup": (2, 2), "log": (1, 1), "users": (15, 15), "settings": (7, 6), "this-pc": (1, 1),
}  # fmt: skip
"""The most queries of a first visit, and of each further one where nothing was changed; none where a page is not named."""

WIDGETS = {"forms": 2, "notices": 6, "this-pc": 15}
"""The most widgets of a further visit: what is told anew, such as the pages of a preview; none where a page is not named."""
OF_ACTS = {"changes"}  # tells of the newest hundred acts at most, each with two queries of its own


@pytest.fixture
def desk(invented_desk: Desk) -> Desk:
    return invented_desk


@contextmanager
def queries(desk: Desk) -> Iterator[list[str]]:
    """Every statement that the file is asked meanwhile."""
    asked: list[str] = []
    desk.vault._con.set_trace_callback(asked.append)
    try:
        yield asked
    finally:
        desk.vault._con.set_trace_callback(None)


def rounds(window: Window, desk: Desk) -> Iterator[tuple[str, int, int, int]]:
    """Each page, the queries of its first visit and of a further one, and the widgets that the further one makes."""
    for page in pages():
        counted, made = [], 0
        for _visit in range(2):
            window.go("log" if page.name != "log" else "users")
            settle()
            with queries(desk) as asked, widgets_made() as new:
                window.go(page.name)
                settle()
            counted.append(len(asked))
            made = len(new)
        yield page.name, *counted, made


@contextmanager
def widgets_made() -> Iterator[list[QWidget]]:
    """Those that stand there afterwards and did not before, whatever address they were given."""
    before = QApplication.allWidgets()
    for widget in before:
        widget.setProperty("was there", True)
    made: list[QWidget] = []
    yield made
    made += [widget for widget in QApplication.allWidgets() if widget.property("was there") is None]


@pytest.fixture
def costs(qtbot: QtBot, desk: Desk, tmp_path: Path) -> dict[str, tuple[int, int, int]]:
    window = whole_window(qtbot, desk, tmp_path, 1366, 768)
    window.show()
    return {name: (first, again, made) for name, first, again, made in rounds(window, desk)}


def test_a_visit_asks_no_more_than_before(costs: dict[str, tuple[int, int, int]]) -> None:
    assert {name: cost[:2] for name, cost in costs.items() if _more(cost[:2], QUERIES.get(name, (0, 0)))} == {}


def test_a_further_visit_makes_no_widget(costs: dict[str, tuple[int, int, int]]) -> None:
    assert {name: made for name, (_first, _again, made) in costs.items() if made > WIDGETS.get(name, 0)} == {}


def test_more_pupils_ask_no_more(qtbot: QtBot, desk: Desk, tmp_path: Path, costs: dict[str, tuple[int, int, int]]) -> None:
    for number in range(FURTHER):
        person = Pupil(surname=f"Kestrel{number}", forename="Nia", dob=date(2012, 3, 1), year_group="9")
        pupils.add_pupil(desk, person, Enrolment(status="C", start_date=date(2026, 9, 2)))
    window = whole_window(qtbot, desk, tmp_path / "more", 1366, 768)
    window.show()
    more = {name: (first, again) for name, first, again, _made in rounds(window, desk)}
    assert {name: (cost, costs[name][:2]) for name, cost in more.items() if name not in OF_ACTS and _more(cost, costs[name][:2])} == {}


def _more(now: tuple[int, int], most: tuple[int, int]) -> bool:
    return any(one > another for one, another in zip(now, most, strict=True))
