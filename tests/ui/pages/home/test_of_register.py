"""What the register asks for, on Home: each line leads to the register at that pupil and day."""

import re
from datetime import date

from pytestqt.qtbot import QtBot

from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.services import register
from pupil_desk.services.register import Watch, WatchLine
from pupil_desk.ui.kit.context import Context, Place
from pupil_desk.ui.kit.linkline import LinkLine
from pupil_desk.ui.pages.home import HomePage
from pupil_desk.ui.pages.home.cards import When
from pupil_desk.ui.pages.home.of_register import register_cards
from pupil_desk.ui.pages.register.sheet import RegisterSheet, UnsavedMarks

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


def test_home_and_the_register_count_the_same_marks(context: Context) -> None:
    """From the first day with a mark on: a week's view of the register holds just what Home has then."""
    monday = date(2026, 11, 23)
    first, *_others = register.view(context.desk, monday, DAY).rows
    register.mark(context.desk, [Mark(pupil_id=first.pupil_id, day=monday, session=Session.AM, code="/")])
    sheet = RegisterSheet(register.view(context.desk, monday, DAY), UnsavedMarks())
    told = [card.several for card in register_cards(register.watch(context.desk), DAY, context.go) if card.title == "Sessions not marked"]
    numbers = [int(re.search(r"(\d+) marks? missing", words).group(1)) for words in told]  # type: ignore[union-attr]
    assert sum(numbers) == len(sheet.missing()) > 0


def test_each_list_has_its_card_and_leads_to_the_pupil() -> None:
    went: list[tuple[str, ...]] = []
    line = (WatchLine("p1", "Penn, Zoë", "words"),)
    cards = register_cards(Watch(line, line, line, line, line, line, line), DAY, lambda *where: went.append(where))
    assert [len(card.lines) for card in cards] == [1, 0, 1, 1, 1, 1, 1, 1]
    for card in cards:
        for each in card.lines:
            each.go()
    assert went == [("register", "p1")] * 4 + [("pupils", str(Place("p1", "absence")))] + [("register", "p1")] * 2


def test_a_unit_that_keeps_no_register_here_is_told_nothing(context: Context) -> None:
    cards = register_cards(register.watch(context.desk), DAY, context.go)
    assert not any(card.lines for card in cards)
