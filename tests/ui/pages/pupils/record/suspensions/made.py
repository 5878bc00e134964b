"""A pupil’s suspensions on the page of pupils: the part opened, a decision made, what the register says."""

from datetime import date

from pytestqt.qtbot import QtBot

from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.domain.suspensions.suspension import Suspension
from pupil_desk.services import register
from pupil_desk.services.desk import Desk
from pupil_desk.services.suspensions import decisions
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.pages.pupils.record.suspensions.suspensions import SuspensionsPart
from tests.ui.pages.made import pupil_called

DAY = date(2026, 11, 24)  # a Tuesday, of which the morning is begun


def open_part(qtbot: QtBot, context: Context) -> tuple[PupilsPage, SuspensionsPart]:
    page = PupilsPage(context)
    qtbot.addWidget(page)
    page.resize(1100, 800)
    page.show()
    page.on_show(pupil_called(context.desk, "Theo").id)
    page.view.turn_to("suspensions")
    part = page.view.part
    assert isinstance(part, SuspensionsPart)
    assert part.table.current() is None, "no decision is acted on that nobody chose"
    if part.table.rows:
        part.table.selectRow(0)
    return page, part


def decide(desk: Desk, **items: object) -> None:
    told = {"category": "SUSP", "start": date(2026, 11, 26), "session": "AM", "sessions": 4, "reason_1": "DB"} | items
    decisions.decide(desk, Suspension(pupil_id=pupil_called(desk, "Theo").id, **told))  # type: ignore[arg-type]


def only_case(desk: Desk) -> decisions.SuspensionCase:
    (case,) = decisions.overview(desk, pupil_called(desk, "Theo").id).cases
    return case


def marked(desk: Desk, day: date, *sessions: tuple[Session, str]) -> None:
    theo = pupil_called(desk, "Theo")
    register.mark(desk, [Mark(pupil_id=theo.id, day=day, session=session, code=code) for session, code in sessions])


def codes(desk: Desk, day: date) -> list[str]:
    return [
        register.entries(desk, pupil_called(desk, "Theo").id, day, session)[-1].code
        for session in (Session.AM, Session.PM)
        if register.entries(desk, pupil_called(desk, "Theo").id, day, session)
    ]
