"""An erasure by two people, from due to certificate, and what stops one."""

import dataclasses
from datetime import date, timedelta

from pupil_desk.basics.clock import FixedClock
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.erasure.cases import State
from pupil_desk.services.pupils import pupils
from pupil_desk.services.unit import staff
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.governance.keeping import DONE
from tests.ui.pages.governance.made import Open, said
from tests.ui.pages.made import CLOCK, PASSWORD, pupil_called

# -- keeping and erasing


def colleague(desk: Desk, role: Role = Role.ASSISTANT_HEAD) -> Desk:
    return dataclasses.replace(desk, user=staff.add_user(desk, "Sam", role, PASSWORD))


def test_an_erasure_from_due_to_certificate(open_page: Open, context: Context, desk: Desk, gone: Pupil, answers: Answers) -> None:
    page = open_page("keeping", colleague(desk))
    view = page.keeping.erasing
    assert [view.table.cell(0, key) for key in ("pupil", "state", "on")] == ["Quill, Bea", "Due", "6 May 2026"]
    assert view.line is None
    assert view.words.text() == "Choose a line to see what can be done."
    assert view.propose_button.isHidden()
    view.propose()
    assert answers.questions == [], "no line is acted on that nobody chose"
    view.table.selectRow(0)
    answers.answers.append(True)
    view.propose()
    assert answers.questions[-1].text.endswith("Somebody else must agree, and some days pass, before it can be carried out.")
    assert f"Quill, Bea ({gone.ref})" in answers.questions[-1].text
    view.table.selectRow(0)
    assert view.table.cell(0, "state") == "Someone else must agree"
    assert not view.agree_button.isEnabled()
    assert view.agree_button.toolTip() == "You proposed it. Somebody else must agree."
    context.desk = desk
    page.refresh()
    view.table.selectRow(0)
    answers.answers.append(True)
    view.agree()
    assert f"Quill, Bea ({gone.ref})" in answers.questions[-1].text
    assert view.table.cell(0, "state") == "Waiting"
    assert view.carry_button.isHidden()
    context.desk = dataclasses.replace(desk, clock=FixedClock(CLOCK.moment + timedelta(days=7)))
    page.refresh()
    assert view.table.cell(0, "state") == "May be carried out"
    view.table.selectRow(0)
    answers.answers.append("Quill")
    view.carry_out()
    assert answers.questions[-1].kind == "confirm_typed"
    assert answers.questions[-1].title == "Erase the data of this pupil?", "a window's title names nobody"
    assert answers.questions[-1].text.startswith(f"Quill, Bea ({gone.ref})\n"), "whom it concerns stands first, on a line of its own"
    assert not view.table.rows
    page.keeping.view_box.set_key(DONE)
    assert view.table.cell(0, "state") == "Done"
    view.table.selectRow(0)
    page.print_()
    assert page.keeping.all.currentWidget() is page.keeping.paper
    page.keeping.paper.closed.emit()


def test_several_are_proposed_agreed_to_and_erased_together(
    open_page: Open, context: Context, desk: Desk, gone: Pupil, answers: Answers
) -> None:
    other = pupils.add_pupil(
        desk,
        Pupil(surname="Rook", forename="Tam", dob=date(2001, 3, 4)),
        Enrolment(status="C", start_date=date(2014, 9, 3), end_date=date(2017, 6, 23)),
    )
    page = open_page("keeping", colleague(desk))
    view = page.keeping.erasing
    view.table.selectAll()
    assert "2 lines chosen" in view.words.text()
    answers.answers.append(True)
    view.propose()
    assert all(f"{name} ({pupil.ref})" in answers.questions[-1].text for name, pupil in (("Quill, Bea", gone), ("Rook, Tam", other)))
    context.desk = desk
    page.refresh()
    view.table.selectAll()
    answers.answers.append(True)
    view.agree()
    assert {row.state for row in view.table.rows} == {State.WAITING}
    context.desk = dataclasses.replace(desk, clock=FixedClock(CLOCK.moment + timedelta(days=7)))
    page.refresh()
    view.table.selectAll()
    answers.answers += ["3", "2"]
    view.carry_out()
    assert len(view.table.rows) == 2
    view.carry_out()
    assert not view.table.rows


def test_alone_the_recovery_code_is_asked_for(open_page: Open, context: Context, desk: Desk, gone: Pupil, answers: Answers) -> None:
    made = staff.new_recovery_code(desk)
    made.put_in_force()
    code = made.secret
    page = open_page("keeping")
    view = page.keeping.erasing
    view.table.selectRow(0)
    answers.answers.append(True)
    view.propose()
    assert "the recovery code is asked for" in answers.questions[-1].text
    assert "Somebody else" not in answers.questions[-1].text
    context.desk = dataclasses.replace(desk, clock=FixedClock(CLOCK.moment + timedelta(days=7)))
    page.refresh()
    view.table.selectRow(0)
    answers.answers += ["Quill", "0000-0000-0000-0000-0000-0000-0000"]
    view.carry_out()
    assert f"Quill, Bea ({gone.ref})" in answers.questions[-1].text
    assert "not the recovery code" in said(page)
    assert pupils.all_pupils(desk)
    answers.answers += ["Quill", code]
    view.carry_out()
    assert not view.table.rows


def test_a_wrong_surname_or_a_second_thought_erases_nothing(
    open_page: Open, context: Context, desk: Desk, gone: Pupil, answers: Answers
) -> None:
    page = open_page("keeping")
    view = page.keeping.erasing
    view.table.selectRow(0)
    answers.answers.append(True)
    view.propose()
    context.desk = dataclasses.replace(desk, clock=FixedClock(CLOCK.moment + timedelta(days=7)))
    page.refresh()
    view.table.selectRow(0)
    answers.answers.append("Larch")
    view.carry_out()
    assert view.line is not None
    assert view.line.state is State.READY
    answers.answers.append("A cousin has asked")
    view.withdraw()
    assert f"Quill, Bea ({gone.ref})" in answers.questions[-1].text
    assert view.table.cell(0, "state") == "Due"


def test_a_request_leads_here_and_asks_why_and_how_much(open_page: Open, desk: Desk, answers: Answers) -> None:
    gwen = pupil_called(desk, "Gwen")
    page = open_page(gwen.id)
    assert (
        page.keeping.erasing.words.text()
        == f"Gwen Harlow ({gwen.ref}): nothing is due. An erasure can be proposed on another ground, such as a request."
    )
    assert answers.questions == []
    answers.answers += ["court", "all", "Order of 3 November"]
    page.keeping.erasing.propose_button.click()
    assert [question.title for question in answers.questions] == ["Why is it to be erased?", "How much is to be erased?", "A note"]
    assert all(f"Gwen Harlow ({gwen.ref})" in question.text for question in answers.questions)
    assert page.keeping.erasing.table.cell(0, "pupil") == "Harlow, Gwen"
    answers.answers += ["request", "record", "Request 7"]
    page.keeping.erasing._propose(pupil_called(desk, "Theo").id, "Theo Bramley")
    assert "The law keeps the entries of the registers" in said(page)


def test_another_pupil_is_found_by_reference(open_page: Open, desk: Desk, answers: Answers) -> None:
    page = open_page("keeping")
    answers.answers += [pupil_called(desk, "Gwen").ref, "mistake", "all", "Entered for a visitor"]
    page.keeping.erasing.propose_another()
    assert page.keeping.erasing.table.cell(0, "pupil") == "Harlow, Gwen"
    answers.answers.append("P9999")
    page.keeping.erasing.propose_another()
    assert len(page.keeping.erasing.table.rows) == 1
