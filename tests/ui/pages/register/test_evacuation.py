"""The evacuation sheet: from the register, and from Home in one action; at the printer at once, and logged. The kitchen list beside it."""

from pupil_desk.basics.errors import Known
from tests.ui.pages.register.conftest import PM, Room


def test_it_is_at_the_printer_at_once_without_a_question(room: Room) -> None:
    paper, sent = room.page.printing.paper, []
    paper.send = lambda data, _parent, memory=None: sent.append(data) or True  # type: ignore[func-returns-value, assignment, misc]
    room.enter(0, "\\", PM)
    room.window.go("register", "evacuation")
    assert len(sent) == 1
    assert room.page.body.currentWidget() is paper
    rows = room.desk.vault.rows("SELECT reason FROM log ORDER BY seq DESC LIMIT 3")
    assert "evacuation sheet of 2026-11-24 13:30: 1 in, 11 without a mark" in [row["reason"] for row in rows]


def test_without_a_printer_it_can_be_read_from_the_screen_and_what_is_not_saved_is_said(room: Room) -> None:
    def refuse(*_args: object, **_more: object) -> bool:
        raise Known("No printer is set up on this PC.")

    room.page.printing.paper.send = refuse  # type: ignore[assignment]
    room.press("/")
    room.page.heading.button_of("evacuation").click()
    assert room.page.printing.paper.view.page_count >= 1
    assert "No printer" in room.window.banner.words
    room.page.discard()


def test_the_kitchen_list_is_shown_before_it_is_printed(room: Room) -> None:
    room.page.heading.button_of("kitchen").click()
    assert room.page.body.currentWidget() is room.page.printing.paper
    assert room.page.printing.paper.view.page_count >= 1
