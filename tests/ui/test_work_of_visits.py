"""What a visit to a page costs, counted and not timed: queries of the file, and widgets made. It does not grow with the pupils, and only ever gets less."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import pupils
from pupil_desk.ui.kit.watch.descendants import descendants
from pupil_desk.ui.pages import pages
from pupil_desk.ui.pages.pupils.record.parts import PARTS
from pupil_desk.ui.window import Window
from tests.ui.pages.made import PASSWORD, USER, pupil_called
from tests.ui.test_visits import settle
from tests.ui.whole import bare_window, copy_at_desk, whole_window

type Costs = tuple[tuple[int, int], tuple[int, int]]
"""Of a page: the queries of a first visit and of a further one, and the widgets that they make."""

FURTHER = 12  # pupils
QUERIES = {
    "home": (246, 92), "pupils": (7, 4), "register": (16, 16), "incidents": (5, 5), "import": (1, 0), "sharing": (15, 14), "notices": (60, 60), "consents": (13, 0),
    "forms": (43, 21), "requests": (10, 10), "exports": (60, 60), "figures": (25, 24), "data-protection": (1, 1), "schools": (20, 20), "providers": (4, 4), "transport": (3, 3), "quality": (51, 0),
    "changes": (87, 87),
    "backup": (2, 2), "log": (1, 1), "users": (17, 17), "settings": (1, 1), "this-pc": (1, 1),
}  # fmt: skip
"""The most queries of a first visit, and of each further one where nothing was changed; none where a page is not named."""

WIDGETS = {"forms": 2, "notices": 6, "this-pc": 15}
"""The most widgets of a further visit: what is told anew, such as the pages of a preview; none where a page is not named."""
MADE = {
    "home": 80, "pupils": 90, "register": 150, "incidents": 160, "sharing": 270, "notices": 170, "consents": 191, "forms": 120, "requests": 280,
    "exports": 60, "figures": 140, "data-protection": 150, "schools": 150, "providers": 190, "transport": 150, "import": 150, "quality": 170, "changes": 180, "backup": 60, "log": 60, "users": 60,
    "settings": 507, "safeguarding": 0,
    "this-pc": 60, "help": 70,
}  # fmt: skip
"""The most widgets of a first visit: a part that nobody has turned to is not made, which is what a page's first picture waits for."""
MOST_AT_ONCE = 450
"""Widgets of a part of a record: Qt dresses them all in one call as the part goes into the window, a tenth of a millisecond each."""
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


def rounds(window: Window, desk: Desk) -> Iterator[tuple[str, tuple[int, int], tuple[int, int]]]:
    """Each page, the queries of its first visit and of a further one, and the widgets that they make."""
    for page in pages():
        counted, made = list[int](), list[int]()
        for _visit in range(2):
            window.go("log" if page.name != "log" else "users")
            settle()
            with queries(desk) as asked, widgets_made() as new:
                window.go(page.name)
                settle()
            counted.append(len(asked))
            made.append(len(new))
        yield page.name, (counted[0], counted[1]), (made[0], made[1])


@contextmanager
def widgets_made() -> Iterator[list[QWidget]]:
    """Those that stand there afterwards and did not before, whatever address they were given."""
    before = QApplication.allWidgets()
    for widget in before:
        widget.setProperty("was there", True)
    made: list[QWidget] = []
    yield made
    made += [widget for widget in QApplication.allWidgets() if widget.property("was there") is None]


@pytest.fixture(scope="module")
def costs(qapp: QApplication, invented_unit: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Costs]:
    """Of a window of its own, looked through once; nobody changes what was counted."""
    folder = tmp_path_factory.mktemp("costs")
    with copy_at_desk(invented_unit, folder, USER, PASSWORD) as desk:
        window = bare_window(desk, folder, 1366, 768)
        window.show()
        counted = {name: (asked, made) for name, asked, made in rounds(window, desk)}
        window.page.discard()
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return MappingProxyType(counted)


def test_a_visit_asks_no_more_than_before(costs: Mapping[str, Costs]) -> None:
    assert {name: asked for name, (asked, _made) in costs.items() if _more(asked, QUERIES.get(name, (0, 0)))} == {}


def test_a_first_visit_makes_what_is_in_view_alone(costs: Mapping[str, Costs]) -> None:
    assert {name: first for name, (_asked, (first, _again)) in costs.items() if first > MADE[name]} == {}


def test_no_part_of_a_record_has_more_widgets_than_can_be_dressed_at_once(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    window = whole_window(qtbot, desk, tmp_path, 1366, 768)
    window.show()
    window.go("pupils", pupil_called(desk, "Priya").id)
    record = window.page.view  # type: ignore[attr-defined]
    made = {}
    for key, _words, _kind in PARTS:
        record.turn_to(key)
        made[key] = len(list(descendants(record.part, QWidget)))
    assert max(made.values()) > 100
    assert {key: number for key, number in made.items() if number > MOST_AT_ONCE} == {}


def test_a_further_visit_makes_no_widget(costs: Mapping[str, Costs]) -> None:
    assert {name: again for name, (_asked, (_first, again)) in costs.items() if again > WIDGETS.get(name, 0)} == {}


def test_more_pupils_ask_no_more(qtbot: QtBot, desk: Desk, tmp_path: Path, costs: Mapping[str, Costs]) -> None:
    for number in range(FURTHER):
        person = Pupil(surname=f"Kestrel{number}", forename="Nia", dob=date(2012, 3, 1), year_group="9")
        pupils.add_pupil(desk, person, Enrolment(status="C", start_date=date(2026, 9, 2)))
    window = whole_window(qtbot, desk, tmp_path / "more", 1366, 768)
    window.show()
    more = {name: asked for name, asked, _made in rounds(window, desk)}
    assert {name: (asked, costs[name][0]) for name, asked in more.items() if name not in OF_ACTS and _more(asked, costs[name][0])} == {}


def _more(now: tuple[int, int], most: tuple[int, int]) -> bool:
    return any(one > another for one, another in zip(now, most, strict=True))
