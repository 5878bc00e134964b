"""What a list shows of a pupil: a chosen column comes into view, and two of one name are told apart."""

import dataclasses
from datetime import date

from pytestqt.qtbot import QtBot

from pupil_desk.basics.dates import short_date
from pupil_desk.services.consents import standings
from pupil_desk.services.pupils import pupils
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.pages.consents import finding
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.pages.sharing import finder
from tests.ui.pages.made import pupil_called
from tests.ui.pages.pupils.made import names
from tests.ui.pages.pupils.test_lists import choose


def test_a_column_that_is_chosen_comes_into_view(page: PupilsPage) -> None:
    page.resize(900, 600)
    table = page.list.table
    for key in ("upn", "first_language"):
        choose(page, key)
        place = [column.key for column in table.model_.columns].index(key)
        assert table.columnViewportPosition(place) + table.columnWidth(place) <= table.viewport().width(), key


def test_two_of_one_name_are_told_apart_in_the_list_and_where_one_finds_a_pupil(qtbot: QtBot, page: PupilsPage, context: Context) -> None:
    theo = pupil_called(context.desk, "Theo")
    alike = dataclasses.replace(theo, id="", ref="", dob=date(2010, 1, 2), upn=None, uln=None, former_upn=None)
    stay = dataclasses.replace(pupils.record(context.desk, theo.id).stays[0], id="", pupil_id="")
    pupils.add_pupil(context.desk, alike, stay)
    page.refresh()
    theo_born = short_date(theo.dob)
    bramleys = [name for name in names(page) if name.startswith("Bramley")]
    assert bramleys == [f"Bramley, Theo, born {day}" for day in ("2 Jan 2010", theo_born)]
    (name,) = [column for column in page.list.table.model_.columns if column.key == "name"]
    first = next(row for row in page.list.table.rows if row.id == theo.id)
    assert name.shorter is not None
    assert name.end is not None
    assert name.shorter(first)[-1] == f"Bramley, Theo{name.end(first)}", "where there is little room the day stays whole"
    assert name.end(first) == f", {theo_born}"
    to_share, to_ask = finder.pupil_table(context.desk), finding.pupil_table(context)
    for table in (to_share, to_ask):
        qtbot.addWidget(table)
    to_share.show_rows(finder.matching_pupils(context, "bramley", {}))
    to_ask.show_rows([row for row in standings.open_of_everyone(context.desk) if row.pupil.surname == "Bramley"])
    assert [to_share.cell(place, "name") for place in range(2)] == bramleys
    assert [to_ask.cell(place, "name") for place in range(2)] == bramleys
