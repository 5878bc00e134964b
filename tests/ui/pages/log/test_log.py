"""The log: everyone their own acts, a data officer all of it."""

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.pupils import pupils
from pupil_desk.services.unit import logbook
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.pages import log as module
from pupil_desk.ui.pages.log import LogPage
from tests.ui.pages.made import USER, as_role, pupil_called


@pytest.fixture
def open_page(qtbot: QtBot, context: Context) -> Callable[[], LogPage]:
    def make() -> LogPage:
        page = LogPage(context)
        qtbot.addWidget(page)
        page.resize(900, 600)
        page.show()
        page.on_show()
        return page

    return make


def column(page: LogPage, key: str) -> list[str]:
    return [page.table.cell(row, key) for row in range(len(page.table.rows))]


def test_the_data_officer_reads_all_of_it_the_latest_first(context: Context, open_page: Callable[[], LogPage]) -> None:
    colleague = as_role(context.desk, Role.OFFICE)
    mia = pupil_called(context.desk, "Mia")
    pupils.save_pupil(colleague, dataclasses.replace(mia, phone="01632 960111"))
    page = open_page()
    assert column(page, "user")[0] == "Olu Brand"
    assert USER in column(page, "user")
    numbers = [int(text.replace(",", "")) for text in column(page, "seq")]
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[-1] == 1
    assert (column(page, "action")[0], column(page, "reason")[0], column(page, "object")[0]) == (
        "Edit record",
        "phone",
        f"Pupil {mia.id[:8]}",
    )
    assert "01632 960111" not in " ".join(column(page, "reason"))


def test_others_read_their_own_acts_only(context: Context, open_page: Callable[[], LogPage]) -> None:
    context.desk = as_role(context.desk, Role.OFFICE)
    pupils.save_pupil(context.desk, dataclasses.replace(pupil_called(context.desk, "Mia"), phone="01632 960111"))
    page = open_page()
    assert set(column(page, "user")) == {"Olu Brand"}
    assert page.count.text() == f"{len(logbook.own_rows(context.desk))} row." if len(page.table.rows) == 1 else True


def test_words_find_rows_and_none_says_so(open_page: Callable[[], LogPage]) -> None:
    page = open_page()
    page.search()
    page.search_box.setText("protection set")
    page.search_box.setText("sign IN")
    assert set(column(page, "action")) == {"Sign in"}
    page.search_box.setText("no such words")
    assert page.count.text() == "0 rows."
    assert page.table.empty is not None
    assert page.table.empty.isVisible()
    assert page.table.empty.title.text() == "Nothing found"


def test_enter_on_a_pupils_row_opens_the_record(
    open_page: Callable[[], LogPage], context: Context, went: list[tuple[str, str | None]]
) -> None:
    page = open_page()
    about = next(row for row in page.table.rows if row.kind == "pupil")
    page.table.opened.emit(about)
    page.table.opened.emit(next(row for row in page.table.rows if row.kind == "staff"))
    assert went == [("pupils", about.object_id)]


def test_a_long_log_is_cut_and_says_so(open_page: Callable[[], LogPage], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST", 3)
    page = open_page()
    assert len(page.table.rows) == 3
    assert page.count.text().endswith(" rows. The latest 3 are shown.")


def test_it_is_read_anew_when_something_was_done(open_page: Callable[[], LogPage], context: Context) -> None:
    page = open_page()
    before = len(page.table.rows)
    page.on_change(pupils.save_pupil(context.desk, dataclasses.replace(pupil_called(context.desk, "Mia"), phone="01632 960111")))
    assert len(page.table.rows) == before + 1


def test_everything_has_a_name(open_page: Callable[[], LogPage], nameless: Any) -> None:
    assert nameless(open_page()) == []
