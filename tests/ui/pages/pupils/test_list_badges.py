"""Badges in lists: signs before the name, the words after it, and both told to a screen reader."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from pytestqt.qtbot import QtBot

from pupil_desk.domain.care.health import HealthItem
from pupil_desk.services.care import health
from pupil_desk.services.register import view
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.lists.pupil_badges import ListBadges
from pupil_desk.ui.pages.pupils.list.listing import PupilList
from pupil_desk.ui.pages.register import RegisterPage
from tests.ui.pages.made import pupil_called


def _allergy(context: Context) -> str:
    priya = pupil_called(context.desk, "Priya")
    health.add_item(context.desk, HealthItem(pupil_id=priya.id, kind="A", what="Peanuts", severity="LIFE"))
    return priya.id


def test_the_list_of_pupils_shows_signs_and_words(qtbot: QtBot, context: Context) -> None:
    priya_id = _allergy(context)
    made = PupilList(context)
    qtbot.addWidget(made)
    made.refresh()
    row = [line.id for line in made.table.rows].index(priya_id)
    cell = made.table.model_.index(row, 0)
    words = "Chandra, Priya – life-threatening allergy, protected"
    assert cell.data() == words
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == f"Name: {words}"
    picture = cell.data(Qt.ItemDataRole.DecorationRole)
    assert isinstance(picture, QPixmap)
    assert picture.width() > 2 * picture.height()
    plain = made.table.model_.index([line.name for line in made.table.rows].index("Bramley, Theo"), 0)
    assert plain.data(Qt.ItemDataRole.DecorationRole) is None


def test_the_register_says_what_is_grave_beside_the_name_and_all_of_it_to_a_screen_reader(qtbot: QtBot, context: Context) -> None:
    _allergy(context)
    page = RegisterPage(context)
    qtbot.addWidget(page)
    page.on_show()
    names = [row.name for row in view(context.desk, context.desk.today, context.desk.today).rows]
    row, model = names.index("Chandra, Priya"), page.grid.model_
    vertical = Qt.Orientation.Vertical
    assert model.headerData(row, vertical) == "Chandra, Priya – life-threatening allergy"
    assert model.headerData(row, vertical, Qt.ItemDataRole.AccessibleTextRole) == "Chandra, Priya – life-threatening allergy, protected"
    assert isinstance(model.headerData(row, vertical, Qt.ItemDataRole.DecorationRole), QPixmap)


def test_nothing_is_said_of_whom_there_is_nothing(context: Context) -> None:
    badges = ListBadges(context.desk)
    badges.read()
    theo = pupil_called(context.desk, "Theo").id
    assert (badges.named("Theo", theo), badges.gravest("Theo", theo), badges.signs(theo)) == ("Theo", "Theo", ())
