"""Data protection: who was told, holds, the papers, and the page itself."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.domain.governance.breach_forms import BreachReport
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.governance import breaches
from pupil_desk.services.notices import notice_slips, notices
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.governance import DataProtectionPage
from pupil_desk.ui.pages.governance.keeping import HOLDS, PERIODS
from tests.ui.pages.governance.made import BESIDE_THE_RAIL, Open
from tests.ui.pages.made import as_role, pupil_called

# -- told


def test_it_opens_on_what_was_told_each_recipient_first_and_each_pupil_in_two_keys(
    open_page: Open, desk: Desk, qtbot: QtBot, went: list[tuple[str, str | None]]
) -> None:
    theo = pupil_called(desk, "Theo")
    notice_slips.log_printed(desk, notices.letters_of(desk, theo.id).letters)
    page = open_page("told")
    told = page.told_list
    assert [told.totals.cell(0, key) for key in ("name", "told", "others")] == ["Parents and carers", "2", "1"]
    assert told.table.rows == []
    told.totals.selectRow(0)
    assert [told.table.cell(row, "whom") for row in range(2)] == ["Bramley, Theo"] * 2
    assert told.words.text() == "Choose a line to see what was told, or to put it right."
    assert not told.enter_button.isEnabled()
    assert told.enter_button.toolTip() == "Choose a line of the pupil first"
    told.table.selectRow(0)
    assert "Lawful basis: UK GDPR Articles 13 and 14" in told.words.text()
    assert "Addressed to" in told.words.text()
    told.grouping.set_key("pupils")
    assert told.totals.cell(0, "name") == "Bramley, Theo"
    page.search()
    qtbot.keyClicks(told.find_box, "bram")
    assert (told.totals.current(), told.table.rows) == (None, [])  # typing looks at nobody
    assert desk.vault.rows("SELECT seq FROM log WHERE action = 'view'") == []
    told.totals.selectRow(0)
    assert told.table.cell(0, "whom") == "Parents and carers"
    assert [row["object_id"] for row in desk.vault.rows("SELECT object_id FROM log WHERE action = 'view'")] == [theo.id]
    told.find_box.clear()
    qtbot.keyClicks(told.find_box, "nobody")
    assert not told.totals.rows
    assert told.totals.empty is not None
    assert told.totals.empty.title.text() == "Nothing was told of anybody by that name"
    told.find_box.clear()
    told.totals.selectRow(0)
    told.table.setFocus()
    qtbot.keyClick(told.table, Qt.Key.Key_Return)
    assert went == [], "nobody chose a line"
    qtbot.keyClick(told.table, Qt.Key.Key_Down)
    qtbot.keyClick(told.table, Qt.Key.Key_Return)
    assert went == [("pupils", theo.id)]
    told.enter_button.click()
    assert went[-1] == ("pupils", f"{theo.id}#history/disclosure//")


def test_no_name_and_no_clock_is_cut_in_a_window_of_the_usual_size(open_page: Open, desk: Desk, qtbot: QtBot) -> None:
    theo = pupil_called(desk, "Theo")
    notice_slips.log_printed(desk, notices.letters_of(desk, theo.id).letters)
    breaches.report(desk, BreachReport(day=desk.today, time="08:00", text="A letter went to the wrong family."))
    page = open_page("told")
    page.resize(BESIDE_THE_RAIL, 700)
    totals = page.told_list.totals
    qtbot.waitUntil(lambda: page.told_list.width() < BESIDE_THE_RAIL)
    assert totals.columnWidth(0) > totals.fontMetrics().horizontalAdvance("Larkminster Sixth Form College")
    page = open_page("breaches")
    page.resize(BESIDE_THE_RAIL, 700)
    table = page.breaches.table
    assert table.cell(0, "state") == "72 hours running"
    qtbot.waitUntil(lambda: page.breaches.width() < BESIDE_THE_RAIL and table.horizontalScrollBar().maximum() == 0, timeout=2000)


def test_with_nothing_told_it_says_what_writes_a_line(open_page: Open) -> None:
    page = open_page()
    assert page.told_list.totals.empty is not None
    assert not page.told_list.totals.empty.isHidden()
    assert "writes a line here by itself" in page.told_list.totals.empty.text.text()


def test_it_is_narrowed_to_some_days_and_wrong_ones_are_said(open_page: Open, desk: Desk, qtbot: QtBot) -> None:
    theo = pupil_called(desk, "Theo")
    notice_slips.log_printed(desk, notices.letters_of(desk, theo.id).letters)
    told = open_page("told").told_list
    assert told.count.text() == "Told 2 times in all."
    told.days.when.set_key("last-year")
    assert told.totals.rows == []
    assert told.totals.empty is not None
    assert told.totals.empty.title.text() == "Nothing was told in these days"
    for key in ("this-year", "month"):
        told.days.when.set_key(key)
        told.totals.selectRow(0)
        assert len(told.table.rows) == 2, key
    told.days.when.set_key("typed")
    assert told.days.since.text() == "1 8 2026"
    assert len(told.totals.rows) == 1
    qtbot.keyClicks(told.days.until.line, "23/11/2026")
    assert told.totals.rows == []
    told.days.until.set_text("")
    qtbot.keyClicks(told.days.until.line, "1/8/2025")
    assert told.totals.empty.text.text() == "The period ends before it begins. Correct one of the two days."
    qtbot.keyClicks(told.days.until.line, "x")
    assert told.totals.empty.title.text() == "Enter the two days above"
    assert told.totals.empty.text.text() == "Enter days such as 27/3/2026."
    said = told.days.until.reading_label
    beneath = said.mapTo(told, said.rect().bottomLeft()).y()
    assert told.totals.mapTo(told, QPoint(0, 0)).y() - beneath < said.fontMetrics().height(), (
        "no room is kept between the days and the list"
    )


def test_it_is_printed_whole_or_of_the_line_one_is_on(open_page: Open, desk: Desk, answers: Answers) -> None:
    theo = pupil_called(desk, "Theo")
    notice_slips.log_printed(desk, notices.letters_of(desk, theo.id).letters)
    page = open_page("told")
    told, sent = page.told_list, list[bytes]()
    told.paper.send = lambda data, _parent, *, memory=None: sent.append(data) is None  # type: ignore[assignment,misc]
    answers.answers = [""]
    told.print_button.click()
    assert not told.paper.isVisible()
    assert answers.questions[-1].offers == ("all", "")  # nobody is chosen yet
    told.totals.selectRow(0)
    for answer, logged in (("one", "to one recipient"), ("all", "all")):
        answers.answers = [answer]
        page.print_()
        assert told.paper.isVisible()
        assert page.panes() == [told.paper]
        page.print_()
        assert sent.pop().startswith(b"%PDF")
        (row,) = desk.vault.rows("SELECT reason FROM log WHERE action = 'print-disclosures' ORDER BY seq DESC LIMIT 1")
        assert row["reason"] == f"log of disclosures printed: {logged}, 2 lines"
        told.paper.closed.emit()
        assert told.totals.isVisible()
    assert answers.questions[-1].offers == ("one", "all", "")


def test_the_office_sees_its_own_lines_and_where_the_others_are(
    open_page: Open, desk: Desk, nameless: Callable[[QWidget], list[str]]
) -> None:
    theo = pupil_called(desk, "Theo")
    notice_slips.log_printed(desk, notices.letters_of(desk, theo.id).letters)
    told = open_page("told", as_role(desk, Role.OFFICE)).told_list
    assert told.totals.rows == []
    assert "What you sent or entered yourself." in told.scope_hint.text()
    assert not told.print_button.isEnabled()
    assert told.print_button.toolTip() == "Assistant head and data officer only"
    told.print_()
    assert not told.paper.isVisible()
    assert nameless(told) == []


def test_a_hold_is_set_looked_at_and_lifted(open_page: Open, desk: Desk, gone: Pupil, answers: Answers) -> None:
    page = open_page("keeping")
    page.keeping.erasing.table.selectRow(0)
    answers.answers += ["A claim was announced", "1 6 2027"]
    page.keeping.erasing.hold()
    assert all(f"Bea Quill ({gone.ref})" in question.text for question in answers.questions)
    assert page.keeping.erasing.table.cell(0, "state") == "On hold"
    assert page.keeping.erasing.words.text().endswith("It is lifted under “Holds on deletion”.")
    assert page.keeping.erasing.propose_button.isHidden()
    page.keeping.view_box.set_key(HOLDS)
    view = page.keeping.holding
    assert [view.table.cell(0, key) for key in ("whom", "state", "review")] == ["Quill, Bea", "In force", "1 Jun 2027"]
    assert view.words.text() == "Choose a hold to look at it again, or to lift it."
    assert view.lift_button.isHidden()
    view.table.selectRow(0)
    assert "A claim was announced" in view.words.text()
    answers.answers += ["It goes on", "24 11 2027"]
    view.review()
    assert "kept it: It goes on" in view.words.text()
    answers.answers.append("Settled")
    view.lift()
    assert view.table.cell(0, "state") == "Lifted"
    answers.answers += ["all", "An inquiry", "24 11 2027"]
    view.set_hold()
    assert "Everybody’s" in [view.table.cell(row, "whom") for row in range(2)]


def test_how_long_things_are_kept_says_how_sure_we_are(open_page: Open) -> None:
    page = open_page("keeping")
    page.keeping.view_box.set_key(PERIODS)
    view = page.keeping.periods
    assert view.table.cell(0, "kept") == "Until the pupil’s 25th birthday"
    assert "How sure we are: sure. Schools retention toolkit" in view.words.text()


# -- papers


def test_a_paper_is_seen_printed_and_logged(open_page: Open, desk: Desk, went: list[tuple[str, str | None]]) -> None:
    page = open_page("papers")
    assert page.papers.table.cell(0, "title") == "Record of processing activities"
    assert "registration number" in page.papers.missing.text()
    page.papers.settings_button.click()
    assert went == [("settings", None)]
    sent: list[bytes] = []
    page.papers.paper.send = lambda data, _parent, *, memory: sent.append(data) or True  # type: ignore[assignment, func-returns-value]
    page.print_()
    page.print_()
    assert sent[0].startswith(b"%PDF")
    row = desk.vault.first_row("SELECT action, object_id FROM log ORDER BY seq DESC LIMIT 1")
    assert row is not None
    assert (row["action"], row["object_id"]) == ("print-form", "ropa")
    page.papers.paper.closed.emit()
    assert page.panes() == [page.papers.table]


def test_everything_has_a_name_for_a_screen_reader_and_no_two_share_a_letter(
    open_page: Open, nameless: Callable[[QWidget], list[str]], gone: Pupil, qtbot: QtBot
) -> None:
    page = open_page("breaches")
    page.breaches.report()
    page.breaches.form.form.fields["text"].editor.take_text("A lost stick")
    page.save()
    assert nameless(page) == []
    for place in range(page.tabs.count()):
        page.tabs.setCurrentIndex(place)
        letters = _letters(page)
        assert len(letters) == len(set(letters)), (page.tabs.tabText(place), sorted(letters))


def _letters(page: DataProtectionPage) -> list[str]:
    """The letters that Alt takes, of what is in view."""
    from PySide6.QtGui import QKeySequence
    from PySide6.QtWidgets import QAbstractButton, QLabel

    texts = [page.tabs.tabText(place) for place in range(page.tabs.count())]
    texts += [each.text() for each in page.findChildren(QAbstractButton) if each.isVisible()]
    texts += [each.text() for each in page.findChildren(QLabel) if each.isVisible() and each.buddy() is not None]
    return [key for text in texts if (key := QKeySequence.mnemonic(text).toString())]
