"""What a person sees and types in a form made from the catalogue."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.domain.catalogue.items import Section
from pupil_desk.domain.catalogue.validation import Problem, check_pupil
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.suspensions.suspension import Suspension
from pupil_desk.domain.unit.settings import LEVELS_ALLOWED, UnitSettings
from pupil_desk.ui.kit.forms.editors import CodeEditor, DateEditor
from pupil_desk.ui.kit.forms.form import Form

TODAY = date(2026, 11, 24)
ZOFIA = Pupil(
    id="p1",
    ref="P0001",
    surname="Żółtowska",
    forename="Zofia",
    dob=date(2011, 8, 30),
    sex="F",
    looked_after=False,
    medical="Asthma\nPump in bag",
)


@pytest.fixture
def form(qtbot: QtBot) -> Form[Pupil]:
    made = Form(Pupil, today=TODAY, check=check_pupil)
    qtbot.addWidget(made)
    made.resize(500, 900)
    made.show()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def type_into(qtbot: QtBot, form: Form[Pupil], name: str, text: str) -> None:
    field = form.fields[name].editor.field
    field.setFocus()
    qtbot.keyClicks(field, text)


def test_from_520_pixels_there_are_two_columns_and_a_name_stands_in_one_row(qtbot: QtBot) -> None:
    contact = Form(Contact, today=TODAY)
    qtbot.addWidget(contact)
    contact.resize(520, 900)
    contact.show()
    qtbot.waitUntil(contact.isActiveWindow)

    def places(*names: str) -> list[tuple[int, int]]:
        return [(contact.fields[name].y(), contact.fields[name].x()) for name in names]

    title, forename, surname = places("title", "forename", "surname")
    assert title[0] == forename[0] == surname[0]
    assert title[1] < forename[1] < surname[1]
    assert places("relationship")[0][0] == places("order")[0][0] > title[0]
    contact.focus()
    order = []
    for _press in range(3):
        order.append(QApplication.focusWidget().accessibleName())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert order == ["Title", "Forename", "Surname (required)"]
    contact.resize(500, 900)
    qtbot.waitUntil(lambda: len({place for place, _x in places("title", "forename", "surname", "relationship")}) == 4)


def test_what_is_shown_comes_back_the_same_and_is_not_dirty(form: Form[Pupil]) -> None:
    form.show_record(ZOFIA)
    assert form.record() == ZOFIA
    assert not form.dirty
    assert form.problems() == ()


def test_every_item_has_a_field_in_the_order_of_the_catalogue_but_a_name_as_it_is_said(form: Form[Pupil]) -> None:
    assert list(form.fields)[:5] == ["forename", "surname", "middle_names", "preferred_forename", "preferred_surname"]
    assert {section.value: heading.text() for section, heading in form.headings.items()} == {
        section.value: section.value for section in form.headings
    }
    assert form.fields["surname"].label.text() == "Legal surname (required)"
    assert form.fields["middle_names"].label.text() == "Middle names"


def test_every_field_has_an_accessible_name(form: Form[Pupil]) -> None:
    for name, field in form.fields.items():
        assert field.editor.field.accessibleName().startswith(field.item.label), name


def test_everything_that_takes_the_focus_has_a_name(form: Form[Pupil], nameless: Callable[[QWidget], list[str]]) -> None:
    form.submit()
    assert nameless(form) == []


def test_typing_makes_it_dirty_and_gives_the_new_record(form: Form[Pupil], qtbot: QtBot) -> None:
    form.show_record(ZOFIA)
    with qtbot.waitSignal(form.edited):
        type_into(qtbot, form, "middle_names", "Ola")
    assert form.dirty
    record = form.record()
    assert record is not None
    assert record.middle_names == "Ola"
    assert (record.id, record.ref, record.surname) == ("p1", "P0001", "Żółtowska")


def test_a_half_typed_date_is_dirty_and_never_a_record(form: Form[Pupil]) -> None:
    form.show_record(ZOFIA)
    form.fields["dob"].editor.take_text("30 8")
    assert form.dirty
    assert form.record() is None
    assert form.submit() is None
    assert form.fields["dob"].problem.text() == "Date of birth is not a date we can read. Write it like 27/3/2007 or 27 Mar 2007."


@pytest.mark.parametrize("typed", ["27/3/07", "27 3 2007", "27 Mar 2007", "2007-03-27"])
def test_a_date_says_what_it_understood(form: Form[Pupil], qtbot: QtBot, typed: str) -> None:
    type_into(qtbot, form, "dob", typed)
    editor = form.fields["dob"].editor
    assert isinstance(editor, DateEditor)
    assert editor.box.reading_label.text() == "27 March 2007 (age 19)"
    assert editor.field.accessibleDescription() == "27 March 2007 (age 19)"


def test_an_empty_form_says_at_its_foot_and_beside_each_field_what_is_missing(form: Form[Pupil], qtbot: QtBot) -> None:
    assert form.submit() is None
    assert form.summary.heading.text() == "There is a problem"
    assert [line.words for line in form.summary.lines] == [
        "Legal forename is missing. Enter it.",
        "Legal surname is missing. Enter it.",
        "Date of birth is missing. Enter it.",
    ]
    assert form.fields["surname"].problem.text() == "Legal surname is missing. Enter it."
    assert form.summary.hasFocus()
    qtbot.waitUntil(form.fields["surname"].problem.isVisible)


def test_enter_on_the_whole_summary_leads_to_the_first_field(form: Form[Pupil], qtbot: QtBot) -> None:
    form.submit()
    assert form.summary.hasFocus()
    qtbot.keyClick(form.summary, Qt.Key.Key_Return)
    assert any(field.editor.field.hasFocus() for field in form.fields.values())


def test_a_line_of_the_summary_leads_to_its_field(form: Form[Pupil], qtbot: QtBot) -> None:
    form.submit()
    qtbot.mouseClick(form.summary.lines[2], Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is form.fields["dob"].editor.field


def test_what_is_mended_leaves_the_summary_and_the_rest_stays(form: Form[Pupil], qtbot: QtBot) -> None:
    form.submit()
    type_into(qtbot, form, "surname", "K")
    qtbot.waitUntil(lambda: len(form.summary.lines) == 2)
    assert [line.words for line in form.summary.lines] == ["Legal forename is missing. Enter it.", "Date of birth is missing. Enter it."]
    assert "surname" not in form.summary.accessibleName()
    type_into(qtbot, form, "forename", "R")
    type_into(qtbot, form, "dob", "3/5/2012")
    qtbot.waitUntil(form.summary.isHidden)


def test_a_rule_across_items_is_mended_at_either_of_them(form: Form[Pupil], qtbot: QtBot) -> None:
    form.show_record(ZOFIA)
    form.fields["upn"].editor.take_text("Y919110026001")
    form.fields["former_upn"].editor.take_text("Y919110026001")
    form.submit()
    (said,) = form.summary.problems
    other = "upn" if said.column == "former_upn" else "former_upn"
    form.fields[other].editor.take_text("")
    assert form.fields[said.column].editor.typed_text()
    qtbot.waitUntil(form.summary.isHidden)


def test_a_refusal_of_a_service_stays_until_its_own_field_is_edited(form: Form[Pupil], qtbot: QtBot) -> None:
    form.show_record(ZOFIA)
    form.show_problems([Problem("upn", "duplicate_upn", "Another pupil has this UPN. Check both.")])
    type_into(qtbot, form, "town", "Larkford")
    assert [problem.code for problem in form.summary.problems] == ["duplicate_upn"]
    form.fields["upn"].editor.take_text("")
    assert form.summary.problems == []
    qtbot.waitUntil(form.summary.isHidden)


def test_one_of_several_codes_that_begin_so_is_asked_for(qtbot: QtBot) -> None:
    form = Form(Suspension, today=TODAY)
    qtbot.addWidget(form)
    form.take_draft({"category": "SUSP", "start": "24/11/2026", "session": "AM", "sessions": "2"})
    editor = form.fields["reason_1"].editor
    assert isinstance(editor, CodeEditor)
    editor.box.setEditText("ph")
    assert form.submit() is None
    assert [line.words for line in form.summary.lines] == ["Main reason: several lines begin with “ph”. Choose one of them."]


def test_a_warning_stops_nothing_and_looks_different(form: Form[Pupil]) -> None:
    form.show_record(ZOFIA)
    form.fields["phone"].editor.take_text("7700900123")
    record = form.submit()
    assert record is not None
    assert record.phone == "7700900123"
    assert form.summary.heading.text() == "Please check"
    assert form.fields["phone"].problem.property("look") == "check"


def test_the_rule_across_items_is_asked(form: Form[Pupil]) -> None:
    form.show_record(ZOFIA)
    form.fields["upn"].editor.take_text("Y919110026001")
    form.fields["former_upn"].editor.take_text("Y919110026001")
    assert [problem.code for problem in form.problems()] == ["same_upn"]


def test_a_refusal_of_a_service_stands_at_its_field(form: Form[Pupil]) -> None:
    form.show_record(ZOFIA)
    form.show_problems([Problem("upn", "duplicate_upn", "Another pupil has this UPN. Check both.")])
    assert form.fields["upn"].problem.text() == "Another pupil has this UPN. Check both."


def test_leaving_an_unreadable_field_says_so_and_an_empty_one_not(form: Form[Pupil], qtbot: QtBot) -> None:
    type_into(qtbot, form, "upn", "A919110026001")
    form.fields["surname"].editor.field.setFocus()
    assert "the first letter does not fit" in form.fields["upn"].problem.text()
    form.fields["forename"].editor.field.setFocus()
    assert form.fields["surname"].problem.text() == ""


def test_leaving_a_box_of_codes_undecided_says_so_at_once(qtbot: QtBot) -> None:
    """A «p» stayed in the box and nothing was said until it was to be saved."""
    form = Form(Suspension, today=TODAY)
    qtbot.addWidget(form)
    form.show()
    qtbot.waitUntil(form.isActiveWindow)
    field = form.fields["reason_1"]
    field.editor.field.setFocus()
    qtbot.keyClicks(field.editor.field, "p")
    qtbot.keyClick(field.editor.box.completer().popup(), Qt.Key.Key_Tab)  # type: ignore[attr-defined]
    words = "Main reason: several lines begin with “p”. Choose one of them."
    qtbot.waitUntil(lambda: field.problem.text() == words)


def test_yes_no_not_known(form: Form[Pupil], qtbot: QtBot) -> None:
    form.show_record(ZOFIA)
    editor = form.fields["looked_after"].editor
    assert editor.typed_text() == "no"
    editor.field.setFocus()
    qtbot.keyClick(editor.field, Qt.Key.Key_Left)
    record = form.record()
    assert record is not None
    assert record.looked_after is True
    editor.take_text("")
    record = form.record()
    assert record is not None
    assert record.looked_after is None


def test_tab_leaves_the_notes(form: Form[Pupil], qtbot: QtBot) -> None:
    notes = form.fields["medical"].editor.field
    notes.setFocus()
    qtbot.keyClick(notes, Qt.Key.Key_Tab)
    assert not notes.hasFocus()
    assert form.fields["medical"].editor.typed_text() == ""


def test_a_draft_goes_out_and_back(form: Form[Pupil]) -> None:
    form.show_record(ZOFIA)
    form.fields["dob"].editor.take_text("30 8")
    form.fields["sex"].editor.take_text("M")
    draft = form.draft()
    assert draft == {"dob": "30 8", "sex": "M"}
    form.show_record(ZOFIA)
    form.take_draft(draft)
    assert form.dirty
    assert form.draft() == draft


def test_put_back(form: Form[Pupil]) -> None:
    form.show_record(ZOFIA)
    form.fields["surname"].editor.take_text("")
    form.submit()
    form.put_back()
    assert not form.dirty
    assert form.summary.isHidden()
    assert form.fields["surname"].problem.isHidden()


def test_a_held_code_that_is_retired_or_unknown_stays_until_it_is_changed(form: Form[Pupil]) -> None:
    odd = Pupil(id="p2", surname="A", forename="B", dob=date(2011, 1, 1), ethnicity="ZZZZ")
    form.show_record(odd)
    assert form.record() == odd
    form.fields["ethnicity"].editor.take_text("YYYY")
    assert form.record() is None


def test_read_only_cannot_be_typed_into(form: Form[Pupil], qtbot: QtBot) -> None:
    form.show_record(ZOFIA)
    form.set_readonly(True)
    for name in ("surname", "dob", "sex", "medical"):
        type_into(qtbot, form, name, "x")
    assert form.record() == ZOFIA


def test_sections_restrict_what_is_shown_and_not_what_is_kept(qtbot: QtBot) -> None:
    form = Form(Pupil, today=TODAY, sections=[Section.ADDRESS])
    qtbot.addWidget(form)
    form.show_record(ZOFIA)
    assert "surname" not in form.fields
    form.fields["town"].editor.take_text("Larkford")
    record = form.record()
    assert record is not None
    assert (record.town, record.surname, record.medical) == ("Larkford", "Żółtowska", "Asthma\nPump in bag")


def test_two_columns_where_there_is_room_one_where_not(form: Form[Pupil]) -> None:
    assert form.fields["forename"].x() == form.fields["surname"].x()
    form.resize(900, 900)
    QApplication.processEvents()
    assert form.fields["forename"].x() < form.fields["surname"].x()
    assert form.fields["preferred_forename"].y() == form.fields["preferred_surname"].y() > form.fields["middle_names"].y()
    assert form.fields["forename"].y() == form.fields["surname"].y()


class TestSettings:
    @pytest.fixture
    def settings(self, qtbot: QtBot) -> Form[UnitSettings]:
        form = Form(UnitSettings, today=TODAY)
        qtbot.addWidget(form)
        return form

    def test_a_new_one_starts_with_what_is_proposed(self, settings: Form[UnitSettings]) -> None:
        for name, text in {"name": "Larkshire Unit", "la": "919", "estab": "1100"}.items():
            settings.fields[name].editor.take_text(text)
        assert settings.record() == UnitSettings(name="Larkshire Unit", la="919", estab="1100")

    def test_a_list_can_be_restricted(self, settings: Form[UnitSettings]) -> None:
        settings.limit_codes("unasked_post_16", LEVELS_ALLOWED["unasked_post_16"])
        editor = settings.fields["unasked_post_16"].editor
        assert isinstance(editor, CodeEditor)
        offered = [editor.box.itemText(place) for place in range(editor.box.count())]
        assert offered == ["", "Nothing", "Full"]
        assert editor.typed_text() == "none"

    def test_what_always_has_a_value_cannot_be_emptied(self, settings: Form[UnitSettings]) -> None:
        settings.show_record(UnitSettings(name="Larkshire Unit", la="919", estab="1100"))
        settings.fields["lock_minutes"].editor.take_text("")
        assert [problem.code for problem in settings.problems()] == ["missing"]
