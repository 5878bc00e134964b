"""Each line of Home has the height of its words at the width that it really has, where the page is wider than a column may be."""

from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.watch.descendants import in_view
from pupil_desk.ui.pages.home import HomePage
from pupil_desk.ui.pages.home.duty_card import DutyLine


def test_a_line_that_breaks_only_in_its_column_is_not_squeezed(qtbot: QtBot, context: Context) -> None:
    page = HomePage(context)
    area = scrolled(page)
    qtbot.addWidget(area)
    area.resize(1182, 500)
    area.show()
    page.on_show()
    lines = [line for line in in_view(page) if isinstance(line, DutyLine)]
    line, width = lines[0], lines[0].width()
    words = "word"
    while line.heightForWidth(width) == line.heightForWidth(10_000):  # until it has just one row too many for the column
        words += " word"
        line.say(words)
    assert line.heightForWidth(page.width() - 60) == line.heightForWidth(10_000), "in the whole room of the page it has one row"
    qtbot.waitUntil(lambda: not squeezed(lines))


def squeezed(lines: list[DutyLine]) -> list[str]:
    """The names of the lines that are lower than their words."""
    return [line.duty.name for line in lines if line.height() < line.heightForWidth(line.width())]
