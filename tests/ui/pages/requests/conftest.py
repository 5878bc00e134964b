"""A request for a copy, its page, and the tab on which it is prepared."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from pupil_desk.domain.papers.attachment import Attachment
from pupil_desk.domain.papers.note import Note
from pupil_desk.domain.requests.case import CaseKind, RequestCase
from pupil_desk.services.attachments import attachments
from pupil_desk.services.notes import notes
from pupil_desk.services.requests import receiving
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.pages.requests import RequestsPage
from pupil_desk.ui.pages.requests.pack_view import PackView
from tests.ui.pages.made import pupil_called
from tests.ui.pages.requests.made import DAY, TEXT, opened, part_of


@pytest.fixture
def case(context: Context) -> RequestCase:
    theo = pupil_called(context.desk, "Theo")
    notes.add(context.desk, Note(pupil_id=theo.id, category="behaviour", text=TEXT, day=DAY))
    looked = attachments.look_into(b"A plan: more reading, and a desk by the window.", "plan.txt")
    attachments.add(context.desk, Attachment(pupil_id=theo.id, title="Plan", kind="plan"), looked)
    told = RequestCase(
        pupil_id=theo.id, kind=CaseKind.COPY, received=DAY, channel="email", requester="Ms Joanna Bramley", capacity="parent"
    )
    return receiving.receive(context.desk, told)[0]


@pytest.fixture
def page(qtbot: QtBot, context: Context, case: RequestCase) -> RequestsPage:
    return opened(qtbot, context, case)


@pytest.fixture
def work(page: RequestsPage) -> PackView:
    """The work on a copy just begun."""
    part = part_of(page)
    part.empty.button.click()
    return part.work


@pytest.fixture
def open_page(qtbot: QtBot, context: Context) -> Callable[[], RequestsPage]:
    def make() -> RequestsPage:
        page = RequestsPage(context)
        context.news.changed.connect(page.on_change)
        qtbot.addWidget(page)
        page.resize(1200, 800)
        page.show()
        page.on_show()
        if page.list.table.rows:
            assert page.list.table.current() is None, "no case is acted on that nobody chose"
            page.list.table.selectRow(0)
        return page

    return make
