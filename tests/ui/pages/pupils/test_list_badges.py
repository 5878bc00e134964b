"""Badges in lists: signs beside the name, and their words told to a screen reader."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pupil_desk.domain.care.health import HealthItem
from pupil_desk.services.care import health
from pupil_desk.services.register import view
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.lists.pupil_badges import ListBadges
from pupil_desk.ui.pages.home.cards import Duty
from pupil_desk.ui.pages.home.duty_card import DutyCard
from pupil_desk.ui.pages.home.looking import look
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.pages.pupils.list.listing import PupilList
from pupil_desk.ui.pages.register import RegisterPage
from tests.ui.pages.made import pupil_called


def _allergy(context: Context) -> str:
    priya = pupil_called(context.desk, "Priya")
    health.add_item(context.desk, HealthItem(pupil_id=priya.id, kind="A", what="Peanuts", severity="LIFE"))
    return priya.id


def test_the_list_of_pupils_shows_signs_and_says_their_words(qtbot: QtBot, context: Context) -> None:
    priya_id = _allergy(context)
    made = PupilList(context)
    qtbot.addWidget(made)
    made.refresh()
    row = [line.id for line in made.table.rows].index(priya_id)
    cell = made.table.model_.index(row, 0)
    assert cell.data() == "Chandra, Priya"
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "Name: Chandra, Priya – life-threatening allergy, protected"
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


def test_a_line_of_home_that_names_one_pupil_has_the_badges(qtbot: QtBot, context: Context) -> None:
    priya_id = _allergy(context)
    content = look(context.desk, context.go, lambda: None)
    lines = [item for duties in content.duties.values() for duty in duties for item in duty.items]
    of_priya = [line for line in lines if line.pupil_id == priya_id]
    assert of_priya
    assert {line.badges.words for line in of_priya} == {"life-threatening allergy, protected"}
    card = DutyCard("Today", [Duty("Gaps", of_priya[0].words, of_priya[0].go, "accent", badges=of_priya[0].badges)])
    qtbot.addWidget(card)
    card.resize(900, 100)
    (line,) = card.lines
    assert line.accessibleName().endswith("– life-threatening allergy, protected")
    assert line.toolTip() == "life-threatening allergy, protected"
    with_badges, plain = line.grab().toImage(), None
    line.show_badges((), "")
    plain = line.grab().toImage()
    assert with_badges != plain, "the signs are drawn"


def test_nothing_is_said_of_whom_there_is_nothing(context: Context) -> None:
    badges = ListBadges(context.desk)
    badges.read()
    theo = pupil_called(context.desk, "Theo").id
    assert (badges.named("Theo", theo), badges.gravest("Theo", theo), badges.signs(theo)) == ("Theo", "Theo", ())


def test_the_parts_of_a_record_stand_in_one_place_whoever_has_badges(qtbot: QtBot, context: Context) -> None:
    _allergy(context)
    page = PupilsPage(context)
    qtbot.addWidget(page)
    page.resize(1366, 700)
    page.show()
    tops = []
    for forename in ("Theo", "Priya"):
        page.on_show(pupil_called(context.desk, forename).id)
        QApplication.processEvents()
        tops.append(page.view.stack.mapTo(page, page.view.stack.rect().topLeft()).y())
    assert page.view.badge_row.badges
    assert tops[0] == tops[1]
