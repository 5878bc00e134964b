"""What comes next for a pupil, offered where one looks: the returns of a stay, the notice after a contact, the wish after the notice."""

from pytestqt.qtbot import QtBot

from pupil_desk.services.notices import notices
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.next_for_pupil import act_for
from pupil_desk.ui.pages.pupils.record.contacts import ContactsPart
from pupil_desk.ui.pages.pupils.record.stays import StaysPart
from tests.ui.pages.made import pupil_called
from tests.ui.pages.pupils.test_parts import open_page


def test_of_a_stay_the_return_that_is_due_is_offered(qtbot: QtBot, context: Context, went: list[tuple[str, str | None]]) -> None:
    part = open_page(qtbot, context, "Theo", "stays").view.part
    assert isinstance(part, StaysPart)
    part.table.selectRow(0)
    assert part.next_act.words.text().startswith("Next: Tell the authority by ")
    part.next_act.buttons[0].click()
    assert went == [("exports", "la-new-pupil")]


def test_after_the_contact_the_notice_and_after_the_notice_the_wish(
    qtbot: QtBot, context: Context, went: list[tuple[str, str | None]]
) -> None:
    theo = pupil_called(context.desk, "Theo")
    part = open_page(qtbot, context, "Theo", "contacts").view.part
    assert isinstance(part, ContactsPart)
    assert part.next_act.words.text() == "Next: Print the privacy notice and give it."
    part.next_act.buttons[0].click()
    assert went == [("notices", theo.id)]
    notices.issue(context.desk, notices.due_of(context.desk, theo.id), "by-hand")
    step = act_for(context, theo.id)
    assert step is not None
    assert step[1][0] == "Record the wish"
