"""Pages that nobody looks at are let go, and none with something in it that would be lost."""

import time
from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.page import Body, Page
from pupil_desk.ui.kit.talk.passphrase import Passphrase
from pupil_desk.ui.kit.watch.making import _STEP
from pupil_desk.ui.page_stack import _READY, PageStack


class Typing(Page):
    """A box; typed is what is not kept. A second view beneath the heading."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.line, self.paper, self.secret = QLineEdit(), QLabel("A paper"), Passphrase("The words", "Note them.")
        self.body = Body(self.line, self.paper)
        self.column.addWidget(self.body)
        self.column.addWidget(self.secret)

    @property
    def dirty(self) -> bool:
        return bool(self.line.text())


class Daily(Page):
    name, title, icon, lasting = "daily", "Daily", "house", True


MANY = [type(f"Page{number}", (Typing,), {"name": f"page{number}", "title": f"Page {number}", "icon": "house"}) for number in range(6)]


@pytest.fixture
def may() -> list[bool]:
    return [True]


@pytest.fixture
def stack(qtbot: QtBot, context: Context, may: list[bool]) -> PageStack:
    made = PageStack((Daily, *MANY), context, lambda _name: may[0])
    qtbot.addWidget(made)
    made.show()
    return made


def visit_all(stack: PageStack) -> None:
    stack.turn_to("daily")
    for page in MANY:
        stack.turn_to(page.name)


def names(pages: Sequence[Page]) -> list[str]:
    return [page.name for page in pages]


def test_of_pages_at_rest_the_last_few_stay_and_one_that_lasts(stack: PageStack) -> None:
    visit_all(stack)
    stack.let_go()
    assert names(stack.pages) == ["daily", *(page.name for page in MANY[-_READY - 1 :])]
    assert stack.count() == len(stack.pages)
    assert stack.currentWidget().isAncestorOf(stack.page)


def test_one_that_was_let_go_is_made_anew(stack: PageStack) -> None:
    first = stack.turn_to("page0")
    visit_all(stack)
    stack.let_go()
    anew = stack.turn_to("page0")
    assert anew is not first
    assert anew.isVisible()


KEEP: dict[str, Callable[[Typing], object]] = {
    "something typed": lambda page: page.line.setText("Half a word"),
    "a paper in the place of its first view": lambda page: page.body.setCurrentWidget(page.paper),
    "a secret shown once": lambda page: page.secret.show_secret("quiet meadow"),
}


@pytest.mark.parametrize("what", KEEP)
def test_nothing_is_lost_with_a_page(stack: PageStack, what: str) -> None:
    page = stack.turn_to("page0")
    KEEP[what](page)  # type: ignore[arg-type]
    visit_all(stack)
    for other in MANY[1:]:
        stack.turn_to(other.name)
    stack.let_go()
    assert page in stack.pages
    assert "page1" not in names(stack.pages)


@pytest.mark.parametrize("what", ["something typed", "a secret shown once"])
def test_under_other_rules_a_page_is_made_anew_only_once_nothing_is_lost_with_it(stack: PageStack, what: str) -> None:
    page = stack.turn_to("page0")
    assert isinstance(page, Typing)
    KEEP[what](page)  # type: ignore[arg-type]
    stack.turn_to("page1")
    stack.make_anew_later()
    assert stack.turn_to("page0") is page
    page.line.clear()
    page.secret.forget()
    stack.turn_to("page1")
    assert stack.turn_to("page0") is not page


def test_under_other_rules_a_page_that_work_comes_back_to_is_made_anew_after_it(stack: PageStack, may: list[bool]) -> None:
    page = stack.turn_to("page0")
    stack.turn_to("page1")
    stack.make_anew_later()
    may[0] = False
    assert stack.turn_to("page0") is page
    stack.turn_to("page1")
    may[0] = True
    assert stack.turn_to("page0") is not page


def test_while_something_may_come_back_to_a_page_all_stay(stack: PageStack, may: list[bool]) -> None:
    may[0] = False
    visit_all(stack)
    stack.let_go()
    assert len(stack.pages) == len(MANY) + 1


def test_it_happens_by_itself_some_time_after_a_page_came_into_view(stack: PageStack, qtbot: QtBot) -> None:
    stack._soon.setInterval(1)
    visit_all(stack)
    qtbot.waitUntil(lambda: len(stack.pages) == _READY + 2)


class Slow(Typing):
    """It takes some time to be made, and to be dressed."""

    name, title, icon = "slow", "Slow", "house"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        until = time.thread_time() + 3 * _STEP
        while time.thread_time() < until:
            pass


@pytest.mark.parametrize("in_steps", [True, False])
def test_the_window_has_its_turn_while_a_page_is_made_and_sees_none_of_it(qtbot: QtBot, context: Context, in_steps: bool) -> None:
    made = PageStack((Daily, Slow), context, lambda _name: True)
    qtbot.addWidget(made)
    made.show()
    made.turn_to("daily")
    context.making.in_steps = in_steps
    turns: list[tuple[bool, str]] = []
    beat = QTimer(made, interval=0)
    beat.timeout.connect(lambda: turns.append((context.making.is_under_way, made.page.name)))
    beat.start()
    made.turn_to("slow")
    assert bool(turns) == in_steps
    assert set(turns) <= {(True, "daily")}
    assert not context.making.is_under_way


def test_no_page_is_let_go_while_another_is_made(context: Context, stack: PageStack) -> None:
    visit_all(stack)
    context.making.is_under_way = True
    stack._one_goes()
    assert len(stack.pages) == len(MANY) + 1
