"""What was done about absence, on the pupil's record: a step added, undone at the foot, taken back with a reason; and Home leads there."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.services import register
from pupil_desk.services.desk import Desk
from pupil_desk.services.letters import letter_templates
from pupil_desk.services.register import absence_steps
from pupil_desk.ui.kit.context import SEVERAL, Context, Place, place_of
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.home.of_register import register_cards
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.pages.pupils.many.letters import LettersView
from pupil_desk.ui.pages.pupils.record.steps.absence import AbsencePart
from tests.ui.pages.made import pupil_called
from tests.ui.test_visits import settle


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> PupilsPage:
    made = PupilsPage(context)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.on_show(pupil_called(context.desk, "Theo").id)
    made.view.turn_to("absence")
    return made


def _part(page: PupilsPage) -> AbsencePart:
    part = page.view.part
    assert isinstance(part, AbsencePart)
    return part


def _added(page: PupilsPage, desk: Desk, **typed: str) -> AbsencePart:
    part = _part(page)
    part.add_button.click()
    part.form.take_draft({"kind": "support", "on": "today", **typed})
    assert page.save()
    return part


def test_a_step_is_added_and_undone_at_the_foot(page: PupilsPage, context: Context, desk: Desk) -> None:
    theo = pupil_called(desk, "Theo")
    part = _added(page, desk, note="Taxi arranged")
    assert [part.table.cell(0, name) for name in ("kind", "note")] == ["Support offered", "Taxi arranged"]
    assert context.banner.words == "Recorded: Support offered."
    assert context.banner.message is not None
    assert context.banner.message.act is not None
    context.banner.message.act[1]()
    assert part.table.rows == []
    assert absence_steps.of_pupil(desk, theo.id) == []
    assert context.banner.words == "Undone: Support offered."


def test_a_step_is_taken_back_once_the_reason_is_given(page: PupilsPage, desk: Desk, answers: Answers) -> None:
    part = _added(page, desk)
    assert part.form.isHidden(), "what is on file is not edited"
    assert part.record is not None
    part.table.choose_none()
    part.show_record(part.record)
    assert not part.back_button.isEnabled(), "nobody has chosen a step"
    part.table.selectRow(0)
    answers.answers.append("Another pupil")
    part.back_button.click()
    assert part.table.rows == []


def test_home_leads_to_where_it_is_decided(context: Context, desk: Desk) -> None:
    theo = pupil_called(desk, "Theo")
    days = [date(2026, 11, day) for day in (9, 10, 11, 12, 13)]
    register.mark(desk, [Mark(pupil_id=theo.id, day=day, session=half, code="O") for day in days for half in Session])
    went: list[tuple[str, ...]] = []
    cards = register_cards(register.watch(desk), desk.today, lambda *where: went.append(where))
    (card,) = [card for card in cards if card.title == "Penalty notice to consider"]
    card.lines[0].go()
    ((where, place),) = went
    assert (where, place_of(place)) == ("pupils", Place(theo.id, "absence"))


def test_a_notice_asks_until_when_and_a_referral_which_parent(page: PupilsPage) -> None:
    part = _part(page)
    part.add_button.click()
    shown = {}
    for kind in ("support", "notice", "referred"):
        part.form.take_draft({"kind": kind})
        settle()
        shown[kind] = {name for name in ("until", "parent") if not part.form.fields[name].isHidden()}
    assert shown == {"support": set(), "notice": {"until"}, "referred": {"parent"}}


def test_the_button_leads_to_the_letter_of_this_pupil_which_asks_for_the_end_of_the_period(page: PupilsPage, desk: Desk) -> None:
    theo, part, went = pupil_called(desk, "Theo"), _part(page), list[tuple[str, ...]]()
    register.mark(desk, [Mark(pupil_id=theo.id, day=date(2026, 11, 9), session=Session.AM, code="O")])
    page.refresh()
    part.context.go = lambda *where: went.append(where)  # type: ignore[method-assign,assignment]
    part.notice_button.click()
    ((where, place),) = went
    assert where == "pupils"
    page.on_show(place)
    view = page.choosing.view
    assert isinstance(view, LettersView)
    assert (view.ids, view.letter.currentText()) == ((theo.id,), "Notice to improve attendance")
    assert "Last day of the improvement period" in view.questions


def test_a_referral_chosen_is_shown_on_paper(page: PupilsPage, desk: Desk, qtbot: QtBot) -> None:
    part = _added(page, desk, kind="referred", parent="Someone")
    assert part.paper_button.isEnabled()
    part.paper_button.click()
    qtbot.waitUntil(part.paper.paper.isVisible)


def test_no_notice_is_offered_where_nothing_was_missed(page: PupilsPage) -> None:
    notice = _part(page).notice_button
    assert not notice.isEnabled()
    assert notice.toolTip() == "The register has no session missed without leave lately that was not dealt with"


def _opened_letter(page: PupilsPage, desk: Desk) -> LettersView:
    template = letter_templates.notice_to_improve(desk)
    assert template is not None
    page.on_show(str(Place(pupil_called(desk, "Theo").id, SEVERAL, "letters", template.template_id, "")))
    view = page.choosing.view
    assert isinstance(view, LettersView)
    return view


def test_what_is_typed_into_the_notice_comes_back_after_esc_and_its_problem_goes(page: PupilsPage, context: Context, desk: Desk) -> None:
    view = _opened_letter(page, desk)
    until, *others = view.questions
    QTest.keyClicks(view.questions[others[0]], "A taxi each day")
    assert not view.paper.is_ready()
    assert context.banner.look == "problem"
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert page.choosing.view is None
    assert context.banner.words == "What you typed is put away."
    assert context.banner.message is not None
    context.banner.undo()
    assert page.choosing.view is view
    assert view.answers == {until: "", others[0]: "A taxi each day"} | dict.fromkeys(others[1:], "")
    assert page.has_draft
    draft = page.draft()
    assert draft is not None
    assert draft["typed"]["answers"][others[0]] == "A taxi each day"


def test_a_problem_with_the_notice_goes_with_the_letter(page: PupilsPage, context: Context, desk: Desk) -> None:
    view = _opened_letter(page, desk)
    assert not view.paper.is_ready()
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert context.banner.words == ""
