"""Ways to open the page of requests at a copy, and to go through it."""

from datetime import date

from pytestqt.qtbot import QtBot

from pupil_desk.domain.requests.case import CaseKind, RequestCase, RequestEvent, RequestEventKind
from pupil_desk.domain.requests.pack import PlaceVerdict
from pupil_desk.services.requests import handling, looking, receiving
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.pages.requests import RequestsPage
from pupil_desk.ui.pages.requests.pack import CasePackPart
from pupil_desk.ui.pages.requests.pack_view import PackView
from tests.ui.pages.made import pupil_called

DAY = date(2026, 11, 20)
TEXT = "Priya Chandra pushed Theo’s chair. Priya said sorry, and Ms Chandra rang."


def opened(qtbot: QtBot, context: Context, case: RequestCase) -> RequestsPage:
    page = RequestsPage(context)
    context.news.changed.connect(page.on_change)
    qtbot.addWidget(page)
    page.resize(1100, 760)
    page.show()
    page.on_show(case.id)
    page.view.tabs.setCurrentWidget(part_of(page))
    return page


def part_of(page: RequestsPage) -> CasePackPart:
    return next(part for part in page.view.parts if isinstance(part, CasePackPart))


def said(work: PackView) -> dict[str, PlaceVerdict | None]:
    assert work.state.compiled_pack is not None
    return {mark.words: mark.said for mark in work.state.compiled_pack.marks if mark.place.section == "notes"}


def stand_on(work: PackView, words: str) -> None:
    table = work.places.table
    table.selectRow(next(place for place, mark in enumerate(table.rows) if mark.words == words))
    table.setFocus()


RECEIVED = date(2026, 11, 2)


def asked(context: Context, kind: CaseKind = CaseKind.COPY, forename: str = "Theo", **items: object) -> RequestCase:
    pupil = pupil_called(context.desk, forename)
    told = {"pupil_id": pupil.id, "received": RECEIVED, "channel": "email", "requester": "Ms Joanna Bramley", "capacity": "parent"} | items
    case, _news = receiving.receive(context.desk, RequestCase(kind=kind, **told))  # type: ignore[arg-type]
    return case


def does(context: Context, case: RequestCase, kind: RequestEventKind, **items: object) -> None:
    handling.record(context.desk, RequestEvent(case_id=case.id, kind=kind, on=RECEIVED, **items))  # type: ignore[arg-type]


def current(page: RequestsPage) -> str:
    row = page.list.table.current()
    assert row is not None
    return row.id


def states(page: RequestsPage) -> dict[str, str]:
    table = page.view.steps.table
    return {table.cell(row, "words"): table.cell(row, "state") for row in range(len(table.rows))}


def kinds(context: Context, case: RequestCase) -> list[str]:
    return [event.kind for event in looking.case(context.desk, case.id).events]
