"""One pupil's choices: found, recorded in three keys, and told in words."""

import dataclasses
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pupil_desk.domain.sharing.choice import Choice
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports import undoing
from pupil_desk.services.imports.past import past_imports
from pupil_desk.services.imports.run import run_import
from pupil_desk.services.pupils import contacts, pupils
from pupil_desk.services.sharing import sharing
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.editors import CodeEditor
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.sharing import SharingPage
from pupil_desk.ui.pages.sharing.choice import ChoicePanel
from pupil_desk.ui.window import Window
from tests.ui.pages.made import as_role, pupil_called

NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> SharingPage:
    return opened(qtbot, context)


def opened(qtbot: QtBot, context: Context) -> SharingPage:
    made = SharingPage(context)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.on_show()
    return made


def find(qtbot: QtBot, page: SharingPage, text: str) -> ChoicePanel:
    qtbot.keyClicks(page.pupil_view.find_box, text)
    qtbot.keyClick(page.pupil_view.find_box, Qt.Key.Key_Return)
    return page.pupil_view.panel


def find_mother(qtbot: QtBot, page: SharingPage) -> ChoicePanel:
    """Theo, with his mother chosen as the one of his two parents who said it."""
    panel = find(qtbot, page, "bram")
    panel.giver_fields.giver.setCurrentText("Ms Joanna Bramley")
    return panel


def press(qtbot: QtBot, page: SharingPage, keys: str) -> None:
    """Type into whatever has the focus; Ctrl+S is the window's, which asks the page to save."""
    for key in keys:
        focused = page.window().focusWidget()
        assert focused is not None
        qtbot.keyClicks(focused, key)


def words(panel: ChoicePanel) -> list[str]:
    return [line.words for line in panel.form.summary.lines]


def test_on_arrival_the_cursor_is_in_the_find_box_and_those_on_roll_are_listed(page: SharingPage, desk: Desk) -> None:
    assert page.pupil_view.find_box.hasFocus()
    table = page.pupil_view.matches_table
    assert [(table.cell(place, "name"), table.cell(place, "now")) for place in range(len(table.rows))] == [
        ("Ashdown, Mia (Mimi)", "Nothing"),
        ("Bramley, Theo", "Minimum"),
        ("Chandra, Priya", "Minimum"),
        ("Dale, Owen", "Minimum"),
        ("Élan, Zofia", "Full"),
    ]
    assert not [row for row in desk.vault.rows("SELECT action FROM log") if row["action"] == "view"]


def test_a_signed_form_is_recorded_in_three_keys_once_it_is_said_whose(
    qtbot: QtBot, page: SharingPage, desk: Desk, context: Context
) -> None:
    panel = find_mother(qtbot, page)
    press(qtbot, page, "rl")
    panel.giver_fields.giver.setCurrentIndex(0)
    assert panel.giver_fields.giver.currentText() == "Choose one", "of two parents none is taken as read"
    assert not page.save()
    assert words(panel) == ["Choose who said it."]
    panel.giver_fields.giver.setCurrentText("Ms Joanna Bramley")
    assert page.save()
    theo = pupil_called(desk, "Theo")
    kept = sharing.timeline(desk, theo.id).choices
    assert {(c.recipient, c.choice) for c in kept} == {("youth-support", "restrict"), ("post-16", "allow")}
    assert {(c.by, c.on, c.giver, c.channel) for c in kept} == {("parent", desk.today, "Ms Joanna Bramley", "form")}
    assert context.banner.words == "Recorded. Youth support service: minimum, as before; Post-16 providers: nothing → full"
    assert page.pupil_view.find_box.hasFocus()
    assert not panel.dirty


def test_in_the_window_five_keys_and_ready_for_the_next(qtbot: QtBot, context: Context, desk: Desk) -> None:
    window = Window([SharingPage], desk=desk, jobs=context.jobs, ask=context.ask, memory=context.memory)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.go("sharing")
    keys: list[tuple[Qt.Key, Qt.KeyboardModifier]] = [(Qt.Key(ord(letter)), NONE) for letter in "BRAM"]
    to_the_mother = [(Qt.Key.Key_Return, NONE), (Qt.Key.Key_M, NONE)]
    after_finding = [(Qt.Key.Key_R, NONE), (Qt.Key.Key_L, NONE), *to_the_mother, (Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)]
    for key, modifier in [*keys, (Qt.Key.Key_Return, NONE), *after_finding, (Qt.Key.Key_D, NONE)]:
        qtbot.keyClick(window.focusWidget(), key, modifier)
    assert window.banner.words == "Recorded. Youth support service: minimum, as before; Post-16 providers: nothing → full"
    assert len(sharing.timeline(desk, pupil_called(desk, "Theo").id).choices) == 2
    page = window.page
    assert isinstance(page, SharingPage)
    assert page.pupil_view.find_box.text() == "d"
    assert window.windowTitle() == "Sharing – Pupil Desk"


def test_the_answers_of_one_form_are_one_transaction(qtbot: QtBot, page: SharingPage, desk: Desk, context: Context) -> None:
    zofia = pupil_called(desk, "Zofia")
    sharing.record_choices(
        desk,
        [Choice(pupil_id=zofia.id, recipient="post-16", choice="allow", by="parent", on=desk.today, giver="Halina Élan", channel="form")],
    )
    panel = find(qtbot, page, "elan")
    press(qtbot, page, "r")
    panel.answers["post-16"].set_key("allow")
    assert not page.save()
    assert context.banner.words == "This choice is on file already. Nothing was added."
    assert len(sharing.timeline(desk, zofia.id).choices) == 2


def test_what_would_change_is_shown_at_once(qtbot: QtBot, page: SharingPage) -> None:
    panel = find(qtbot, page, "zof")
    assert panel.effect.isHidden()
    press(qtbot, page, "r")
    assert panel.effect.text() == "Youth support service: full → minimum"
    assert panel.summary_label.text() == "Said by Halina Élan as parent, 24 November 2026, signed form."
    press(qtbot, page, "a")
    assert panel.effect.text() == "Youth support service: full, as before"
    press(qtbot, page, "e")
    assert panel.effect.text() == "Youth support service: full, as before\nPost-16 providers: nothing, as before"


def test_enter_goes_on_to_record(qtbot: QtBot, page: SharingPage) -> None:
    panel = find_mother(qtbot, page)
    press(qtbot, page, "r")
    qtbot.keyClick(panel.answers["youth-support"].buttons["restrict"], Qt.Key.Key_Return)
    assert panel.record_button.hasFocus()


def test_from_16_it_is_the_pupils_own(qtbot: QtBot, page: SharingPage, desk: Desk) -> None:
    panel = find(qtbot, page, "dale")
    assert panel.form.fields["by"].editor.typed_text() == "pupil"
    press(qtbot, page, "a")
    assert panel.effect.text() == "Youth support service: minimum → full"
    assert panel.givers() == ["Owen Dale"]
    panel.form.take_draft({"by": "parent"})
    assert panel.givers() == ["Carys Dale"]
    assert panel.effect.text() == "From 1 June 2026, the 16th birthday, the choice is the pupil’s own."
    assert not page.save()
    assert words(panel) == ["From 1 June 2026, the 16th birthday, the choice is the pupil’s own."]
    assert "the 16th birthday" in panel.form.fields["by"].problem.text()
    assert sharing.timeline(desk, pupil_called(desk, "Owen").id).choices == []


def test_a_day_to_come_is_refused_in_place(qtbot: QtBot, page: SharingPage) -> None:
    panel = find_mother(qtbot, page)
    press(qtbot, page, "r")
    panel.form.take_draft({"on": "25/11/2026"})
    assert not page.save()
    assert words(panel) == ["The day lies in the future. Enter the day it was said or signed."]


def test_nothing_chosen_is_said(qtbot: QtBot, page: SharingPage) -> None:
    panel = find(qtbot, page, "bram")
    assert not panel.record_button.isEnabled()
    panel.form.take_draft({"note": "Form in file 3"})
    assert panel.record_button.isEnabled()
    assert not page.save()
    assert words(panel) == ["Choose Restrict or Allow for at least one of the two."]


def test_the_giver_is_picked_from_those_who_may_and_never_one_under_an_order(qtbot: QtBot, page: SharingPage) -> None:
    panel = find(qtbot, page, "bram")
    assert panel.givers() == ["Ms Joanna Bramley", "Alan Bramley"]
    panel.giver_fields.giver.setCurrentText("Alan Bramley")
    assert panel.giver_fields.name == "Alan Bramley"
    assert panel.dirty
    panel.put_back()
    find(qtbot, page, "chandra")
    assert panel.givers() == ["Dr Meera Chandra"]
    assert [badge.words for badge in page.pupil_view.head.badges if "Vikram" in badge.words] == ["Order or restriction: Mr Vikram Chandra"]


def test_givers_stay_in_the_order_of_the_contacts_after_one_has_spoken(qtbot: QtBot, page: SharingPage) -> None:
    panel = find_mother(qtbot, page)
    press(qtbot, page, "r")
    assert page.save()
    assert panel.givers() == ["Ms Joanna Bramley", "Alan Bramley"]


def test_the_office_records_a_form_and_sees_who_records_the_rest(qtbot: QtBot, context: Context, desk: Desk) -> None:
    context.desk = as_role(desk, Role.OFFICE)
    page = opened(qtbot, context)
    panel = find_mother(qtbot, page)
    editor = panel.form.fields["channel"].editor
    assert isinstance(editor, CodeEditor)
    able = {
        editor.box.itemData(place): bool(editor.box.model().flags(editor.box.model().index(place, 0)) & Qt.ItemFlag.ItemIsEnabled)
        for place in range(editor.box.count())
    }
    assert able == {"": True, "form": True, "letter": False, "email": False, "phone": False, "in-person": False}
    press(qtbot, page, "r")
    panel.form.take_draft({"channel": "phone"})
    assert not page.save()
    assert words(panel) == ["Your role records choices from a signed form only. Ask: assistant head and data officer."]
    panel.form.take_draft({"channel": "form"})
    assert page.save()


def test_what_is_told_today_and_what_was_said(qtbot: QtBot, page: SharingPage) -> None:
    find(qtbot, page, "zof")
    what, why = page.pupil_view.answers["youth-support"]
    assert what.text() == "Youth support service: full"
    assert why.text() == "Halina Élan allowed it on 14 September 2026. Decided by: a parent."
    (said,) = page.pupil_view.timeline.texts()
    assert said.startswith("14 September 2026: Youth support service: allowed. Halina Élan, as a parent. Signed form. Form in file 3.")
    assert said.endswith("by Dee Marlowe.")


def test_a_pupil_not_on_roll_is_found_and_nothing_is_told(qtbot: QtBot, page: SharingPage) -> None:
    panel = find(qtbot, page, "harlow")
    what, why = page.pupil_view.answers["youth-support"]
    assert (what.text(), why.text()) == ("Youth support service: nothing, not on roll", "Not on the unit’s roll.")
    press(qtbot, page, "r")
    assert panel.effect.text() == "Youth support service: nothing is told, for the pupil is not on roll. The choice is kept."


def test_another_pupil_asks_once(qtbot: QtBot, page: SharingPage, answers: Answers) -> None:
    find(qtbot, page, "bram")
    press(qtbot, page, "r")
    answers.answers.append("stay")
    find(qtbot, page, "dale")
    assert page.pupil_view.head.title.text() == "Theo Bramley"
    assert page.dirty
    answers.answers.append("discard")
    qtbot.keyClick(page.pupil_view.find_box, Qt.Key.Key_Return)
    assert page.pupil_view.head.title.text() == "Owen Dale"
    assert not page.dirty


def test_the_other_half_asks_too(qtbot: QtBot, page: SharingPage, answers: Answers) -> None:
    find_mother(qtbot, page)
    press(qtbot, page, "r")
    answers.answers.append("stay")
    page.tabs.setCurrentWidget(page.all_pupils)
    assert page.tabs.currentWidget() is page.pupil_view
    answers.answers.append("save")
    page.tabs.setCurrentWidget(page.all_pupils)
    assert page.tabs.currentWidget() is page.all_pupils
    assert page.all_pupils.table.cell(1, "decided") == "A parent"


def test_escape_puts_back_and_can_be_undone(qtbot: QtBot, page: SharingPage, context: Context) -> None:
    panel = find(qtbot, page, "bram")
    press(qtbot, page, "r")
    qtbot.keyClick(panel.answers["youth-support"].buttons["restrict"], Qt.Key.Key_Escape)
    assert not page.dirty
    context.banner._button.click()
    assert panel.answers["youth-support"].key == "restrict"


def test_a_draft_comes_back_after_a_lock(qtbot: QtBot, page: SharingPage, context: Context) -> None:
    panel = find(qtbot, page, "bram")
    press(qtbot, page, "r")
    panel.form.take_draft({"note": "Form in file 3", "on": "12/11/2026"})
    draft = page.draft()
    assert draft is not None
    later = opened(qtbot, context)
    later.take_draft(draft)
    assert later.pupil_view.head.title.text() == "Theo Bramley"
    assert later.draft() == draft


def test_the_form_is_previewed_and_its_printing_logged(qtbot: QtBot, page: SharingPage, desk: Desk) -> None:
    assert page.heading.button_of("print").toolTip() == "Find a pupil first."
    find(qtbot, page, "bram")
    page.heading.button_of("print").click()
    assert page.body.currentWidget() is page.paper
    assert page.paper.title.text() == "2 forms for 1 pupil"
    assert page.paper.view.data.startswith(b"%PDF")
    page.paper.send = lambda *_all, **_more: True
    page.paper.print_button.click()
    assert [row["action"] for row in desk.vault.rows("SELECT action FROM log")][-1] == "print-form"


def test_no_form_says_why(qtbot: QtBot, page: SharingPage, context: Context, desk: Desk) -> None:
    page._open(pupil_called(desk, "Ivy").id)
    page.print_()
    ivy = pupil_called(desk, "Ivy").full_name
    assert context.banner.words == f"No form can be printed: {ivy} (nobody with parental responsibility is on file)."
    priya = pupil_called(desk, "Priya")
    mother = next(contact for contact in pupils.record(desk, priya.id).contacts if contact.forename == "Meera")
    contacts.save_contact(desk, dataclasses.replace(mother, parental_responsibility=False))
    page._open(priya.id)
    page.print_()
    words = "No form can be printed: Mr Vikram Chandra, for Priya Chandra (under an order or restriction: gets no notice)."
    assert context.banner.words == words


def test_forms_for_all_not_asked_yet(page: SharingPage) -> None:
    page.print_all()
    assert page.paper.title.text() == "4 forms for 3 pupils"


def test_arriving_for_a_pupil_opens_it(qtbot: QtBot, context: Context, desk: Desk, went: list[tuple[str, str | None]]) -> None:
    page = opened(qtbot, context)
    page.on_show(pupil_called(desk, "Theo").id)
    assert page.pupil_view.head.title.text() == "Theo Bramley"
    page.heading.button_of("record").click()
    assert went == [("pupils", pupil_called(desk, "Theo").id)]


def test_a_word_that_was_not_theirs_is_told_so(qtbot: QtBot, page: SharingPage, desk: Desk) -> None:
    zofia = pupil_called(desk, "Zofia")
    pupils.save_pupil(desk, dataclasses.replace(zofia, dob=date(2010, 1, 15)))
    page.on_show(zofia.id)
    assert "Not theirs to choose on that day: it decides nothing." in page.pupil_view.timeline.texts()[0]


def test_a_choice_that_an_undone_import_brought_is_shown_as_taken_back(qtbot: QtBot, context: Context, desk: Desk) -> None:
    mia = pupil_called(desk, "Mia")
    row = f"{mia.upn},youth-support,restrict,parent,10/09/2026,form"
    run_import(desk, "choices", f"upn,recipient,choice,by,on,channel\n{row}\n".encode())
    undoing.undo(desk, past_imports(desk)[0].id)
    page = opened(qtbot, context)
    find(qtbot, page, "Mia")
    (told,) = [text for text in page.pupil_view.timeline.texts() if "Taken back" in text]
    assert "and counts for nothing: Import undone." in told
