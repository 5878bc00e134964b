"""A part-time timetable: agreed in the record, expected by the register."""

from datetime import date

from pytestqt.qtbot import QtBot

from pupil_desk.domain.register.attendance import Session
from pupil_desk.services import register
from pupil_desk.services.desk import Desk
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.pages.pupils.record.stays import TimetablesPart
from tests.ui.pages.made import pupil_called


def open_part(qtbot: QtBot, context: Context) -> tuple[PupilsPage, TimetablesPart]:
    page = PupilsPage(context)
    qtbot.addWidget(page)
    page.resize(1100, 760)
    page.show()
    page.on_show(pupil_called(context.desk, "Owen").id)
    page.view.turn_to("timetables")
    part = page.view.part
    assert isinstance(part, TimetablesPart)
    return page, part


def test_it_is_added_and_then_expected_in_the_register(qtbot: QtBot, context: Context, desk: Desk) -> None:
    page, part = open_part(qtbot, context)
    part.add_button.click()
    part.form.take_draft({"tue_pm": "C2", "fri_am": "C2", "agreed_with": "Carys Dale"})
    assert page.save()
    assert part.table.cell(0, "sessions") == "Tue PM C2, Fri AM C2"
    assert part.table.cell(0, "until") == "5 Jan 2027"
    tuesday = date(2026, 11, 24)
    row = next(row for row in register.view(desk, tuesday, tuesday).rows if row.name.startswith("Dale"))
    assert (row.expected[tuesday, Session.PM], row.expected[tuesday, Session.AM]) == ("C2", "")


def test_one_that_says_nothing_or_has_no_end_is_refused(qtbot: QtBot, context: Context, desk: Desk) -> None:
    page, part = open_part(qtbot, context)
    part.add_button.click()
    part.form.take_draft({"agreed_with": "Carys Dale"})
    assert not page.save()
    assert any("No session has a code" in line.words for line in part.form.summary.lines)
    part.form.take_draft({"mon_am": "D", "until": ""})
    assert not page.save()
    assert register.timetables_of(desk, pupil_called(desk, "Owen").id) == []


def test_what_is_agreed_anew_is_corrected(qtbot: QtBot, context: Context, desk: Desk) -> None:
    page, part = open_part(qtbot, context)
    part.add_button.click()
    part.form.take_draft({"mon_am": "C2"})
    assert page.save()
    part.form.take_draft({"until": "18 12 2026", "mon_am": "D"})
    assert page.save()
    (kept,) = register.timetables_of(desk, pupil_called(desk, "Owen").id)
    assert (kept.until, kept.mon_am) == (date(2026, 12, 18), "D")
