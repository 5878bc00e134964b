"""The page Forms: print for a class, see who is missing."""

import dataclasses
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.notices import notice_slips, notices
from pupil_desk.services.paper_forms import out, printing
from pupil_desk.services.pupils import pupils
from pupil_desk.services.unit import settings
from pupil_desk.store.tables import choices
from pupil_desk.store.tables import paper_forms as store
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.forms import FormsPage
from pupil_desk.ui.style.look import dress
from tests.services.paper_forms.office import allowed, filled
from tests.ui.pages.forms.made import FORM, mean_it, names, print_them, scan
from tests.ui.pages.made import as_role, pupil_called


def test_who_has_not_answered_is_chosen_at_first_and_a_year_narrows(page: FormsPage) -> None:
    assert names(page) == ["Bramley, Theo", "Chandra, Priya", "Dale, Owen"]
    assert page.to_print.count.text() == "3 of 3 pupils chosen"
    page.to_print.year.set_key("Year 11")
    assert names(page) == ["Chandra, Priya"]
    assert page.to_print.count.text() == "1 of 1 pupil chosen"
    page.to_print.year.set_key("")
    page.to_print.audience.set_key("everyone")
    assert names(page) == ["Ashdown, Mimi", "Bramley, Theo", "Chandra, Priya", "Dale, Owen", "Élan, Zofia"]
    page.to_print.find_box.setText("zof")
    assert names(page) == ["Élan, Zofia"]
    assert page.to_print.table.cell(0, "answer") == "On file"
    page.to_print.find_box.setText("nobody")
    assert page.to_print.empty.title.text() == "Nobody here has a name like that"


def test_forms_are_seen_before_they_are_printed_and_count_only_then(page: FormsPage, desk: Desk) -> None:
    page.print_()
    assert page.body.currentWidget() is page.paper
    assert page.paper.title.text() == "4 forms for 3 pupils"
    assert out.out(desk) == [], "what is only looked at is not out"
    page.paper.closed.emit()
    assert out.out(desk) == []
    print_them(page)
    assert len(out.missing(desk)) == 4
    assert page.body.currentWidget() is page.tabs
    assert page.tabs.tabText(3) == "&4 Not back (4)"


def test_who_gets_no_form_is_named(page: FormsPage, desk: Desk) -> None:
    alone = pupils.add_pupil(
        desk, Pupil(surname="Zander", forename="Noah", dob=date(2012, 1, 2)), Enrolment(status="C", start_date=date(2026, 9, 2))
    )
    page.refresh()
    page.print_()
    assert page.context.banner.words.startswith("No form for: Noah Zander (nobody ")
    page.paper.closed.emit()
    page.to_print.choose(FORM, frozenset({alone.id}))
    page.print_()
    assert page.context.banner.words == "No form can be printed: Noah Zander (nobody with parental responsibility is on file)."
    assert page.body.currentWidget() is page.tabs


def test_missing_forms_are_printed_again_or_given_up(page: FormsPage, desk: Desk, answers: Answers) -> None:
    forms = print_them(page)
    page.tabs.setCurrentWidget(page.not_back)
    table = page.not_back.table
    table.select(forms[0].form_id)
    page.not_back._print_again()
    assert page.body.currentWidget() is page.paper
    mean_it(page)
    page.paper.print_()
    page.tabs.setCurrentWidget(page.not_back)
    assert forms[0].form_id not in {row.id for row in table.rows}, "a later form has taken its place"
    table.selectRow(0)
    gone = table.rows[0].id
    answers.answers.append("The family has moved")
    page.not_back.give_up()
    assert gone not in {one.id for one in out.out(desk)}


def test_a_slip_is_printed_again_while_its_edition_is_current(
    page: FormsPage, desk: Desk, answers: Answers, went: list[tuple[str, str | None]]
) -> None:
    theo = pupil_called(desk, "Theo")
    letters = notices.letters_of(desk, theo.id).letters
    slips = notice_slips.slips_for(desk, letters)
    notice_slips.log_printed(desk, letters, slips.values())
    page.tabs.setCurrentWidget(page.not_back)
    table = page.not_back.table
    lost = {slip.form_id for slip in slips.values()}
    assert {row.id for row in table.rows} == lost
    table.selectAll()
    page.not_back.again_button.click()
    assert page.body.currentWidget() is page.paper
    mean_it(page)
    page.paper.print_()
    page.tabs.setCurrentWidget(page.not_back)
    held = {row.id: row.form.subject for row in table.rows}
    assert len(held) == len(letters) == 2
    assert lost.isdisjoint(held), "the later slips have taken their place"
    assert set(held.values()) == {notices.current_edition(desk).id}
    codes = {row["code"] for form_id in lost for row in store.pages_of(desk.vault, form_id)}
    assert codes.isdisjoint(row["code"] for form_id in held for row in store.pages_of(desk.vault, form_id))
    settings.save_settings(desk, dataclasses.replace(desk.settings, head="Robin Vale"))
    page.not_back.refresh()
    table.selectRow(0)
    page.not_back.again_button.click()
    assert page.body.currentWidget() is page.tabs
    assert (
        page.context.banner.words
        == "This slip goes with an older edition of the notice. Print the current notice, which has a slip of its own."
    )
    page.context.banner._button.click()
    table.selectAll()
    page.not_back.again_button.click()
    page.context.banner._button.click()
    assert went == [("notices", theo.id), ("notices", None)]
    printing.record_printed(desk, printing.make_forms(desk, FORM, [theo]).forms)
    page.not_back.refresh()
    table.selectAll()
    page.not_back.again_button.click()
    assert page.context.banner.words == "These lines are of several forms. Choose lines of one form at a time."


def test_a_form_given_up_is_waited_for_again_at_once_or_later(page: FormsPage, desk: Desk, answers: Answers) -> None:
    print_them(page)
    page.tabs.setCurrentWidget(page.not_back)
    view = page.not_back
    assert view.form_choice.findText("No longer waited for", Qt.MatchFlag.MatchStartsWith) < 0
    assert not view.wait_button.isVisible()
    gone = view.table.rows[0].id
    view.table.selectRow(0)
    answers.answers.append("The family has moved")
    view.give_up_button.click()
    assert gone not in {row.id for row in view.table.rows}
    page.context.banner._button.click()
    assert gone in {row.id for row in view.table.rows}, "undone from the line that said it"
    view.table.select(gone)
    answers.answers.append("The family has moved")
    view.give_up_button.click()
    page.context.banner.dismiss()
    view.form_choice.setCurrentIndex(view.form_choice.findText("No longer waited for (1)"))
    assert [(row.id, view.table.cell(0, "state")) for row in view.table.rows] == [(gone, "No longer waited for")]
    assert view.count.text() == "1 form no longer waited for"
    assert not view.give_up_button.isVisible()
    view.table.selectRow(0)
    view.wait_button.click()
    assert view.form_choice.key() == ""
    assert gone in {row.id for row in view.table.rows}
    assert out.given_up(desk) == []


def test_forms_are_saved_as_files_whose_names_hold_no_name(page: FormsPage, desk: Desk, answers: Answers, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    answers.answers += [True, folder]  # somebody among them is protected
    page.save_as()
    saved = sorted(path.name for path in folder.iterdir())
    assert len(saved) == 4
    assert all(name.startswith("sharing-choice-P") for name in saved)
    assert len(out.missing(desk)) == 4


def test_the_office_does_all_of_it(qtbot: QtBot, context: Context, desk: Desk, tmp_path: Path) -> None:
    context.desk = as_role(desk, Role.OFFICE)
    page = FormsPage(context)
    qtbot.addWidget(page)
    page.show()
    page.paper.send = lambda *_all, **_more: True
    page.on_show()
    (form, *_more) = print_them(page)
    page.read_in([scan(tmp_path, *filled(form, allowed(), Random(1)))])
    page.confirming.confirm()
    assert len(choices.of_pupil(desk.vault, form.form.pupil.id)) == 2


def test_a_pupil_elsewhere_changed_or_asked_for_is_followed(page: FormsPage, context: Context, went: list[tuple[str, str | None]]) -> None:
    theo = pupil_called(context.desk, "Theo")
    page.on_show(theo.id)
    assert [pupil.id for pupil in page.to_print.selected_pupils()] == [theo.id]
    table = page.to_print.table
    last = table.rows[-1].pupil
    page.on_show(last.id)
    assert page.to_print.selected_pupils() == [last]
    assert table.rows[table.currentIndex().row()].pupil == last, "not the ring on another, and the one chosen out of view"
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()).center())
    page.to_print.table.opened.emit(page.to_print.table.rows[0])
    assert went == [("pupils", page.to_print.table.rows[0].pupil.id)]
    context.news.tell(Changed.of("choice", ids=(theo.id,)))
    assert page.heading.isVisible()


def test_everything_has_words_for_a_screen_reader(
    page: FormsPage, desk: Desk, tmp_path: Path, nameless: Callable[[QWidget], list[str]]
) -> None:
    (form, *_more) = print_them(page)
    page.read_in([scan(tmp_path, *filled(form, allowed(), Random(1)), *filled(form, allowed(), Random(1)))])
    for place in range(4):
        page.tabs.setCurrentIndex(place)
        assert nameless(page) == []
    assert printing.unanswered(desk, FORM)


def test_where_the_line_is_full_the_name_to_find_stands_beside_how_many_are_chosen(page: FormsPage) -> None:
    dress(page)
    page.resize(900, 700)
    QApplication.processEvents()
    side = page.to_print
    middles = [part.mapTo(page, part.rect().center()).y() for part in (side.find_box, side.count, side.all)]
    assert max(middles) - min(middles) <= 2, "each in the middle of one line"
    assert side.find_box.mapTo(page, QPoint()).y() > side.form.mapTo(page, QPoint(0, side.form.height())).y(), "beneath the boxes"
