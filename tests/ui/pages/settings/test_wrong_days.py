"""A day of the school year that no year has: said as such, and led to in its box."""

from pytestqt.qtbot import QtBot

from pupil_desk.services.desk import Desk
from pupil_desk.services.unit import calendars
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.pages.settings import SettingsPage


def test_a_day_that_no_year_has_is_said_so_and_leads_to_its_box(qtbot: QtBot, context: Context, desk: Desk) -> None:
    page = SettingsPage(context)
    qtbot.addWidget(page)
    page.show()
    page.on_show("year")
    before = calendars.terms(desk), calendars.closures(desk)
    year = page.year
    year.terms.set_text("2 Sep 2026 to 23 Oct 2026\n2 Nov 2026 to 31/2/2027")
    assert not page.save()
    (line,) = year.summary.lines
    assert line.words == "“2 Nov 2026 to 31/2/2027” cannot be read. February 2027 has 28 days."
    line.click()
    assert page.window().focusWidget() is year.terms.rows[1][1]
    year.terms.set_text("2 Sep 2026 to 23 Oct 2026")
    year.closures.set_text("27 Nov 2026: Training\n31/11/2026: Training")
    assert not page.save()
    (line,) = year.summary.lines
    assert line.words.endswith("November 2026 has 30 days.")
    line.click()
    assert page.window().focusWidget() is year.closures.rows[1][0]
    assert (calendars.terms(desk), calendars.closures(desk)) == before
