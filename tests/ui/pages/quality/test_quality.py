"""The page Check records: grouped, narrowed down, each line leading to its field, and kept in place."""

import dataclasses

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.pupils import contacts, pupils
from pupil_desk.services.quality import looking
from pupil_desk.services.quality.looking import findings
from pupil_desk.services.quality.rule import Gravity, Need
from pupil_desk.ui.kit.context import Context, Place, place_of
from pupil_desk.ui.kit.jobs import Stopped
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.pages.quality import QualityPage
from pupil_desk.ui.pages.quality.listing import FindingsList
from pupil_desk.ui.pages.quality.model import BY_NEED, BY_PUPIL
from tests.ui.pages.made import pupil_called

type Went = list[tuple[str, str | None]]


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> QualityPage:
    made = QualityPage(context)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    with qtbot.waitExposed(made):
        made.show()
    made.on_show()
    return made


@pytest.fixture
def view(page: QualityPage) -> FindingsList:
    return page.view


def rules(view: FindingsList) -> set[str]:
    return {finding.rule for finding in view.findings_shown}


def go_to(view: FindingsList, pupil: Pupil, rule: str) -> None:
    view.groups[view.grouping_box.key()].selectRow(0)
    view.table.select(next(line.id for line in view.table.rows if line.finding.pupil_id == pupil.id and line.finding.rule == rule))


def test_the_sign_of_how_pressing_it_is_stands_beside_that_word_and_beside_what_it_is_where_the_word_has_no_room(
    view: FindingsList,
) -> None:
    keys = [column.key for column in view.table.model_.columns]

    def with_icon() -> set[str]:
        role = Qt.ItemDataRole.DecorationRole
        seen = [(key, place) for place, key in enumerate(keys) if not view.table.isColumnHidden(place) and key != "pupil"]
        return {key for key, place in seen if view.table.model_.index(0, place).data(role) is not None}

    for width, place in ((600, "gravity"), (400, "what"), (600, "gravity")):
        view.table.resize(width, 300)
        assert view.table.isColumnHidden(keys.index("gravity")) == (place == "what")
        assert with_icon() == {place}


def test_everything_is_listed_and_counted_by_return(view: FindingsList, context: Context) -> None:
    found = findings(context.desk)
    groups = view.groups[BY_NEED].rows
    assert (groups[0].title, groups[0].number) == ("Everything", len(found))
    assert {group.title: group.number for group in groups[1:]} == {
        need.value: number for need in Need if (number := sum(need in finding.needs for finding in found))
    }
    assert view.count.text().startswith(f"{len(found)} things to check, of ")


def test_a_return_shows_its_lines_and_a_pupil_theirs(view: FindingsList, context: Context) -> None:
    view.groups[BY_NEED].select(Need.NOTICES.name)
    assert all(Need.NOTICES in finding.needs for finding in view.findings_shown)
    assert "no-notice" in rules(view)
    view.grouping_box.set_key(BY_PUPIL)
    mia = pupil_called(context.desk, "Mia")
    view.groups[BY_PUPIL].select(mia.id)
    assert {finding.pupil_id for finding in view.findings_shown} == {mia.id}
    view.need.set_key(Need.CENSUS.name)
    assert {finding.pupil_id for finding in view.findings_shown} == {mia.id}
    assert all(Need.CENSUS in finding.needs for finding in view.findings_shown)


def test_by_how_pressing_and_by_name(view: FindingsList, qtbot: QtBot) -> None:
    view.gravity.set_key(Gravity.MUST.name)
    assert {finding.gravity for finding in view.findings_shown} == {Gravity.MUST}
    qtbot.keyClicks(view.find_box, "elan")
    assert {finding.pupil for finding in view.findings_shown} == {"Élan, Zofia"}
    qtbot.keyClicks(view.find_box, "x")
    assert view.empty.title.text() == "Nothing like that"
    assert view.detail.isHidden()


def test_more_is_said_of_the_line_one_is_on(view: FindingsList, context: Context) -> None:
    theo = pupil_called(context.desk, "Theo")
    go_to(view, theo, "no-upn")
    assert view.name_label.text() == f"Bramley, Theo, {theo.ref}: UPN"
    assert view.words.text().startswith("Must be put right. There is no UPN.")
    assert (
        view.reason_label.text()
        == "Needed for: School census, Transfer file (CTF) and Youth support service. Who asks for it: School census."
    )


def test_enter_leads_to_the_field(view: FindingsList, context: Context, went: Went, qtbot: QtBot) -> None:
    theo = pupil_called(context.desk, "Theo")
    go_to(view, theo, "no-upn")
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert went == [("pupils", str(Place(theo.id, "details", "pupil", "", "upn")))]
    go_to(view, theo, "no-notice")
    view.open_button.click()
    assert went[-1] == ("notices", theo.id)


def test_the_record_page_puts_the_cursor_into_that_field(
    page: QualityPage, view: FindingsList, context: Context, went: Went, qtbot: QtBot
) -> None:
    zofia = pupil_called(context.desk, "Zofia")
    mother = pupils.record(context.desk, zofia.id).contacts[0]
    contacts_page = PupilsPage(context)
    qtbot.addWidget(contacts_page)
    with qtbot.waitExposed(contacts_page):
        contacts_page.show()
    contacts_page.activateWindow()
    for rule, part, field in (("parent-without-phone", "contacts", "mobile"), ("no-upn", "details", "upn")):
        go_to(view, zofia, rule)
        view.open_button.click()
        contacts_page.on_show(went[-1][1])
        record = contacts_page.view
        assert record.key == part
        form = record.part.form  # type: ignore[attr-defined]  # both parts have one
        assert QApplication.focusWidget() is form.fields[field].editor.field
    assert place_of(went[-2][1] or "").row_id == mother.id
    go_to(view, zofia, "no-intention")
    view.open_button.click()
    contacts_page.on_show(went[-1][1])
    assert contacts_page.view.key == "destinations"
    assert QApplication.focusWidget() is contacts_page.view.part.add_button  # type: ignore[attr-defined]


def test_the_place_is_kept_and_what_is_put_right_is_gone(page: QualityPage, view: FindingsList, context: Context) -> None:
    theo = pupil_called(context.desk, "Theo")
    view.groups[BY_NEED].select(Need.CENSUS.name)
    view.table.select(next(line.id for line in view.table.rows if line.finding.pupil_id == theo.id and line.finding.rule == "no-upn"))
    row = view.table.currentIndex().row()
    page.hide()
    page.on_change(pupils.save_pupil(context.desk, dataclasses.replace(theo, upn="J91911002600A")))
    page.show()
    page.on_show()
    assert view.groups[BY_NEED].current().id == Need.CENSUS.name  # type: ignore[union-attr]
    assert "no-upn" not in {finding.rule for finding in view.findings_shown if finding.pupil_id == theo.id}
    assert view.table.currentIndex().row() == row
    assert page.focusWidget() is view.table


def test_it_looks_again_at_once_while_in_view(page: QualityPage, view: FindingsList, context: Context) -> None:
    before = len(view.findings_shown)
    ivy = pupil_called(context.desk, "Ivy")
    contacts.add_contact(context.desk, Contact(pupil_id=ivy.id, surname="Frost", relationship="PAM", mobile="07700 900001"))
    page.on_change(Changed.of("contact", ids=(ivy.id,)))
    assert "nobody-to-call" not in {finding.rule for finding in view.findings_shown if finding.pupil_id == ivy.id}
    assert len(view.findings_shown) == before  # nobody to call has become only one to call


def test_one_pupil_can_be_shown(page: QualityPage, view: FindingsList, context: Context) -> None:
    owen = pupil_called(context.desk, "Owen")
    view.gravity.set_key(Gravity.MUST.name)
    page.on_show(owen.id)
    assert view.grouping_box.key() == BY_PUPIL
    assert {finding.pupil_id for finding in view.findings_shown} == {owen.id}


def test_the_lines_in_view_are_printed(page: QualityPage, view: FindingsList, context: Context, answers: Answers) -> None:
    answers.answers.append(True)  # somebody in the list is protected
    view.groups[BY_NEED].select(Need.EMERGENCY.name)
    number = len(view.findings_shown)
    sent: list[bytes] = []
    page.paper.send = lambda data, _parent, memory=None: sent.append(data) or True  # type: ignore[func-returns-value, assignment, misc]
    page.print_()
    assert page.body.currentWidget() is page.paper
    assert page.paper.view.page_count >= 1
    page.print_()
    assert sent[0].startswith(b"%PDF")
    rows = context.desk.vault.rows("SELECT reason FROM log ORDER BY seq DESC LIMIT 1")
    assert rows[0]["reason"] == f"list of records to check printed, {number} lines"
    page.paper.closed.emit()
    assert page.body.currentWidget() is view


def test_looking_through_can_be_stopped_and_begun_again(qtbot: QtBot, context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(_desk: object, _step: object) -> None:
        raise Stopped

    monkeypatch.setattr(looking, "findings", stopped)
    page = QualityPage(context)
    qtbot.addWidget(page)
    page.on_show()
    assert page.body.currentWidget() is page.waiting
    assert page.sign.title.text() == "The records were not looked through"
    monkeypatch.undo()
    page.refresh()
    assert page.body.currentWidget() is page.view


def test_the_keyboard_goes_round(page: QualityPage, view: FindingsList, qtbot: QtBot) -> None:
    page.search()
    assert QApplication.focusWidget() is view.find_box
    qtbot.keyClick(view.find_box, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is view.table
    assert page.panes()[1] is view.groups[BY_NEED]
    view.groups[BY_NEED].setFocus()
    qtbot.keyClick(view.groups[BY_NEED], Qt.Key.Key_Return)
    assert QApplication.focusWidget() is view.table
