"""The page of incidents, open over the invented unit."""

import dataclasses
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.incidents import looking, recording
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.pages.incidents import IncidentsPage
from tests.domain.incidents.test_incident import WHOLE
from tests.ui.pages.made import pupil_called

PLAIN = dict.fromkeys(
    ("force_kind", "force_degree", "began", "minutes", "necessary", "needs", "triggers", "injury", "first_aid", "support")
) | {"force": False}


@pytest.fixture
def open_page(qtbot: QtBot, context: Context) -> Callable[..., IncidentsPage]:
    def make(object_id: str | None = None) -> IncidentsPage:
        page = IncidentsPage(context)
        context.news.changed.connect(page.on_change)
        qtbot.addWidget(page)
        page.resize(1200, 800)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        page.on_show(object_id)
        return page

    return make


@pytest.fixture
def page(open_page: Callable[..., IncidentsPage]) -> IncidentsPage:
    return open_page()


@pytest.fixture
def theo(desk: Desk) -> Pupil:
    return pupil_called(desk, "Theo")


@pytest.fixture
def held_page(desk: Desk, theo: Pupil, open_page: Callable[..., IncidentsPage]) -> IncidentsPage:
    """At an incident of today in which Theo was held, and Mia was hurt."""
    held = dataclasses.replace(WHOLE, id="", entry_id="", incident_id="", pupil_id=theo.id, day=desk.today, time="09:45")
    hurt = dataclasses.replace(held, pupil_id=pupil_called(desk, "Mia").id, part="hurt", **PLAIN)
    recording.enter(desk, [held, hurt])
    (row,) = looking.rows(desk)
    return open_page(row.id)
