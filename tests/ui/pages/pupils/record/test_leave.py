"""Leave on the pupil's record: a request entered, decided, its marks entered once agreed and undone; and Home leads there."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from pupil_desk.domain.register.attendance import Session
from pupil_desk.services import register
from pupil_desk.services.desk import Desk
from pupil_desk.services.leave import leave_due
from pupil_desk.services.pupils import pupils
from pupil_desk.ui.kit.context import Context, place_of
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.home.of_register import leave_card
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.pages.pupils.record.leave import LeavePart
from tests.ui.pages.made import pupil_called
from tests.ui.pages.pupils.test_parts import open_page

WEDNESDAY = date(2026, 11, 25)
ASKED = {"first_day": "25/11/2026", "last_day": "25/11/2026", "purpose": "holiday", "asked_by": "Ada", "received_on": "16/11/2026"}
DECIDED = {"outcome": "granted", "decided_by": "Robin Ashdown", "decided_on": "24/11/2026"}


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> PupilsPage:
    return open_page(qtbot, context, "Theo", "leave")


def _part(page: PupilsPage) -> LeavePart:
    part = page.view.part
    assert isinstance(part, LeavePart)
    return part


def _asked(page: PupilsPage) -> LeavePart:
    part = _part(page)
    part.add_button.click()
    part.form.take_draft(ASKED)
    assert page.save()
    return part


def _codes(desk: Desk, pupil_id: str) -> list[str | None]:
    row = next(row for row in register.view(desk, WEDNESDAY, WEDNESDAY).rows if row.pupil_id == pupil_id)
    return [row.cells[WEDNESDAY, half].code if (WEDNESDAY, half) in row.cells else None for half in Session]


def test_a_request_is_decided_and_its_marks_are_entered_once_agreed(
    page: PupilsPage, context: Context, desk: Desk, answers: Answers
) -> None:
    part, theo = _asked(page), pupil_called(desk, "Theo")
    assert [part.table.cell(0, name) for name in ("days", "standing")] == ["25 Nov 2026", "To be decided"]
    assert part.next_act.isHidden()
    assert not part.marks_button.isEnabled()
    part.form.take_draft({**ASKED, **DECIDED})
    assert page.save()
    assert part.table.cell(0, "standing") == "Leave given"
    assert part.next_act.words.text() == (
        "Next: enter C (Leave: exceptional circumstance) in the register for 2 sessions, 25 Nov 2026 to 25 Nov 2026"
    )
    answers.answers += [False, True]
    part.marks_button.click()
    assert _codes(desk, theo.id) == [None, None], "asked, and not agreed to"
    part.marks_button.click()
    assert _codes(desk, theo.id) == ["C", "C"]
    assert part.next_act.isHidden()
    assert context.banner.words == "Entered: 2 marks."
    assert context.banner.message is not None
    assert context.banner.message.act is not None
    context.banner.message.act[1]()
    assert not part.next_act.isHidden()


def test_what_was_said_of_one_field_after_saving_goes_once_another_is_corrected(page: PupilsPage) -> None:
    part = _part(page)
    part.add_button.click()
    part.form.take_draft({**ASKED, **DECIDED, "purpose": "family", "received_on": "24/11/2026", "first_day": "23/11/2026"})
    assert page.save()
    assert "received_on" in [problem.column for problem in part.form.summary.problems]
    part.form.fields["outcome"].editor.take_text("refused")  # in one step: a choice from a list
    assert part.form.summary.problems == []


def test_only_what_the_decision_has_is_asked_for(page: PupilsPage, qtbot: QtBot) -> None:
    part = _asked(page)
    fields = part.form.fields
    assert fields["decided_by"].isHidden()
    part.form.take_draft({**ASKED, "outcome": "part"})
    qtbot.waitUntil(lambda: not fields["granted_from"].isHidden())
    part.form.take_draft({**ASKED, "outcome": "refused"})
    qtbot.waitUntil(fields["granted_from"].isHidden)
    assert not fields["decision_reason"].isHidden()


def test_it_is_undone_and_struck_out(page: PupilsPage, context: Context, answers: Answers) -> None:
    part = _asked(page)
    assert context.banner.words == "Kept: leave asked for, 25 Nov 2026."
    assert context.banner.message is not None
    assert context.banner.message.act is not None
    context.banner.message.act[1]()
    assert part.table.cell(0, "standing") == "Struck out"
    _asked(page)
    row = part.table.current()
    assert row is not None
    assert part.record is not None
    part.table.choose_none()
    part.show_record(part.record)
    assert not part.strike_button.isEnabled(), "nobody has chosen a request"
    part.table.select(row.entry_id)
    answers.answers.append("Another pupil")
    part.strike_button.click()
    assert {part.table.cell(row, "standing") for row in (0, 1)} == {"Struck out"}


def test_home_leads_to_the_request_and_does_not_say_what_it_is_for(page: PupilsPage, desk: Desk) -> None:
    _asked(page)
    went: list[tuple[str, ...]] = []
    (line,) = leave_card(leave_due.to_do(desk, pupils.on_roll(desk, desk.today)), lambda *where: went.append(where)).lines
    assert line.words.endswith(": leave asked for, 25 Nov 2026: decide")
    line.go()
    ((where, text),) = went
    place = place_of(text)
    assert (where, place.part, place.kind, place.row_id) == (
        "pupils",
        "leave",
        "leave_request",
        leave_due.to_do(desk, pupils.on_roll(desk, desk.today))[0].entry_id,
    )
