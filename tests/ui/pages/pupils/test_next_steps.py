"""Learning, destinations, the end of a stay, another address and the admission register, as the person meets them."""

from datetime import date

from pytestqt.qtbot import QtBot

from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.services.desk import Desk
from pupil_desk.services.learning import next_steps
from pupil_desk.services.pupils import pupils
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.pages.pupils.record.details import DetailsPart
from pupil_desk.ui.pages.pupils.record.next_steps import DestinationsPart, LearningPart
from pupil_desk.ui.pages.pupils.record.stays import StaysPart
from tests.ui.pages.made import pupil_called


def open_page(qtbot: QtBot, context: Context, forename: str, part: str) -> PupilsPage:
    page = PupilsPage(context)
    qtbot.addWidget(page)
    page.resize(1100, 760)
    page.show()
    page.on_show(pupil_called(context.desk, forename).id)
    page.view.turn_to(part)
    return page


def test_learning_is_added_and_then_corrected(qtbot: QtBot, context: Context, desk: Desk) -> None:
    page = open_page(qtbot, context, "Owen", "learning")
    part = page.view.part
    assert isinstance(part, LearningPart)
    part.add_button.click()
    part.form.take_draft({"kind": "qualification", "title": "Award in Sport", "level": "Level 1"})
    assert page.save()
    assert (part.table.cell(0, "title"), part.table.cell(0, "kind")) == ("Award in Sport", "Qualification")
    part.form.take_draft({"result": "Pass"})
    assert page.save()
    (kept,) = next_steps.learning_of_pupil(desk, pupil_called(desk, "Owen").id)
    assert (kept.result, kept.start) == ("Pass", desk.today)
    assert part.table.cell(0, "result") == "Pass"


def test_a_destination_is_added_and_what_is_missing_is_said(qtbot: QtBot, context: Context, desk: Desk) -> None:
    page = open_page(qtbot, context, "Owen", "destinations")
    part = page.view.part
    assert isinstance(part, DestinationsPart)
    part.add_button.click()
    part.form.take_draft({"kind": "actual", "activity": "310"})
    assert page.save()
    assert [line.words for line in part.form.summary.lines] == [
        "The day on which this was confirmed is missing. Enter it when it is known."
    ]
    assert part.table.cell(0, "activity") == "Apprenticeship"
    assert [one.kind for one in next_steps.destinations_of_pupil(desk, pupil_called(desk, "Owen").id)] == ["actual"]


def test_a_leaver_of_school_age_is_kept_and_the_ground_asked_for(qtbot: QtBot, context: Context) -> None:
    page = open_page(qtbot, context, "Theo", "stays")
    part = page.view.part
    assert isinstance(part, StaysPart)
    part.close_button.click()
    assert page.save()
    assert any("grounds of the law" in line.words for line in part.form.summary.lines)


def test_returning_to_the_main_school_asks_for_the_day_and_ends_the_stay(
    qtbot: QtBot, context: Context, desk: Desk, answers: Answers
) -> None:
    pupil = pupil_called(desk, "Owen")
    page = open_page(qtbot, context, "Owen", "stays")
    part = page.view.part
    assert isinstance(part, StaysPart)
    assert not part.return_button.isEnabled()
    part.form.take_draft({"status": "S", "main_school": "919/4001"})
    assert page.save()
    assert part.return_button.isEnabled()
    answers.answers.append(None)
    part.return_button.click()
    assert pupils.record(desk, pupil.id).stays[0].end_date is None
    answers.answers.append("23/11/2026")
    part.return_button.click()
    stay = pupils.record(desk, pupil.id).stays[0]
    assert (stay.end_date, stay.deletion_ground, stay.next_school) == (date(2026, 11, 23), "9(1)(c)", "919/4001")
    assert part.table.cell(0, "end") == "23 Nov 2026"
    assert not part.return_button.isEnabled()


def test_another_address_asks_from_when_and_the_one_before_is_shown(qtbot: QtBot, context: Context, desk: Desk) -> None:
    page = open_page(qtbot, context, "Theo", "details")
    part = page.view.part
    assert isinstance(part, DetailsPart)
    assert not part.address_move.isVisible()
    part.form.take_draft({"address_1": "7 New Street", "postcode": "AL28 3QN"})
    assert part.address_move.isVisible()
    part.address_move.day.set_text("soon")
    assert not page.save()
    part.address_move.day.set_text("2 11 2026")
    part.address_move.informant_box.setText("Ms Bramley")
    assert page.save()
    assert not part.address_move.isVisible()
    (before,) = pupils.earlier_addresses(desk, pupil_called(desk, "Theo").id)
    assert (before.moved_on, before.told_by) == (date(2026, 11, 2), "Ms Bramley")
    assert part.before.text() == (
        "Earlier addresses\n4 Larch Way, Larkfield, AL28 2QN: until the move on 2 November 2026 (told by Ms Bramley)"
    )


def test_a_typed_move_survives_as_a_draft(qtbot: QtBot, context: Context) -> None:
    page = open_page(qtbot, context, "Theo", "details")
    part = page.view.part
    assert isinstance(part, DetailsPart)
    part.form.take_draft({"postcode": "AL28 3QN"})
    part.address_move.day.set_text("2 11 2026")
    draft = page.draft()
    assert draft is not None
    page.discard()
    assert part.address_move.draft() == {}
    page.take_draft(draft)
    assert part.address_move.isVisible()
    assert part.address_move.day.day() == date(2026, 11, 2)


def test_the_admission_register_is_made_shown_and_left(qtbot: QtBot, context: Context, answers: Answers) -> None:
    page = open_page(qtbot, context, "Theo", "details")
    page.show_admission()
    view = page.admission
    assert (view.since.day(), view.until.day()) == (date(2026, 9, 1), date(2026, 11, 24))
    view.until.set_text("1 8 2026")
    view.make()
    assert view.problem.text() == "The last day is before the first. Correct one of the two."
    view.until.set_text("24 11 2026")
    view.make()
    assert view.paper.view.data.startswith(b"%PDF")
    sent: list[bytes] = []
    view.paper.send = lambda data, *_all, **_more: bool(sent.append(data)) or True
    answers.answers += [False, True]
    view.print_()
    assert not sent
    assert "Priya Chandra: address withheld" in answers.questions[-1].text
    view.print_()
    assert sent == [view.paper.view.data]
    view.paper.close_button.click()
    assert not view.paper.view.data
    view.back_button.click()
    assert page.right.currentWidget() is page.view


def test_nobody_protected_no_question(qtbot: QtBot, context: Context, desk: Desk) -> None:
    page = open_page(qtbot, context, "Theo", "details")
    priya = pupil_called(desk, "Priya")
    (stay,) = pupils.record(desk, priya.id).stays
    pupils.save_stay(desk, Enrolment(id=stay.id, pupil_id=priya.id, status="G", start_date=stay.start_date))
    page.show_admission()
    page.admission.make()
    page.admission.paper.send = lambda *_all, **_more: True
    page.admission.print_()
    assert not page.admission.paper.guard


def test_every_field_of_these_parts_has_words(qtbot: QtBot, context: Context, nameless: object) -> None:
    page = open_page(qtbot, context, "Owen", "learning")
    page.show_admission()
    assert callable(nameless)
    assert nameless(page) == []
