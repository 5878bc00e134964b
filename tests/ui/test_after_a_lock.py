"""After a lock one is where one was, with what one had typed: kept in the unit's file for that person alone."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit

from pupil_desk.basics.clock import FixedClock
from pupil_desk.services.desk import Desk
from pupil_desk.services.unit import drafts, units
from pupil_desk.ui.kit.talk.dialogs import Dialogs
from tests.ui.conftest import NOW, PASSWORD, USER
from tests.ui.session_pages import Begin, Reading, Record, begin, restarted  # noqa: F401 - two are fixtures


def test_with_nothing_typed_one_is_led_back_to_where_the_lock_came(begin: Begin, desk: Desk) -> None:
    session = begin()
    session.window.go("record", "p1")
    session.window.page.speak_of("p1")
    session.window.page.tabs.setCurrentIndex(1)  # type: ignore[attr-defined]
    session.lock()
    again = units.sign_in(desk.vault.path, name=USER, password=PASSWORD, clock=FixedClock(NOW))
    assert [draft.page for draft in drafts.own_drafts(again)] == ["place"]
    page = begin(again).window.page
    assert isinstance(page, Record)
    assert (page.at, page.tabs.currentIndex()) == ("p1", 1)
    assert drafts.own_drafts(again) == []
    again.vault.close()


@pytest.mark.parametrize("at", ["home", "reading", "record"])
def test_a_file_that_stays_open_leads_nobody_away_from_where_the_lock_came(begin: Begin, desk: Desk, at: str) -> None:
    session = begin()
    session.window.go("reading")
    session.window.page.file = "pupils.csv"  # type: ignore[attr-defined]
    session.window.go(at)
    session.lock()
    again = units.sign_in(desk.vault.path, name=USER, password=PASSWORD, clock=FixedClock(NOW))
    window = begin(again).window
    assert window.page.name == at
    assert [page.file for page in window.open_pages if isinstance(page, Reading)] == ["pupils.csv"]
    again.vault.close()


def test_after_signing_out_work_begins_at_home(begin: Begin, desk: Desk) -> None:
    session = begin()
    session.window.go("record", "p1")
    session.window.close()
    again = units.sign_in(desk.vault.path, name=USER, password=PASSWORD, clock=FixedClock(NOW))
    assert begin(again).window.page.name == "home"
    again.vault.close()


def test_what_was_typed_in_a_question_stands_there_when_the_same_is_asked_again(begin: Begin, desk: Desk) -> None:
    ask, fresh, seen = Dialogs(), Dialogs(), list[str]()
    session = begin(ask=ask)

    def typed() -> QLineEdit:
        question = QApplication.activeModalWidget()
        assert isinstance(question, QDialog)
        line = question.findChild(QLineEdit)
        assert line is not None
        return line

    def look() -> None:
        seen.append(typed().text())
        fresh.dismiss()

    QTimer.singleShot(0, lambda: (QTest.keyClicks(typed(), "The mother rang"), session.lock()))
    assert ask.text("Withdraw this entry?", "Ann Ash: English.", "Why it is withdrawn") is None
    again = units.sign_in(desk.vault.path, name=USER, password=PASSWORD, clock=FixedClock(NOW))
    banner = begin(again, ask=fresh).window.banner
    assert banner.words == "What you had typed under “Withdraw this entry?” stands there again when you come to it."
    for about in ("Bea Birch: English.", "Ann Ash: English."):
        QTimer.singleShot(0, look)
        fresh.text("Withdraw this entry?", about, "Why it is withdrawn")
    assert seen == ["", "The mother rang"]
    assert drafts.own_drafts(again) == []
    again.vault.close()


def test_a_password_typed_in_a_question_is_kept_nowhere(begin: Begin, desk: Desk) -> None:
    ask = Dialogs()
    session = begin(ask=ask)

    def lock() -> None:
        question = QApplication.activeModalWidget()
        assert isinstance(question, QDialog)
        QTest.keyClicks(question.findChild(QLineEdit), "secret words")
        session.lock()

    QTimer.singleShot(0, lock)
    assert ask.secret("Change my password", "", "Present password") is None
    again = units.sign_in(desk.vault.path, name=USER, password=PASSWORD, clock=FixedClock(NOW))
    assert drafts.own_drafts(again) == []
    again.vault.close()
