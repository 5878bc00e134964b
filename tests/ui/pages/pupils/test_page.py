"""The list of pupils, as the person at the desk sees and uses it."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import roles
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import pupils
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.pupils import PupilsPage
from tests.ui.pages.made import as_role, pupil_called
from tests.ui.pages.pupils.made import find, looked_at, names, views

_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


class TestList:
    def test_those_on_roll_are_listed_and_counted_and_nobody_is_looked_at(self, page: PupilsPage, desk: Desk) -> None:
        assert names(page) == ["Ashdown, Mia (Mimi)", "Bramley, Theo", "Chandra, Priya", "Dale, Owen", "Élan, Zofia"]
        assert page.list.count.text() == "5 pupils on roll"
        assert page.right.currentWidget() is page.choose
        assert page.list.table.current() is None
        assert views(desk) == 0

    def test_guests_and_leavers_are_shown_when_asked_for(self, page: PupilsPage) -> None:
        page.list.leavers_tick.setChecked(True)
        assert names(page)[-2:] == ["Frost, Ivy", "Harlow, Gwen"]
        assert [page.list.table.cell(place, "standing") for place in (4, 5, 6)] == ["On roll", "Guest", "Not here"]
        assert page.list.count.text() == "7 pupils, 5 on roll"

    def test_finds_as_one_types_and_enter_goes_into_the_record(self, qtbot: QtBot, page: PupilsPage) -> None:
        find(qtbot, page, "cha", None)
        assert names(page) == ["Chandra, Priya"]
        assert page.list.count.text() == "1 match"
        qtbot.keyClick(page.list.find_box, Qt.Key.Key_Return)
        assert page.view.title.text() == "Priya Chandra"
        assert page.view.parts["card"].blocks["calls"].lines[0].hasFocus()  # type: ignore[attr-defined]

    def test_typing_opens_shows_and_logs_nobody(self, qtbot: QtBot, page: PupilsPage, desk: Desk) -> None:
        """Whoever waits in the middle of a name has looked at nobody; Enter opens the first one found, and only that is logged."""
        page.list.find_box.setFocus()
        for typed in ("e", "lan"):
            qtbot.keyClicks(page.list.find_box, typed)
            assert not [timer for timer in page.list.findChildren(QTimer, options=_DIRECT) if timer.isActive()]  # nothing waits for a pause
            assert page.right.currentWidget() is page.choose
            assert page.list.table.current() is None
            assert views(desk) == 0
        qtbot.keyClick(page.list.find_box, Qt.Key.Key_Return)
        assert page.view.title.text() == "Zofia Élan"
        assert looked_at(desk) == ["Zofia"]

    def test_of_several_enter_opens_none_until_one_is_chosen(self, qtbot: QtBot, page: PupilsPage, desk: Desk) -> None:
        find(qtbot, page, "p000")
        assert len(names(page)) > 1
        assert page.list.table.hasFocus()
        assert page.right.currentWidget() is page.choose
        assert views(desk) == 0
        qtbot.keyClick(page.list.table, Qt.Key.Key_Down)
        assert looked_at(desk) == ["Mia"]

    def test_typing_on_leaves_the_record_that_is_open_and_an_arrow_opens_the_first(
        self, qtbot: QtBot, page: PupilsPage, desk: Desk
    ) -> None:
        find(qtbot, page, "bramley")
        page.list.find_box.setFocus()
        page.list.find_box.selectAll()
        qtbot.keyClicks(page.list.find_box, "a")
        assert page.view.title.text() == "Theo Bramley"
        assert page.list.table.current() is None
        qtbot.keyClick(page.list.find_box, Qt.Key.Key_Down)
        assert page.view.title.text() == "Mimi Ashdown"
        assert looked_at(desk) == ["Theo", "Mia"]

    def test_a_click_opens_the_one_that_was_clicked(self, qtbot: QtBot, page: PupilsPage, desk: Desk) -> None:
        page.list.find_box.setFocus()
        find(qtbot, page, "dale", None)
        table = page.list.table
        column = [column.key for column in table.model_.columns].index("name")
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(table.model_.index(0, column)).center())
        assert page.view.title.text() == "Owen Dale"
        assert looked_at(desk) == ["Owen"]

    def test_the_focus_alone_opens_nobody(self, page: PupilsPage, desk: Desk) -> None:
        page.list.table.setFocus()
        page.list.table.order.emit("dob", True)
        assert page.right.currentWidget() is page.choose
        assert views(desk) == 0

    def test_nobody_on_roll_leads_to_the_leavers(self, qtbot: QtBot, page: PupilsPage) -> None:
        find(qtbot, page, "harlow", None)
        assert page.list.empty.title.text() == "Nobody on roll is called that"
        assert page.list.empty.text.text() == "1 match among guests and leavers."
        page.list.empty.button.click()
        assert names(page) == ["Harlow, Gwen"]

    def test_no_match_at_all_says_what_to_try(self, qtbot: QtBot, page: PupilsPage) -> None:
        find(qtbot, page, "nobody", None)
        assert page.list.empty.title.text() == "No pupil has a name or number like that"
        assert page.list.empty.button.isHidden()

    def test_down_moves_the_record_at_once(self, qtbot: QtBot, page: PupilsPage) -> None:
        page.list.table.selectRow(0)
        assert page.view.title.text() == "Mimi Ashdown"
        qtbot.keyClick(page.list.table, Qt.Key.Key_Down)
        assert page.view.title.text() == "Theo Bramley"
        qtbot.keyClick(page.list.find_box, Qt.Key.Key_Down)
        assert page.view.title.text() == "Priya Chandra"

    def test_a_heading_orders(self, page: PupilsPage) -> None:
        page.list.table.order.emit("dob", True)
        assert names(page)[0] == "Ashdown, Mia (Mimi)"
        page.list.table.order.emit("dob", False)
        assert names(page)[0] == "Dale, Owen"


class TestNewPupil:
    def fill(self, page: PupilsPage, surname: str, forename: str, dob: str) -> None:
        page.new.pupil.take_draft({"surname": surname, "forename": forename, "dob": dob})

    def test_is_added_with_a_stay_from_today_and_its_record_opens(self, page: PupilsPage, desk: Desk, context: Context) -> None:
        page.heading.button_of("new").click()
        self.fill(page, "Gray", "Noor", "3/4/12")
        assert page.save()
        noor = pupil_called(desk, "Noor")
        stays = pupils.record(desk, noor.id).stays
        assert [(stay.status, stay.start_date) for stay in stays] == [("C", desk.today)]
        assert page.view.title.text() == "Noor Gray"
        assert "Gray, Noor" in names(page)
        assert context.banner.words == "P0008 is added. Go on with the details."

    def test_what_is_missing_is_said(self, page: PupilsPage, desk: Desk) -> None:
        page.begin_new()
        self.fill(page, "Gray", "", "")
        assert not page.save()
        assert [line.words for line in page.new.pupil.summary.lines] == [
            "Legal forename is missing. Enter it.",
            "Date of birth is missing. Enter it.",
        ]
        assert len(pupils.all_pupils(desk)) == 7

    def test_the_same_person_is_shown_before_a_second_is_added(self, page: PupilsPage, desk: Desk, answers: Answers) -> None:
        page.begin_new()
        self.fill(page, "bramley", "THEO", "10 2 2013")
        answers.answers.append("open")
        assert not page.save()
        assert "P0002: Theo Bramley, born 10 February 2013" in answers.questions[0].text
        assert page.view.title.text() == "Theo Bramley"
        assert len(pupils.all_pupils(desk)) == 7

    def test_a_second_of_the_same_name_can_be_added(self, page: PupilsPage, desk: Desk, answers: Answers) -> None:
        page.begin_new()
        self.fill(page, "Bramley", "Theo", "10 2 2013")
        answers.answers.append("add")
        assert page.save()
        assert len(pupils.all_pupils(desk)) == 8

    def test_cancel_loses_nothing(self, page: PupilsPage, context: Context) -> None:
        page.begin_new()
        self.fill(page, "Gray", "Noor", "3/4/12")
        page.new.cancel_button.click()
        assert page.right.currentWidget() is page.choose
        context.banner._button.click()
        assert page.right.currentWidget() is page.new
        assert page.draft() == {"new": {"pupil": {"surname": "Gray", "forename": "Noor", "dob": "3/4/12"}, "stay": {}}}

    def test_a_half_filled_one_survives_a_lock(self, qtbot: QtBot, page: PupilsPage, context: Context) -> None:
        page.begin_new()
        self.fill(page, "Gray", "Noor", "31/4")
        draft = page.draft()
        assert draft is not None
        later = PupilsPage(context)
        qtbot.addWidget(later)
        later.on_show()
        later.take_draft(draft)
        assert later.draft() == draft


def test_an_empty_unit_says_what_to_do_first(
    qtbot: QtBot, context: Context, desk: Desk, went: list[tuple[str, str | None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pupil_desk.services.pupils.pupils.store.rows_for_list", lambda *_all, **_more: pupils.Listed([], {}, frozenset()))
    page = PupilsPage(context)
    qtbot.addWidget(page)
    page.show()
    page.on_show()
    assert page.none_yet.title.text() == "No pupils yet"
    assert page.none_yet.isVisible()
    page.none_yet.button.click()
    assert went == [("import", None)]
    page.none_yet.by_hand.click()
    assert page.new.isVisible()


def test_a_role_that_may_not_edit_reads_only(qtbot: QtBot, context: Context, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roles, "MAY", {**roles.MAY, roles.Action.EDIT_RECORD: frozenset({Role.DATA_OFFICER})})
    context.desk = as_role(desk, Role.OFFICE)
    page = PupilsPage(context)
    qtbot.addWidget(page)
    page.on_show(pupil_called(desk, "Theo").id)
    page.view.turn_to("details")
    form = page.view.parts["details"].form  # type: ignore[attr-defined]
    assert form.fields["surname"].editor.field.isReadOnly()
    assert not page.heading.button_of("new").isEnabled()
    assert page.heading.button_of("new").toolTip() == "Data officer only"


@pytest.mark.usefixtures("guard")
def test_a_double_click_folds_the_list_away_once_the_click_is_over(qtbot: QtBot, page: PupilsPage) -> None:
    page.resize(800, 700)
    table = page.list.table
    row = table.visualRect(table.model_.index(1, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=row)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert page.view.title.text() == "Theo Bramley"
    assert table.isVisible(), "else a link of the record would come under the pointer"
    qtbot.waitUntil(lambda: not table.isVisible())


def test_enter_folds_the_list_away_at_once(qtbot: QtBot, page: PupilsPage) -> None:
    page.resize(800, 700)
    find(qtbot, page, "bram")
    assert not page.list.table.isVisible()
