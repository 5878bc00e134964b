"""Who signed a form: the question says what it will record, of whom, and how it then stands."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pupil_desk.services.desk import Desk
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.consents import ConsentsPage
from tests.ui.pages.consents.test_many import cells, planned
from tests.ui.pages.consents.test_one import opened
from tests.ui.pages.made import pupil_called


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> ConsentsPage:
    made = opened(qtbot, context)
    made.tabs.setCurrentWidget(made.many)
    return made


def holders(desk: Desk) -> dict[str, str]:
    rows = desk.vault.rows("SELECT id, forename FROM contact WHERE forename IN ('Alan', 'Joanna')")
    return {row["forename"]: row["id"] for row in rows}


def test_of_a_trip_the_question_names_the_answer_the_trip_and_until_when(
    qtbot: QtBot, page: ConsentsPage, desk: Desk, answers: Answers
) -> None:
    planned(page, desk)
    table = page.many.table
    table.select(pupil_called(desk, "Theo").id)
    answers.answers += ["", holders(desk)["Joanna"], ""]
    qtbot.keyClick(table, "y")
    assert answers.questions[-1].text == (
        "The form of 24 November 2026 about Theo Bramley is recorded as “Said yes” for One trip: Climbing. "
        "If it was Ms Joanna Bramley or Alan Bramley, it then stands: Yes. It holds until 3 December 2026."
    )
    qtbot.keyClick(table, "n")
    told = answers.questions[-1].text
    assert told.endswith("“Said no” for One trip: Climbing. If it was Ms Joanna Bramley or Alan Bramley, it then stands: No.")
    assert cells(page.many)["Bramley, Theo"] == "No", "as it was said"
    qtbot.keyClick(table, "y")
    assert answers.questions[-1].text.endswith(
        "“Said yes” for One trip: Climbing. If it was Ms Joanna Bramley, it then stands: No. If it was Alan Bramley, it then stands: No; parents differ."
    )


def test_each_use_is_named_and_of_several_pupils_how_many(qtbot: QtBot, page: ConsentsPage, desk: Desk, answers: Answers) -> None:
    page.many.subject.set_key("transport")
    page.many.table.selectAll()
    answers.answers.append("")
    qtbot.keyClick(page.many.table, Qt.Key.Key_Y)
    assert answers.questions[-1].text == (
        "The form of 24 November 2026 about Theo Bramley is recorded as “Said yes” for Transport in a staff car or taxi: "
        "in a staff car and in a taxi that we call. If it was Ms Joanna Bramley or Alan Bramley, it then stands: Yes, all 2. "
        "It holds until 31 July 2027.\n\n"
        "5 pupils are chosen. Nothing is recorded of any of them until it is said who signed each form."
    )
    assert set(cells(page.many).values()) == {"Not asked, all 2"}
