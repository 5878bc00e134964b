"""The part of the record with assessments: entered in one sitting, corrected, withdrawn, printed as a report."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pupil_desk.domain.learning.assessment import Assessment
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.learning import assessments
from pupil_desk.services.pupils import pupils
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.pages.pupils.record.assessing.assessments import AssessingPart, AssessmentsPart
from tests.ui.pages.made import as_role, pupil_called
from tests.ui.pages.pupils.test_parts import open_page


def enter(desk: Desk, forename: str, result: str, day: date, **more: object) -> None:
    made = {"stage": "KS4", "subject": "MAT", "method": "TA", "component": "GCSE", "status": "I"} | more
    assessments.add(desk, Assessment(pupil_id=pupil_called(desk, forename).id, result=result, date=day, **made))  # type: ignore[arg-type]


@pytest.fixture
def page(qtbot: QtBot, context: Context, desk: Desk) -> PupilsPage:
    enter(desk, "Priya", "3", date(2026, 9, 18))
    enter(desk, "Priya", "4", date(2026, 11, 6))
    enter(desk, "Priya", "5", date(2026, 9, 18), status="T")
    return open_page(qtbot, context, "Priya", "assessments")


def part_of(page: PupilsPage) -> AssessmentsPart:
    part = page.view.part
    assert isinstance(part, AssessingPart)
    return part.results


def shown(part: AssessmentsPart) -> list[tuple[str, str, str]]:
    return [
        (part.table.cell(row, "what"), part.table.cell(row, "result"), part.table.cell(row, "status"))
        for row in range(len(part.table.rows))
    ]


def test_what_counts_is_shown_and_what_stood_before_on_request(page: PupilsPage) -> None:
    part = part_of(page)
    now = [("Mathematics, GCSE", "4", "Interim result"), ("Mathematics, GCSE", "5", "Target")]
    assert shown(part) == now
    assert part.earlier_box.text() == "S&how earlier entries (1)"
    part.earlier_box.click()
    assert shown(part) == [*now, ("Mathematics, GCSE", "3", "Interim result – earlier")]
    part.earlier_box.click()
    assert shown(part) == now


def test_what_stood_before_comes_into_view_without_moving_a_button(page: PupilsPage) -> None:
    part = part_of(page)
    page.window().resize(1366, 768)

    def places() -> list[QPoint]:
        QApplication.processEvents()
        return [act.mapTo(part, QPoint(0, 0)) for act in (part.add_button, part.earlier_box)]

    for number in range(3):
        enter(page.context.desk, "Priya", "4", date(2026, 9, 19 + number))
    part.show_record(page.context.attempt(lambda: pupils.record(page.context.desk, part.record.pupil.id)))  # type: ignore[arg-type,union-attr]
    before = places()
    for rows in (6, 2):
        part.earlier_box.click()
        assert (len(part.table.rows), places()) == (rows, before)


def test_several_results_are_entered_in_one_sitting(qtbot: QtBot, context: Context, desk: Desk) -> None:
    page = open_page(qtbot, context, "Theo", "assessments")
    part = part_of(page)
    part.add_button.click()
    part.form.take_draft({"stage": "KS3", "method": "TA", "subject": "Maths", "component": "Baseline", "result": "12", "date": "18/9/2026"})
    assert page.save()
    assert part.title.text() == "Next entry, of the same sitting"
    assert page.view.state.text().startswith("Saved"), "nothing of the next is typed yet"
    assert [part.form.fields[name].editor.typed_text() for name in ("subject", "result", "component", "date")] == [
        "",
        "",
        "BASELINE",
        "18 9 2026",
    ]
    assert part.focusWidget() is part.form.fields["subject"].editor.field
    assert not page.dirty
    part.form.take_draft({"subject": "Reading", "result": "9"})
    assert page.save()
    part.done_button.click()
    assert shown(part) == [("Mathematics, Baseline", "12", "Result"), ("Reading, Baseline", "9", "Result")]
    assert not part.adding


def test_a_result_outside_its_set_is_said_at_the_field(page: PupilsPage) -> None:
    part = part_of(page)
    part.table.selectRow(0)
    part.form.take_draft({"result": "A*"})
    assert not page.save()
    assert part.form.fields["result"].problem.text().startswith("The result is not one of those allowed here: 9 to 1, U, X.")


def test_a_correction_keeps_what_stood(page: PupilsPage, desk: Desk) -> None:
    part = part_of(page)
    part.table.selectRow(0)
    part.form.take_draft({"result": "6"})
    assert page.save()
    assert shown(part)[0] == ("Mathematics, GCSE", "6", "Interim result")
    part.earlier_box.click()
    assert ("Mathematics, GCSE", "4", "Interim result – corrected since") in shown(part)


def test_an_entry_is_withdrawn_with_the_reason(page: PupilsPage, answers: Answers, desk: Desk) -> None:
    part = part_of(page)
    assert not part.withdraw_button.isEnabled(), "no entry is acted on that nobody chose"
    part.table.selectRow(0)
    answers.answers.append("Another pupil’s")
    part.withdraw_button.click()
    assert answers.questions[-1].text.startswith("Priya Chandra. Mathematics, GCSE: 4.")
    assert shown(part)[0] == ("Mathematics, GCSE", "3", "Interim result")
    withdrawn = [e for e in assessments.history(desk, pupil_called(desk, "Priya").id) if e.withdrawal_reason]
    assert [(e.record.result, e.withdrawal_reason) for e in withdrawn] == [("4", "Another pupil’s")]
    part.earlier_box.click()
    part.table.selectRow(2)
    assert not part.withdraw_button.isEnabled()


def test_the_report_of_a_household_is_seen_before_it_is_printed(page: PupilsPage, desk: Desk, answers: Answers) -> None:
    answers.answers.append(True)  # the pupil is protected
    part = part_of(page)
    part.report_button.click()
    assert part.report.paper.isVisible()
    assert not part.table.isVisible()
    part.report.paper.send = lambda *_a, **_k: True
    part.report.paper.print_()
    last = desk.vault.rows("SELECT action, reason FROM log ORDER BY seq DESC LIMIT 1")[0]
    assert (last["action"], last["reason"]) == ("print-form", "progress-report")
    part.report.paper.close_button.click()
    assert part.table.isVisible()


def test_with_two_households_it_asks_which(qtbot: QtBot, context: Context, answers: Answers) -> None:
    part = part_of(open_page(qtbot, context, "Theo", "assessments"))
    answers.answers.append("none")
    part.report_button.click()
    assert answers.questions[-1].offers == ("0", "1", "none")
    assert not part.report.paper.isVisible()


def test_a_scale_of_our_own_is_set_in_two_questions(page: PupilsPage, answers: Answers, desk: Desk) -> None:
    answers.answers += ["Larkfield reading", "Starting, Getting there, Secure"]
    part_of(page).scale_button.click()
    (scale,) = assessments.scales(desk)
    assert (scale.name, scale.values) == ("Larkfield reading", ("Starting", "Getting there", "Secure"))


def test_the_office_does_not_set_scales(qtbot: QtBot, context: Context, desk: Desk) -> None:
    import dataclasses

    office = dataclasses.replace(context, desk=as_role(desk, Role.OFFICE))
    part = part_of(open_page(qtbot, office, "Theo", "assessments"))
    assert part.add_button.isEnabled()
    assert not part.scale_button.isEnabled()
