"""Needs, care and health in the record: filled and read back on the screen."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from pupil_desk.domain.care.health import HealthItem, Medicine
from pupil_desk.services.care import health, needs
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import pupils
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.jobs import ImmediateJobs
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.watch.memory import Memory
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.pages.pupils.record.care.health import HealthPart
from pupil_desk.ui.pages.pupils.record.care.needs import NeedsPart
from pupil_desk.ui.window import Window
from tests.ui.pages.made import pupil_called


def open_page(qtbot: QtBot, context: Context, part: str) -> PupilsPage:
    page = PupilsPage(context)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    page.on_show(pupil_called(context.desk, "Theo").id)
    page.view.turn_to(part)
    return page


def needs_of(page: PupilsPage) -> NeedsPart:
    part = page.view.part
    assert isinstance(part, NeedsPart)
    return part


def health_of(page: PupilsPage) -> HealthPart:
    part = page.view.part
    assert isinstance(part, HealthPart)
    return part


def _medicine(desk: Desk, *, controlled: bool = False) -> str:
    pupil_id = pupil_called(desk, "Theo").id
    new = Medicine(
        pupil_id=pupil_id,
        name="Ritalin",
        dose="10 mg",
        taken="At noon",
        controlled=controlled,
        consented_by="Ada",
        consented_on=date(2026, 9, 1),
    )
    health.add_medicine(desk, new)
    return pupil_id


def test_a_provision_is_added_and_the_details_say_it(qtbot: QtBot, context: Context, desk: Desk) -> None:
    page = open_page(qtbot, context, "needs")
    several = needs_of(page).current
    several.add_button.click()
    several.form.take_draft({"provision": "E", "start_date": "2 11 2026", "review_date": "1 2 2027"})
    assert page.save()
    assert several.table.cell(0, "provision") == "Education, health and care plan"
    assert pupils.record(desk, pupil_called(desk, "Theo").id).pupil.sen_provision == "E"


def test_a_rank_that_is_taken_is_said_beside_the_field(qtbot: QtBot, context: Context, desk: Desk) -> None:
    page = open_page(qtbot, context, "needs")
    part = needs_of(page)
    part.tabs.setCurrentIndex(1)
    for need, rank in (("ASD", "1"), ("SLCN", "2")):
        part.current.add_button.click()
        part.current.form.take_draft({"need": need, "rank": rank, "start_date": "2 11 2026"})
        assert page.save(), need
    part.current.form.take_draft({"rank": "1"})
    assert not page.save()
    assert [need.rank for need in needs.of_pupil(desk, pupil_called(desk, "Theo").id).needs] == [1, 2]


def test_going_to_another_list_with_changes_asks_first(qtbot: QtBot, context: Context, answers: Answers) -> None:
    page = open_page(qtbot, context, "needs")
    part = needs_of(page)
    part.current.add_button.click()
    part.current.form.take_draft({"provision": "K"})
    answers.answers.append("stay")
    part.tabs.setCurrentIndex(2)
    assert answers.questions
    assert part.tabs.currentIndex() == 0
    assert part.dirty


def test_a_dose_is_two_clicks_and_the_witness(qtbot: QtBot, context: Context, desk: Desk) -> None:
    pupil_id = _medicine(desk, controlled=True)
    page = open_page(qtbot, context, "health")
    part = health_of(page)
    part.turn_to(part.medicines)
    part.give_button.click()
    assert part.current is part.doses
    assert not page.save()
    assert part.doses.form.fields["given_by"].problem.text(), "who gave it is said by a person"
    part.doses.form.take_draft({"given_by": "Dee Marlowe", "witness": "Bo Reed"})
    page.view.save_button.click()
    (dose,) = health.of_pupil(desk, pupil_id).doses
    assert (dose.amount, dose.given_by, dose.witness) == ("10 mg", "Dee Marlowe", "Bo Reed")
    assert part.doses.table.cell(0, "medicine") == "Ritalin"


def test_without_its_witness_a_controlled_dose_is_not_kept(qtbot: QtBot, context: Context, desk: Desk) -> None:
    pupil_id = _medicine(desk, controlled=True)
    page = open_page(qtbot, context, "health")
    part = health_of(page)
    part.turn_to(part.medicines)
    part.give_button.click()
    assert not page.save()
    assert health.of_pupil(desk, pupil_id).doses == []


def test_a_wrong_dose_is_put_right_and_both_lines_stay(qtbot: QtBot, context: Context, desk: Desk) -> None:
    pupil_id = _medicine(desk)
    page = open_page(qtbot, context, "health")
    part = health_of(page)
    part.turn_to(part.medicines)
    part.give_button.click()
    part.doses.form.take_draft({"given_by": "Dee Marlowe"})
    assert page.save()
    part.doses.right_button.click()
    part.doses.form.take_draft({"was_given": "no", "reason": "Wrong pupil"})
    assert page.save()
    assert len(health.of_pupil(desk, pupil_id).doses) == 2
    states = {part.doses.table.cell(place, "state") for place in (0, 1)}
    assert states == {"wrong, put right", "puts one right, never given"}


def test_an_allergy_is_kept_with_what_to_do(qtbot: QtBot, context: Context, desk: Desk) -> None:
    page = open_page(qtbot, context, "health")
    several = health_of(page).current
    several.add_button.click()
    several.form.take_draft({"kind": "A", "what": "Peanuts", "severity": "LIFE", "emergency": "Pen.\nCall 999."})
    assert page.save()
    (item,) = health.of_pupil(desk, pupil_called(desk, "Theo").id).items
    assert item == HealthItem(id=item.id, pupil_id=item.pupil_id, kind="A", what="Peanuts", severity="LIFE", emergency="Pen.\nCall 999.")


def test_every_field_has_its_words(qtbot: QtBot, context: Context, desk: Desk, nameless) -> None:  # type: ignore[no-untyped-def]  # the fixture's type is in conftest
    _medicine(desk)
    for key in ("needs", "health"):
        page = open_page(qtbot, context, key)
        assert nameless(page) == []


def test_the_first_aid_card_is_seen_before_it_is_printed(qtbot: QtBot, context: Context, desk: Desk) -> None:
    page = open_page(qtbot, context, "health")
    page.show_card()
    assert page.right.currentWidget() is page.paper
    assert page.paper.title.text() == "First-aid card"
    assert page.paper.view.data.startswith(b"%PDF")


def test_emergency_contacts_are_those_of_the_pupils_found(qtbot: QtBot, context: Context, desk: Desk) -> None:
    page = open_page(qtbot, context, "details")
    page.list.find_box.setText("Theo")
    page.show_emergency_contacts()
    assert page.paper.title.text() == "Emergency contacts"
    rows = desk.vault.rows("SELECT object_id FROM log WHERE reason = 'emergency contacts made'")
    assert [row["object_id"] for row in rows] == [pupil_called(desk, "Theo").id]


def test_medical_notes_are_said_above_the_lists_so_that_an_empty_one_is_not_the_whole(qtbot: QtBot, context: Context, desk: Desk) -> None:
    pupils.save_pupil(desk, replace(pupil_called(desk, "Theo"), medical="Type 1 diabetes"))
    assert health_of(open_page(qtbot, context, "health")).answer.text() == "Medical notes, under Details: Type 1 diabetes"


def test_what_is_not_recorded_is_said_above_until_somebody_says_that_there_is_nothing(qtbot: QtBot, context: Context, desk: Desk) -> None:
    page = open_page(qtbot, context, "health")
    part = health_of(page)
    assert part.answer.isVisible()
    assert part.answer.text() == "Not recorded – ask the office"
    part.tabs.setCurrentIndex(len(part.lists) - 1)
    part.current.add_button.click()
    part.current.form.take_draft({"said_by": "Ada Reed, mother"})
    assert page.save()
    assert part.answer.text().startswith("Nothing is known, as Ada Reed, mother said on ")
    part.tabs.setCurrentIndex(0)
    part.current.add_button.click()
    part.current.form.take_draft({"kind": "A", "what": "Nuts", "severity": "LIFE"})
    assert page.save()
    assert not part.answer.isVisible()


def test_the_tabs_are_whole_in_a_window_of_the_usual_width(qtbot: QtBot, context: Context, tmp_path: Path) -> None:
    window = Window([PupilsPage], desk=context.desk, jobs=ImmediateJobs(), ask=Answers(), memory=Memory(tmp_path / "window.json"))
    qtbot.addWidget(window)
    window.resize(1180, 780)
    window.show()
    window.go("pupils", pupil_called(context.desk, "Theo").id)
    page = window.page
    assert isinstance(page, PupilsPage)
    page.view.turn_to("health")
    bar = health_of(page).tabs.tabBar()
    words = [bar.tabText(place).replace("&", "") for place in range(bar.count())]
    assert words == ["To know", "Medicines", "Doses", "Disabilities", "None at all"]
    assert bar.tabRect(bar.count() - 1).right() <= bar.width(), [bar.tabRect(place).right() for place in range(bar.count())]
    assert not any(arrow.isVisible() for arrow in bar.findChildren(QToolButton))
