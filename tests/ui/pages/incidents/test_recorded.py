"""What was recorded of an incident, in its order: amended, taken back, said nothing, found again; and what comes next moves nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from pupil_desk.domain.incidents.incident import Incident, IncidentEventKind
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.incidents import recording
from pupil_desk.services.pupils import protections
from pupil_desk.ui.kit.badge import Badge
from pupil_desk.ui.kit.context import Context, place_of
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.pages.incidents import IncidentsPage
from tests.ui.pages.incidents.test_steps import _titles, go_on, sign
from tests.ui.pages.made import pupil_called


@pytest.fixture
def page(held_page: IncidentsPage) -> IncidentsPage:
    return held_page


def test_what_was_amended_is_said_and_stands_in_its_place_among_what_was_recorded(
    page: IncidentsPage, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign(page)
    monkeypatch.setattr(context.desk.clock, "moment", context.desk.clock.now() + timedelta(minutes=5))
    page.amend()
    page.entry.account.take_draft({"place": "The gym"})
    page.entry.people.forms[pupil_called(context.desk, "Theo").id].take_draft({"injury": "A bruise"})
    assert page.save()
    assert context.banner.words == "Amended: “Where” and Injury."
    titles = [title.split(": ", 1)[1] for title in _titles(page)]
    assert titles[0].startswith("Amended: ")
    assert [title.split(":")[0] for title in titles] == ["Amended", "Amended", "Account signed", "Entered"]
    assert "Account signed: Theo Bramley and Mimi Ashdown" in titles[2]


def test_what_was_taken_back_is_struck_through_and_that_it_was_is_not(page: IncidentsPage, context: Context) -> None:
    sign(page)
    context.banner.undo()
    (back, signed, _entered) = [page.view.happened.item(place).data(Qt.ItemDataRole.UserRole) for place in range(3)]
    assert (back.title, back.struck) == ("Taken back: Account signed: Theo Bramley and Mimi Ashdown", False)
    assert (signed.title, signed.struck) == ("Account signed: Theo Bramley and Mimi Ashdown", True)


def test_the_tabs_stand_where_they_are_whatever_comes_next_which_is_seen_whole(page: IncidentsPage, qtbot: QtBot) -> None:
    before = page.view.tabs.y()
    sign(page)
    assert page.view.tabs.y() == before
    page.view.next_act.offer("", ())
    QApplication.processEvents()
    assert page.view.tabs.y() == before
    area = scrolled(page)
    qtbot.addWidget(area)
    area.resize(1000, 560)
    area.show()
    area.activateWindow()
    qtbot.waitUntil(area.isActiveWindow)
    page.refresh()
    page.view.tabs.setCurrentIndex(1)
    go_on(page, "Record as given")
    page.step.form.take_draft({"way": "hand"})
    assert page.save()
    QApplication.processEvents()
    step = page.view.next_act
    assert step.buttons[0].hasFocus()
    assert area.verticalScrollBar().maximum() > 0
    assert step.mapTo(area.viewport(), QPoint(0, step.height())).y() <= area.viewport().height(), "what comes next is seen whole"


def test_every_tab_shows_its_words_in_a_narrow_window(page: IncidentsPage) -> None:
    page.resize(980, 640)
    QApplication.processEvents()
    bar = page.view.tabs.tabBar()
    assert page.panes_.orientation() is Qt.Orientation.Horizontal
    assert bar.tabRect(bar.count() - 1).right() < bar.width() == page.view.width()


def test_a_pupil_who_said_nothing_is_recorded_so_and_what_must_be_said_is_marked(page: IncidentsPage) -> None:
    sign(page)
    state = page.view.state
    assert state is not None
    page.view.step_wanted.emit(next(step for step in state.steps if step.kind == "debrief-pupil"), IncidentEventKind.DEBRIEF_PUPIL)
    note = page.step.form.fields["note"]
    assert note.label.text().endswith("(required)")
    note._offered.click()
    assert page.save()
    assert page.view.state is not None
    assert page.view.state.cases[0].events[-1].note == "The pupil did not want to say anything."


def test_an_injury_is_offered_to_the_accident_book_with_the_next_step(
    page: IncidentsPage, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    went: list[tuple[str, str]] = []
    monkeypatch.setattr(context, "go", lambda where, what: went.append((where, what)))
    assert "Enter it in the accident &book…" not in [button.text() for button in page.view.next_act.buttons if not button.isHidden()]
    page.amend()
    theo = pupil_called(context.desk, "Theo")
    page.entry.people.forms[theo.id].take_draft({"injury": "A bruise"})
    assert page.save()
    (book,) = [button for button in page.view.next_act.buttons if not button.isHidden() and "accident" in button.text()]
    page.view.next_act._calm.stop()
    book.click()
    ((where, what),) = went
    place = place_of(what)
    assert (where, place.object_id, place.part) == ("pupils", theo.id, "accidents")
    assert place.item.startswith("incident:")


def test_the_badges_of_each_pupil_stand_beneath_the_name(page: IncidentsPage, context: Context) -> None:
    assert not page.view.account.findChildren(Badge)
    theo = pupil_called(context.desk, "Theo")
    order = Protection(pupil_id=theo.id, contact_id=None, kind="address-withheld", reason="Court", since=context.desk.today)
    protections.set_protection(context.desk, order)
    page.refresh()
    (badge,) = page.view.account.findChildren(Badge)
    assert "rotect" in badge.words
    QApplication.processEvents()
    assert badge.isVisible()


def test_an_incident_is_found_by_staff_and_by_words_and_a_place_is_offered_in_one_spelling(
    desk: Desk, theo: Pupil, open_page: Callable[..., IncidentsPage]
) -> None:
    for place, staff_names, account in (
        ("The Hall", "Mr Hart", "He threw a stapler."),
        ("hall", "Ms Reed", "He ran."),
        ("The Hall", "", "Shouted."),
    ):
        entry = Incident(pupil_id=theo.id, kind="threat", day=desk.today, part="took-part", place=place, staff=staff_names, account=account)
        recording.enter(desk, [entry])
    page = open_page()
    for words, count in (("hart", 1), ("stapler", 1), ("reed ran", 1), ("theo", 3)):
        page.list.find_box.setText(words)
        assert len(page.list.table.rows) == count, words
    page.begin_new()
    line = page.entry.account.fields["place"].editor.field
    assert isinstance(line, QLineEdit)
    completer = line.completer()
    assert completer is not None
    assert [completer.model().index(row, 0).data() for row in range(completer.model().rowCount())] == ["The Hall"]
