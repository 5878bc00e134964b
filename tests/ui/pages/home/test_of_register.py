"""What the register asks for, on Home: each line leads to the register at that pupil and day."""

from datetime import date

from pytestqt.qtbot import QtBot

from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.services import register
from pupil_desk.services.register import Watch, WatchLine
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.linkline import LinkLine
from pupil_desk.ui.pages.home import HomePage
from pupil_desk.ui.pages.home.cards import When
from pupil_desk.ui.pages.home.of_register import register_cards

DAY = date(2026, 11, 24)


def test_a_real_unit_is_told_what_is_not_marked_and_not_settled(qtbot: QtBot, context: Context, went: list[tuple[str, str | None]]) -> None:
    day = date(2026, 11, 13)
    first, *_others = register.view(context.desk, day, day).rows
    register.mark(context.desk, [Mark(pupil_id=first.pupil_id, day=day, session=Session.AM, code="N")])
    page = HomePage(context)
    qtbot.addWidget(page)
    page.show()
    page.on_show()
    overdue = [duty.name for duty in page.groups[When.OVERDUE].duties]
    assert overdue == ["New pupils", "Sessions not marked", "Absences without a reason"]
    link = next(link for link in page.findChildren(LinkLine) if "No reason yet" in link.words)
    assert link.words.startswith("Ashdown, Mimi: No reason yet for 13 Nov 2026, morning")
    link.click()
    assert went == [("register", f"{first.pupil_id}@2026-11-13@AM")]


def test_each_list_has_its_card_and_leads_to_the_pupil() -> None:
    went: list[tuple[str, ...]] = []
    line = (WatchLine("p1", "Penn, Zoë", "words"),)
    cards = register_cards(Watch(line, line, line, line, line, line), DAY, lambda *where: went.append(where))
    assert [len(card.lines) for card in cards] == [1, 0, 1, 1, 1, 1, 1]
    for card in cards:
        for each in card.lines:
            each.go()
    assert went == [("register", "p1")] * 6


def test_a_unit_that_keeps_no_register_here_is_told_nothing(context: Context) -> None:
    cards = register_cards(register.watch(context.desk), DAY, context.go)
    assert not any(card.lines for card in cards)
