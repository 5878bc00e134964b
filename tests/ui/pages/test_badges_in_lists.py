"""Every list that names pupils has the signs of their badges beside the name, and says them to a screen reader."""

import ast
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QTableView, QWidget
from pytestqt.qtbot import QtBot

import pupil_desk.ui
from pupil_desk.domain.care.health import HealthItem
from pupil_desk.domain.governance.hold import LegalHold
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.domain.schools.school_place import SchoolPlace
from pupil_desk.services import holds, register
from pupil_desk.services.care import health
from pupil_desk.services.imports.run import run_import
from pupil_desk.services.pupils import pupils
from pupil_desk.services.schools import places
from pupil_desk.services.unit import settings
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.lists.rows import Rows
from pupil_desk.ui.pages.changes import ChangesPage
from pupil_desk.ui.pages.consents import ConsentsPage
from pupil_desk.ui.pages.exports import ExportsPage
from pupil_desk.ui.pages.governance.holding import Holding
from pupil_desk.ui.pages.notices import NoticesPage
from pupil_desk.ui.pages.pupils.many.change import ChangeView
from pupil_desk.ui.pages.quality import QualityPage
from pupil_desk.ui.pages.schools import SchoolsPage
from pupil_desk.ui.pages.sharing import SharingPage
from tests.ui.pages.made import pupil_called

WORDS = "life-threatening allergy, protected"


def _notices(context: Context) -> QWidget:
    return NoticesPage(context)


def _quality(context: Context) -> QWidget:
    return QualityPage(context)


def _changes(context: Context) -> QWidget:
    priya = pupil_called(context.desk, "Priya")
    pupils.save_pupil(context.desk, replace(priya, preferred_forename="Pri"))
    return ChangesPage(context)


def _consents(context: Context) -> QWidget:
    return ConsentsPage(context)


def _sharing(context: Context) -> QWidget:
    return SharingPage(context)


def _export(context: Context) -> QWidget:
    return ExportsPage(context)


def _clashes(context: Context) -> QWidget:
    desk, priya = context.desk, pupil_called(context.desk, "Priya")
    settings.save_settings(desk, replace(desk.settings, told_schools="Hill School, 919/4001"))
    day = date(2026, 11, 16)
    places.add(desk, SchoolPlace(pupil_id=priya.id, school="919/4001", kind="bought", start_date=day))
    register.mark(desk, [Mark(pupil_id=priya.id, day=day, session=Session.AM, code="D")], reason="Entered late")
    row = f"{priya.surname},{priya.forename},{day},AM,D,919/4001"
    run_import(desk, "school-marks", f"surname,forename,date,session,code,school\n{row}".encode())
    return SchoolsPage(context)


def _holds(context: Context) -> QWidget:
    priya = pupil_called(context.desk, "Priya")
    holds.set_hold(context.desk, LegalHold(pupil_id=priya.id, reason="A claim", review_on=date(2027, 3, 1)))
    view = Holding(context)
    view.refresh()
    view.on_show = lambda _object_id: None  # type: ignore[attr-defined]
    return view


def _many(context: Context) -> QWidget:
    view = ChangeView(context)
    view.begin([pupil_called(context.desk, "Priya").id])
    view.no_value.setChecked(True)
    view.on_show = lambda _object_id: None  # type: ignore[attr-defined]
    return view


PAGES: dict[str, tuple[Callable[[Context], QWidget], str | None]] = {
    "notices": (_notices, None),
    "check records": (_quality, None),
    "changes": (_changes, None),
    "consents of one pupil": (_consents, None),
    "sharing of one pupil": (_sharing, None),
    "who is in an export": (_export, "youth-support"),
    "clashes with schools": (_clashes, "clashes"),
    "holds": (_holds, None),
    "what becomes of each of many": (_many, None),
}


def _cells_of(page: QWidget, name: str) -> list[tuple[object, str]]:
    """What stands beside the name, and what is said of it, in each visible list that has it."""
    found = []
    for view in page.findChildren(QTableView):
        model = view.model()
        for row in range(model.rowCount()):
            for column in range(model.columnCount()):
                index = model.index(row, column)
                if view.isVisibleTo(page) and str(index.data()).startswith(name):
                    found.append((index.data(Qt.ItemDataRole.DecorationRole), str(index.data(Qt.ItemDataRole.AccessibleTextRole))))
    return found


@pytest.mark.parametrize("where", PAGES)
def test_a_name_has_its_badges(qtbot: QtBot, context: Context, where: str) -> None:
    priya = pupil_called(context.desk, "Priya")
    health.add_item(context.desk, HealthItem(pupil_id=priya.id, kind="A", what="Peanuts", severity="LIFE"))
    make, object_id = PAGES[where]
    page = make(context)
    qtbot.addWidget(page)
    page.on_show(object_id)  # type: ignore[attr-defined]
    cells = _cells_of(page, "Chandra, ")
    assert cells
    for picture, words in cells:
        assert isinstance(picture, QPixmap)
        assert words.endswith(WORDS)


QUIET = [("first-aid-fill", "muted"), ("shield-warning", "bad")]  # of whom something must be kept from is said as loud as ever
LOUD = [("first-aid-fill", "bad"), ("shield-warning", "bad")]
MANNER = {
    "notices": QUIET,
    "check records": QUIET,
    "changes": QUIET,
    "consents of one pupil": LOUD,
    "sharing of one pupil": LOUD,
    "who is in an export": QUIET,
    "clashes with schools": QUIET,
    "holds": QUIET,
    "what becomes of each of many": QUIET,
}


@pytest.mark.parametrize("where", PAGES)
def test_signs_are_quiet_where_a_list_is_not_about_the_pupils_themselves_and_stand_without_words(
    qtbot: QtBot, context: Context, where: str
) -> None:
    priya = pupil_called(context.desk, "Priya")
    health.add_item(context.desk, HealthItem(pupil_id=priya.id, kind="A", what="Peanuts", severity="LIFE"))
    make, object_id = PAGES[where]
    page = make(context)
    qtbot.addWidget(page)
    page.on_show(object_id)  # type: ignore[attr-defined]
    lists = [view.model() for view in page.findChildren(QTableView) if view.isVisibleTo(page)]
    columns = [(column, row) for rows in lists if isinstance(rows, Rows) for column in rows.columns if column.signs for row in rows.rows]
    cells = [(list(column.signs(row)), column.text(row)) for column, row in columns if column.text(row).startswith("Chandra, ")]
    assert cells
    for signs, words in cells:
        assert signs == MANNER[where]
        assert not words.endswith(WORDS)


PUPIL_TITLES = {"Pupil", "Pupil found", "Pupils", "Whose data"}


def _unbadged(source: str) -> list[int]:
    """The lines of the columns that name pupils without the signs of their badges."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    within = {
        name
        for call in calls
        if ast.unparse(call.func) == "badged"
        for part in call.args
        for node in ast.walk(part)
        for name in ([node.id] if isinstance(node, ast.Name) else [node.lineno] if isinstance(node, ast.Call) else [])
    }
    assigned = {
        node.value.lineno: node.targets[0].id
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    return [
        call.lineno
        for call in calls
        if ast.unparse(call.func).split("[")[0] == "Column"
        and len(call.args) > 2
        and isinstance(title := call.args[1], ast.Call)
        and isinstance(title.args[0], ast.Constant)
        and title.args[0].value in PUPIL_TITLES
        and not {call.lineno, assigned.get(call.lineno)} & within
        and not any(keyword.arg == "signs" for keyword in call.keywords)
        and not any(keyword.arg == "align" for keyword in call.keywords)  # how many, and not which
    ]


def test_no_list_of_pupils_is_without_badges() -> None:
    folder = Path(pupil_desk.ui.__file__).parent
    bare = {path.name: lines for path in folder.rglob("*.py") if (lines := _unbadged(path.read_text(encoding="utf-8")))}
    assert bare == {}


def test_a_column_of_pupils_without_badges_is_found() -> None:
    assert _unbadged('COLUMNS = (Column[Row]("pupil", _("Pupil"), name, width=18),)') == [1]
