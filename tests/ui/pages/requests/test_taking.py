"""The pupil whom a new request is about is taken with a click, and nothing comes under the pointer by it."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pupil_desk.ui.pages.requests import RequestsPage
from tests.ui.still import HalfASecond


def test_the_form_rises_once_the_pointer_is_calm(open_page: Callable[[], RequestsPage]) -> None:
    page = open_page()
    page.begin_new()
    QTest.keyClicks(page.new.find_box, "bram")
    QApplication.processEvents()
    table, form = page.new.table, page.new.form
    where, row = form.mapTo(page, QPoint()), table.visualRect(table.model_.index(0, 0)).center()
    with HalfASecond.watched() as time:
        for press in (QTest.mouseClick, QTest.mouseDClick):
            press(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, row)
        QApplication.processEvents()
        assert page.new.record is not None
        assert form.mapTo(page, QPoint()) == where, "no field comes under the pointer"
        time.goes_by(page, 0.3)
        requester = form.fields["requester"].editor.field
        QTest.mouseClick(requester, Qt.MouseButton.LeftButton)
        QTest.keyClicks(requester, "Ms")
        time.calm(page)
        assert page.window().focusWidget() is requester, "one types there already"
    assert page.new.pupil_label.isVisible()
    assert not table.isVisible()
    page.new.begin_pupil()
    QTest.keyClicks(page.new.find_box, "bram")
    QTest.keyClick(page.new.find_box, Qt.Key.Key_Return)
    assert page.window().focusWidget() is page.new.picks[0]
