"""Slips and statements on the screen: what is chosen is what is shown, printed, logged and recorded."""

from collections.abc import Callable
from datetime import date

from pytestqt.qtbot import QtBot

from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import by_hand, told
from pupil_desk.services.disclosures.by_hand import ByHand
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.pages.pupils.many.frame import ActView
from pupil_desk.ui.pages.pupils.many.slips import SlipsView
from tests.ui.pages.made import pupil_called
from tests.ui.pages.pupils.made import log, printer, said


class TestSlips:
    def test_every_household_gets_one_and_a_withheld_address_needs_a_second_look(
        self, begun: Callable[[str], ActView], answers: Answers
    ) -> None:
        view = begun("slips")
        assert isinstance(view, SlipsView)
        made = int(view.paper.title.text().split()[0])
        assert "Bramley" in said(view)
        assert "Chandra" not in said(view)
        assert "The address must be kept from someone: Dr Meera Chandra" in view.left_out.lines.text()
        answers.answers = [False]
        view.withheld.click()
        assert not view.withheld.isChecked()
        answers.answers = [True]
        view.withheld.click()
        assert int(view.paper.title.text().split()[0]) == made + 1
        assert "Chandra" in said(view)

    def test_nobody_under_an_order_gets_one(self, begun: Callable[[str], ActView], answers: Answers) -> None:
        view = begun("slips")
        assert isinstance(view, SlipsView)
        answers.answers = [True]
        view.withheld.click()
        assert "Vikram" not in said(view)

    def test_printing_is_logged_for_each_pupil(self, begun: Callable[[str], ActView], desk: Desk) -> None:
        view = begun("slips")
        assert isinstance(view, SlipsView)
        sent: list[bytes] = []
        view.paper.send = printer(sent)
        before = log(desk, "data-check")
        view.print_()
        assert len(sent) == 1
        assert log(desk, "data-check") - before >= 2


class TestStatements:
    def test_each_has_one_that_follows_the_days_and_is_logged(
        self, begun: Callable[[str], ActView], page: PupilsPage, desk: Desk, answers: Answers, qtbot: QtBot
    ) -> None:
        from pupil_desk.ui.pages.pupils.many.statements import StatementsView

        mimi = pupil_called(desk, "Theo")
        by_hand.keep(
            desk,
            ByHand(
                pupil_id=mimi.id,
                to="authority",
                recipient="",
                kinds=("attendance",),
                purpose="x",
                basis="public-task",
                way="phone",
                on=desk.today,
            ),
        )
        by_hand.keep(
            desk,
            ByHand(
                pupil_id=mimi.id, recipient="Larkfield Police", kinds=("identity",), purpose="x", basis="crime", way="phone", on=desk.today
            ),
        )
        view = begun("statements")
        assert isinstance(view, StatementsView)
        assert view.paper.title.text() == "5 statements"
        assert "Who was told about Theo Bramley" in said(view)
        assert "Local authority" in said(view)
        assert "Police" not in said(view)
        assert "Of 1 line told by word nobody has said whether the family may know" in view.left_out.text()
        view.until.set_day(date(2020, 1, 1))
        view.make()
        assert view.problem.text() == "The period ends before it begins. Correct one of the two days."
        view.until.set_day(desk.today)
        view.make()
        assert not view.problem.text()
        sent: list[bytes] = []
        view.paper.send = printer(sent)
        answers.answers.append(True)  # somebody among them is protected
        page.print_()
        assert len(sent) == 1
        assert log(desk, "statement: ") == 5
        assert told.log(desk, pupil_id=mimi.id)[0].what == "Statement: who was told"

    def test_it_goes_with_the_data_check_slip_where_that_is_ticked(self, begun: Callable[[str], ActView]) -> None:
        view = begun("slips")
        assert isinstance(view, SlipsView)
        assert "Who was told about" not in said(view)
        view.with_statements.click()
        assert "Who was told about" in said(view)
        assert "Is this still right?" in said(view)


def test_of_one_pupil_it_is_made_from_what_happened(context: Context, desk: Desk, qtbot: QtBot) -> None:
    from pupil_desk.services.pupils import pupils
    from pupil_desk.ui.pages.pupils.record.history import HistoryPart

    part = HistoryPart(context, lambda: True)
    qtbot.addWidget(part)
    part.show()
    part.show_record(pupils.record(desk, pupil_called(desk, "Theo").id))
    part.statement_button.click()
    assert part.statement.isVisible()
    assert "Who was told about Theo Bramley" in said(part.statement)
    part.statement.closed.emit()
    assert not part.statement.isVisible()
    assert part.timeline.isVisible()
