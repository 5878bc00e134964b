"""The summary of what is wrong stands beneath what scrolls, and neither it nor the words beside a field push anything from under the pointer."""

from datetime import date

import pytest
from PySide6.QtCore import QMargins, QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QListWidget, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.ui.kit.forms import field, summary
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.words import column_in, column_of, growing
from pupil_desk.ui.style.look import dress
from pupil_desk.ui.style.ring import GAP, WIDTH, FocusRing

_FIELDS = ("surname", "forename", "dob", "upn", "town", "postcode")


class Framed(QWidget):
    """A form that scrolls above a button, as on every page, with a list that takes the room left over."""

    def __init__(self, *fields: str) -> None:
        super().__init__()
        self.form = Form(Pupil, today=date(2026, 11, 24), only=fields or _FIELDS)
        self.list = QListWidget()
        self.area: QScrollArea = scrolled(column_of(self.form, growing(self.list)))
        self.save = QPushButton("Save")
        self.save.clicked.connect(self.form.submit)
        column_in(self, 8, growing(self.area), self.save)
        dress(self)

    def places(self) -> dict[str, QPoint]:
        parts = {name: field.editor for name, field in self.form.fields.items()} | {"list": self.list, "save": self.save}
        return {name: part.mapTo(self, QPoint(0, 0)) for name, part in parts.items()}


@pytest.fixture
def framed(qtbot: QtBot) -> Framed:
    made = Framed()
    qtbot.addWidget(made)
    made.resize(400, 700)
    made.show()
    qtbot.waitUntil(made.isActiveWindow)
    QApplication.processEvents()
    return made


def test_nothing_is_put_elsewhere_when_it_comes_and_when_it_goes(qtbot: QtBot, framed: Framed, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (summary, field):
        monkeypatch.setattr(module, "CALM", 3_600_000)  # the click is never over, however slow this machine is
    before, size = framed.places(), framed.list.size()
    qtbot.mouseClick(framed.save, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert framed.form.summary.isVisible()
    assert (framed.places(), framed.list.size()) == (before, size)
    framed.form.hide()
    assert not framed.form.summary.isVisible(), "it is of the form, and of nothing that stands in its place"
    framed.form.show()
    assert framed.form.summary.isVisible()
    framed.form.put_back()
    QApplication.processEvents()
    assert (framed.places(), framed.list.size()) == (before, size)


def test_the_line_of_what_is_mended_goes_only_once_the_edit_is_over(qtbot: QtBot, framed: Framed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summary, "CALM", 3_600_000)
    framed.form.submit()
    shown = framed.form.summary
    before = list(shown.lines)
    qtbot.keyClicks(framed.form.fields["surname"].editor.field, "Kestrel")
    QApplication.processEvents()
    assert [line for line in shown.lines if line.isVisible()] == before, "the line that is clicked next would come under the pointer"
    monkeypatch.setattr(summary, "CALM", 1)
    qtbot.keyClicks(framed.form.fields["forename"].editor.field, "Kim")
    qtbot.waitUntil(lambda: [line for line in shown.lines if line.isVisible()] == before[2:])


def test_it_stands_in_sight_beneath_what_scrolls_and_covers_nothing(qtbot: QtBot, framed: Framed) -> None:
    qtbot.mouseClick(framed.save, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    summary = framed.form.summary
    assert summary.hasFocus()
    assert summary.visibleRegion().boundingRect() == summary.rect()
    top = summary.mapTo(framed, QPoint(0, 0)).y()
    assert framed.area.viewport().geometry().bottom() < top < framed.save.y()
    framed.form.focus("postcode")
    QApplication.processEvents()
    editor = framed.form.fields["postcode"].editor
    assert editor.mapTo(framed, editor.rect().bottomLeft()).y() < top


def test_beside_a_field_it_is_said_once_the_click_is_over(qtbot: QtBot, framed: Framed) -> None:
    qtbot.mouseClick(framed.save, Qt.MouseButton.LeftButton)
    surname = framed.form.fields["surname"]
    assert not surname.problem.isVisible()
    assert surname.editor.field.accessibleDescription() == "Legal surname is missing. Enter it.", "a screen reader need not wait"
    qtbot.waitUntil(surname.problem.isVisible)
    assert surname.problem.text() == "Legal surname is missing. Enter it."
    qtbot.keyClicks(surname.editor.field, "Kestrel")
    assert surname.problem.isVisible()
    qtbot.waitUntil(surname.problem.isHidden)


def test_of_many_problems_half_the_form_stays_in_sight_and_tab_comes_to_the_last(qtbot: QtBot, framed: Framed) -> None:
    framed.form.show_problems([Problem(name, "missing", f"Enter what stands under {name}, as it is on paper.") for name in _FIELDS * 4])
    qtbot.waitUntil(lambda: framed.form.summary.height() == framed.form.summary.sizeHint().height())
    assert framed.area.viewport().height() >= framed.area.height() // 2
    for line in framed.form.summary.lines:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is line
        assert line.visibleRegion().boundingRect().height() >= line.height() - 1


def test_it_goes_with_its_form(qtbot: QtBot, framed: Framed) -> None:
    summary = framed.form.summary
    framed.form.submit()
    assert summary.isVisible()
    with qtbot.waitSignal(summary.destroyed):
        framed.form.deleteLater()
    qtbot.waitUntil(lambda: framed.area.viewport().height() == framed.area.height())


def test_a_ring_is_around_it_while_it_has_the_focus_and_then_around_its_line(qtbot: QtBot, framed: Framed) -> None:
    qtbot.mouseClick(framed.save, Qt.MouseButton.LeftButton)
    summary = framed.form.summary
    for stop in (summary, summary.lines[0]):
        stop.setFocus()
        QApplication.processEvents()
        assert QApplication.focusWidget() is stop
        ring, room = framed.findChild(FocusRing), framed.rect()
        assert ring.isVisible()
        assert ring.geometry() == QRect(stop.mapTo(framed, QPoint()), stop.size()).marginsAdded(QMargins(*[GAP + WIDTH] * 4)) & room


def test_what_is_said_again_stays_under_the_pointer(framed: Framed) -> None:
    framed.form.submit()
    lines = list(framed.form.summary.lines)
    assert lines
    framed.form.submit()
    assert framed.form.summary.lines == lines
    assert all(line.isVisible() for line in lines)
    framed.form.show_problems((Problem("surname", "missing", "Another thing"),))
    assert [line.words for line in framed.form.summary.lines] == ["Another thing"]
