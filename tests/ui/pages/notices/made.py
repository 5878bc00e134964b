"""Ways to open the page of notices, and to read what it printed."""

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.basics.errors import Known
from pupil_desk.domain.notices.addressees import NoticeIssue
from pupil_desk.services.desk import Desk
from pupil_desk.services.notices import notice_text, notices
from pupil_desk.services.unit import logbook
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.papers.pdfpages import PdfPages
from pupil_desk.ui.kit.watch.memory import Memory
from pupil_desk.ui.pages.notices import NoticesPage
from pupil_desk.ui.pages.notices.tabs import WORDS
from tests.ui.pages.made import pupil_called


def opened(qtbot: QtBot, context: Context, object_id: str | None = None) -> NoticesPage:
    made = NoticesPage(context)
    qtbot.addWidget(made)
    context.news.changed.connect(made.on_change)
    context.jobs.known_error.connect(context.banner.problem)
    made.resize(1000, 700)
    made.show()
    made.on_show(object_id)
    return made


class Printer:
    """Stands for the printer: keeps what is sent, or refuses."""

    def __init__(self, page: NoticesPage, *, takes: bool = True, broken: str = "") -> None:
        self.sent: list[bytes] = []
        self._takes, self._broken = takes, broken
        page.send = self.take

    def take(self, data: bytes, _parent: QWidget, *, memory: Memory | None = None) -> bool:
        if self._broken:
            raise Known(self._broken)
        self.sent.append(data)
        return self._takes


def words_of(data: bytes) -> list[str]:
    """The words of each page, in one line."""
    pages = PdfPages(data)
    try:
        return [" ".join(pages.words(number).split()) for number in range(len(pages))]
    finally:
        pages.close()


def rows(page: NoticesPage) -> list[tuple[str, str, str, str]]:
    """What stands in the list of letters."""
    table = page.lists.letters
    return [
        tuple(table.cell(place, key) for key in ("pupil", "to", "address", "last"))  # type: ignore[misc]
        for place in range(len(table.rows))
    ]


def choose(page: NoticesPage, *places: int) -> None:
    """Choose lines of the list as with Ctrl and the mouse."""
    table, flags = page.lists.letters, QItemSelectionModel.SelectionFlag
    table.selectRow(places[0])
    for place in places[1:]:
        table.selectionModel().select(table.model_.index(place, 0), flags.Select | flags.Rows)


def acts(desk: Desk, action: str) -> list[str | None]:
    """The pupils named by a kind of act in the log."""
    return sorted(row.object_id for row in logbook.rows(desk) if row.action == action)


def issues(desk: Desk, pupil_id: str) -> list[NoticeIssue]:
    return list(notices.given_by_pupil(desk).get(pupil_id, ()))


FRONT, MORE = notice_text.prose().strip(), notice_text.prose("notice_more").strip()
ANOTHER = FRONT.replace("None comes from public lists.", "Some comes from public lists.")


def cells(page: NoticesPage) -> list[tuple[str, str, str]]:
    table = page.tabs.given_notices.table
    return [tuple(table.cell(place, key) for key in ("pupil", "to", "said")) for place in range(len(table.rows))]  # type: ignore[misc]


def write(page: NoticesPage, front: str, more: str = MORE) -> None:
    page.tabs.setCurrentIndex(WORDS)
    page.tabs.words.writing.front.setPlainText(front)
    page.tabs.words.writing.more.setPlainText(more)
    page.tabs.words.judge()


def give(desk: Desk, *forenames: str, channel: str = "by-hand") -> None:
    for forename in forenames:
        notices.issue(desk, notices.letters_of(desk, pupil_called(desk, forename).id).letters, channel)
