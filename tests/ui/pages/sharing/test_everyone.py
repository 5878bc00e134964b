"""Who would receive what: the list, its counts, and the detail of one."""

import dataclasses

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pupil_desk.domain.changes import Changed
from pupil_desk.domain.sharing.choice import Choice
from pupil_desk.services.desk import Desk
from pupil_desk.services.sharing import sharing
from pupil_desk.services.unit import settings
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.pages.sharing import SharingPage
from pupil_desk.ui.pages.sharing.everyone import AllPupils
from tests.ui.pages.made import pupil_called


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> SharingPage:
    made = SharingPage(context)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.on_show()
    made.tabs.setCurrentWidget(made.all_pupils)
    return made


def cells(everyone: AllPupils, key: str) -> list[str]:
    return [everyone.table.cell(place, key) for place in range(len(everyone.table.rows))]


def test_each_pupil_on_roll_with_level_and_who_decided(page: SharingPage) -> None:
    everyone = page.all_pupils
    assert cells(everyone, "name") == ["Ashdown, Mimi", "Bramley, Theo", "Chandra, Priya", "Dale, Owen", "Élan, Zofia"]
    assert cells(everyone, "level") == ["Nothing", "Minimum", "Minimum", "Minimum", "Full"]
    assert cells(everyone, "decided") == ["The rule", "The rule", "The rule", "The rule", "A parent"]
    assert cells(everyone, "goes") == ["Nothing", *["Name, address, date of birth"] * 3, "All 27 items"]
    assert cells(everyone, "withheld") == ["Everything", *["18 items"] * 3, "Nothing"]
    assert everyone.count.text() == "5 pupils: 1 full, 3 minimum, 1 nothing. 1 protected"


def test_the_detail_gives_reason_and_items_in_full(page: SharingPage, desk: Desk) -> None:
    everyone = page.all_pupils
    everyone.table.select(pupil_called(desk, "Priya").id)
    who, how = everyone.name_label.text().split(". Protected: ")
    assert who == "Priya Chandra, 15 years old, born 20 May 2011"
    assert set(how.split(" and ")) == {"address withheld", "order or restriction"}
    assert everyone.reason_label.text().startswith("Minimum: 13 to 15, nobody has said anything")
    assert everyone.goes.text() == "Told: Name, address and date of birth"
    assert everyone.withheld.text() == (
        "Withheld: UPN, ULN, sex, ethnic group, telephone, e-mail, year group, enrolment status, starting day, SEN provision, "
        "main need, looked after by an authority, kind of destination, activity, provider or employer, begins on, confirmed on and told by"
    )


def test_another_recipient_and_another_day(page: SharingPage) -> None:
    everyone = page.all_pupils
    everyone.recipient.set_key("post-16")
    assert everyone.count.text() == "5 pupils: 5 nothing. 1 protected"
    everyone.recipient.set_key("youth-support")
    everyone.day.set_text("1/10/2028")
    assert everyone.count.text() == "5 pupils: 5 minimum. 1 protected"
    everyone.day.set_text("1/10")
    assert everyone.count.text() == "Enter a day, for example 24 11 2026."
    assert cells(everyone, "name") == []


def test_finding_narrows_the_list_and_the_count(qtbot: QtBot, page: SharingPage) -> None:
    page.search()
    qtbot.keyClicks(page.all_pupils.find_box, "ela zof")
    assert cells(page.all_pupils, "name") == ["Élan, Zofia"]
    assert page.all_pupils.count.text() == "1 pupil: 1 full"


def test_a_heading_orders(page: SharingPage) -> None:
    page.all_pupils.table.order.emit("level", True)
    assert cells(page.all_pupils, "level") == ["Full", "Minimum", "Minimum", "Minimum", "Nothing"]
    page.all_pupils.table.order.emit("name", True)
    assert cells(page.all_pupils, "name")[0] == "Élan, Zofia"


def test_enter_opens_that_pupil(qtbot: QtBot, page: SharingPage, desk: Desk) -> None:
    page.all_pupils.table.select(pupil_called(desk, "Owen").id)
    qtbot.keyClick(page.all_pupils.table, Qt.Key.Key_Return)
    assert page.tabs.currentWidget() is page.pupil_view
    assert page.pupil_view.head.title.text() == "Owen Dale"


def test_news_of_a_choice_is_seen(page: SharingPage, desk: Desk) -> None:
    owen = pupil_called(desk, "Owen")
    sharing.record_choices(
        desk, [Choice(pupil_id=owen.id, recipient="youth-support", choice="allow", by="pupil", on=desk.today, channel="form")]
    )
    page.on_change(Changed.of("choice", ids=(owen.id,)))
    assert page.all_pupils.count.text() == "5 pupils: 2 full, 2 minimum, 1 nothing. 1 protected"


def test_those_with_whom_the_unit_works_can_be_chosen_once_the_settings_name_them(qtbot: QtBot, context: Context, desk: Desk) -> None:
    view = AllPupils(context)
    qtbot.addWidget(view)
    view.refresh()
    assert [view.recipient.itemData(place) for place in range(view.recipient.count())] == ["youth-support", "post-16"]
    settings.save_settings(desk, dataclasses.replace(desk.settings, told_schools="Wyming Vale School"))
    view.recipient.set_key("post-16")
    view.refresh()
    assert view.recipient.key() == "post-16", "what was chosen stays"
    view.recipient.set_key("main-school")
    assert view.table.rows
    assert {row.decision.decided_by for row in view.table.rows} == {"rule"}


def test_a_place_leads_to_the_lists(page: SharingPage, desk: Desk) -> None:
    page.on_show("#answers/disagree//")
    assert (page.tab, page.silent.show_box.key()) == (page.silent, "disagree")
    page.on_show(f"{pupil_called(desk, 'Zofia').id}#coming///")
    assert page.tab is page.coming
    assert page.coming.table.current().pupil.forename == "Zofia"  # type: ignore[union-attr]
