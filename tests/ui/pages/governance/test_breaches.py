"""A breach is reported, followed and closed."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pupil_desk.domain.governance.breach_forms import BreachEventKind
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.governance import breaches
from pupil_desk.ui.kit.talk.ask import Answers
from tests.ui.pages.governance.made import Open, said

# -- breaches


def test_a_breach_is_reported_with_three_keys_and_its_words(open_page: Open, desk: Desk, qtbot: QtBot) -> None:
    page = open_page("breaches")
    page.breaches.report_button.setFocus()
    qtbot.keyClick(page.breaches.report_button, Qt.Key.Key_Space)
    form = page.breaches.form.form
    assert form.fields["day"].editor.typed_text() == "24 11 2026"
    form.fields["text"].editor.take_text("A letter went to the wrong family")
    assert page.dirty
    assert page.save()
    assert not page.dirty
    assert page.breaches.title.text() == "Breach 1"
    assert "hours left: report it by 27 November 2026" in page.breaches.clock.text()
    assert "○  Judge the risk to people" in page.breaches.steps.text()
    assert page.breaches.table.cell(0, "state") == "72 hours running"
    assert said(page) == "The breach is on file. The data officer sees it."


def test_what_is_done_is_recorded_step_by_step_until_it_closes(open_page: Open, desk: Desk) -> None:
    page = open_page("breaches")
    view = page.breaches
    view.report()
    view.form.form.fields["text"].editor.take_text("A letter went to the wrong family")
    page.save()
    words = {"text": "Words", "data": "Names", "risk": "unlikely"}
    for kind in (
        BreachEventKind.ACTION,
        BreachEventKind.OFFICER_TOLD,
        BreachEventKind.EFFECTS,
        BreachEventKind.RISK,
        BreachEventKind.ICO_NOT,
        BreachEventKind.CLOSED,
    ):
        assert view.kind.key() == kind.value
        view.record()
        for name, field in view.form.form.fields.items():
            if name in words:
                field.editor.take_text(words[name])
        assert page.save(), kind
    assert view.table.cell(0, "state") == "Closed"
    assert view.kind.key() == BreachEventKind.REOPENED.value
    assert "Reported within the unit" in view.so_far.texts()[-1]
    assert len(view.so_far.texts()) == 7


def test_what_is_wrong_is_said_beside_its_field_and_kept_typed(open_page: Open, desk: Desk) -> None:
    page = open_page("breaches")
    page.breaches.report()
    form = page.breaches.form.form
    form.fields["text"].editor.take_text("A lost stick")
    form.fields["time"].editor.take_text("23:59")
    assert not page.save()
    assert "lies in the future" in form.fields["time"].problem.text()
    assert breaches.listing(desk) == []
    draft = page.draft()
    assert draft is not None
    page.discard()
    page.take_draft(draft)
    assert page.breaches.form.form.fields["text"].editor.typed_text() == "A lost stick"


def test_a_breach_cannot_be_closed_too_early_and_says_what_is_missing(open_page: Open) -> None:
    page = open_page("breaches")
    page.breaches.report()
    page.breaches.form.form.fields["text"].editor.take_text("A lost stick")
    page.save()
    page.breaches.kind.set_key(BreachEventKind.CLOSED.value)
    page.breaches.record()
    page.breaches.form.form.fields["text"].editor.take_text("Learnt")
    assert not page.save()
    assert "Still to be done" in said(page)


def test_esc_asks_before_typed_words_go(open_page: Open, answers: Answers) -> None:
    page = open_page("breaches")
    page.breaches.report()
    page.put_back()
    assert not page.breaches.writing  # nothing was typed: nothing is asked
    page.breaches.report()
    page.breaches.form.form.fields["text"].editor.take_text("A lost stick")
    answers.answers += [False, True]
    page.put_back()
    assert page.breaches.writing
    page.put_back()
    assert not page.breaches.writing


def test_office_staff_report_and_see_their_own_but_do_not_handle(open_page: Open, desk: Desk, desk_as: Callable[[Role], Desk]) -> None:
    page = open_page("breaches", desk_as(Role.OFFICE))
    page.breaches.report()
    page.breaches.form.form.fields["text"].editor.take_text("A lost stick")
    assert page.save()
    assert not page.breaches.record_button.isEnabled()
    assert page.breaches.record_button.toolTip() == "Data officer only"
    assert not page.breaches.print_button.isEnabled()


def test_the_record_of_a_breach_is_seen_before_it_is_printed(open_page: Open) -> None:
    page = open_page("breaches")
    page.breaches.report()
    page.breaches.form.form.fields["text"].editor.take_text("A lost stick")
    page.save()
    page.print_()
    sent: list[bytes] = []
    page.breaches.paper.send = lambda data, _parent, *, memory: sent.append(data) or True  # type: ignore[assignment, func-returns-value]
    page.print_()
    assert sent[0].startswith(b"%PDF")
    page.breaches.paper.closed.emit()
    assert page.breaches.body.currentWidget() is page.breaches.list_view
