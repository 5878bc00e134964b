"""The page Figures: chosen by keys, whole numbers on the screen, small ones hidden on what is printed for others."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import figures
from pupil_desk.services.figures import anonymous_file
from pupil_desk.services.figures.periods import year_of
from pupil_desk.services.pupils import pupils
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.papers.pdfpages import PdfPages
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.figures import FiguresPage
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import Look
from tests.ui.fits import faults
from tests.ui.pages.made import as_role


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> FiguresPage:
    made = FiguresPage(context)
    qtbot.addWidget(made)
    made.resize(1000, 720)
    made.show()
    made.on_show()
    return made


def choose(page: FiguresPage, kind: str, by: str) -> None:
    """Choose as a person does: from the lists, which tell that somebody did."""
    for box, key in ((page.choosing.kind, kind), (page.choosing.grouping_box, by)):
        box.set_key(key)
        box.activated.emit(box.currentIndex())


def row(page: FiguresPage, label: str) -> dict[str, str]:
    table = page.figure_view.table
    at = next(at for at, line in enumerate(table.rows) if line.label == label)
    return {column.key: table.cell(at, column.key) for column in table.model_.columns}


def test_the_roll_by_year_group_adds_up(page: FiguresPage) -> None:
    choose(page, "roll", "year-group")
    assert [line.label for line in page.figure_view.table.rows] == ["Year 7", "Year 9", "Year 11", "Year 12", "All pupils"]
    assert row(page, "Year 11")["on-roll"] == "2"  # the guest of Year 9 and the leaver of the year before are not on roll
    assert row(page, "All pupils")["on-roll"] == "5"
    assert "On roll at the start: 0; On roll at the end: 5." in page.heading._text.text()


def test_as_printed_for_others_hides_small_numbers_in_table_and_chart(page: FiguresPage) -> None:
    choose(page, "roll", "year-group")
    assert [point.words for point in page.figure_view.chart.points] == ["1", "1", "2", "1"]
    page.choosing.for_others.setChecked(True)
    assert row(page, "Year 11")["on-roll"] == "c"
    assert [point.words for point in page.figure_view.chart.points] == ["c"] * 4
    assert all(point.is_hidden and point.size is None for point in page.figure_view.chart.points)
    assert "Numbers from 1 to 4 are not shown" in page.figure_view.hidden_label.text()
    assert "hidden, too few" in page.figure_view.chart.accessibleDescription()


def test_each_figure_offers_its_own_ways_and_keeps_one_that_the_next_has(page: FiguresPage) -> None:
    choose(page, "suspensions", "reasons")
    assert page.choosing.grouping_box.key() == "reasons"
    choose(page, "suspensions", "sex")
    page.choosing.kind.set_key("roll")
    page.choosing.kind.activated.emit(0)
    assert page.choosing.grouping_box.key() == "sex"
    assert page.choosing.grouping_box.findData("reasons") < 0
    assert page.choosing.column.key() == "on-roll"


def test_by_school_years_no_period_is_chosen(page: FiguresPage) -> None:
    choose(page, "roll", "years")
    assert not page.choosing.period.isEnabled()
    assert [line.label for line in page.figure_view.table.rows] == ["School year 2025/26", "School year 2026/27", "Whole period"]
    choose(page, "roll", "months")
    assert page.choosing.period.isEnabled()


def test_one_group_alone_is_counted_and_the_heading_says_so(page: FiguresPage, context: Context) -> None:
    choose(page, "roll", "terms")
    assert page.choosing.only.itemText(0) == "All pupils"
    page.choosing.only.set_key("year-group=11")
    page.choosing.only.activated.emit(1)
    assert row(page, "Whole period")["on-roll"] == "2"
    assert "only year group: Year 11" in page.heading._text.text()
    page.print_()
    assert "only year group: Year 11" in words_of(page)
    page.paper.send = lambda _data, _parent, memory: True
    page.print_()
    assert log(context) == [("figures", "printed roll by terms of one year-group, small numbers under 5 hidden")]


def test_another_column_is_drawn(page: FiguresPage) -> None:
    choose(page, "roll", "months")
    page.choosing.column.set_key("joined")
    page.choosing.column.activated.emit(1)
    assert page.figure_view.chart_title.text() == "Joined by month"
    assert [point.label for point in page.figure_view.chart.points if point.words == "5"] == ["September 2026"]


def test_the_chart_and_the_table_go_together(page: FiguresPage, qtbot: QtBot) -> None:
    choose(page, "roll", "year-group")
    qtbot.keyClick(page.figure_view.chart, Qt.Key.Key_End)
    now = page.figure_view.table.current()
    assert now is not None
    assert now.label == "Year 12"


def test_nothing_on_file_says_so_and_cannot_be_printed(page: FiguresPage) -> None:
    choose(page, "progress", "subjects")
    assert page.figure_view.table.empty is not None
    assert not page.figure_view.table.empty.isHidden()
    assert page.figure_view.chart.isHidden()
    assert not page.heading.button_of("others").isEnabled()
    page.print_()
    assert page.body.currentWidget() is page.view


def test_news_are_counted_at_once(page: FiguresPage, context: Context) -> None:
    choose(page, "roll", "terms")
    assert row(page, "Whole period")["on-roll"] == "5"
    pupils.add_pupil(
        context.desk, Pupil(surname="New", forename="A", dob=date(2012, 3, 4)), Enrolment(status="C", start_date=date(2026, 11, 2))
    )
    from pupil_desk.domain.changes import Changed

    page.on_change(Changed.of("pupil"))
    assert row(page, "Whole period")["on-roll"] == "6"


def words_of(page: FiguresPage) -> str:
    pages = PdfPages(page.paper.view.data)
    return " ".join(" ".join(pages.words(number).split()) for number in range(len(pages)))


def log(context: Context) -> list[tuple[str, str]]:
    return [(row["kind"], row["reason"]) for row in context.desk.vault.rows("SELECT kind, reason FROM log ORDER BY seq DESC LIMIT 1")]


def test_what_is_printed_for_others_hides_small_numbers_and_is_logged(page: FiguresPage, context: Context) -> None:
    choose(page, "roll", "year-group")
    page.print_()
    assert page.body.currentWidget() is page.paper
    assert "Year 11 c c c c" in words_of(page)
    page.paper.send = lambda _data, _parent, memory: True
    page.print_()
    assert log(context) == [("figures", "printed roll by year-group, small numbers under 5 hidden")]
    page.paper.closed.emit()
    assert page.body.currentWidget() is page.view
    assert page.choosing.isVisible()


def test_what_is_printed_for_the_unit_says_that_it_stays_here(page: FiguresPage, context: Context) -> None:
    choose(page, "roll", "year-group")
    page.print_for_unit()
    assert "Year 11 0 2 0 2" in words_of(page)
    assert "Do not pass this on" in words_of(page)
    page.paper.send = lambda _data, _parent, memory: True
    page.print_()
    assert log(context) == [("figures", "printed roll by year-group, whole numbers")]


def test_the_statistics_of_a_school_year_that_is_over_are_saved(page: FiguresPage, context: Context, tmp_path: Path) -> None:
    choose(page, "roll", "terms")
    button = page.heading.button_of("statistics")
    assert not button.isEnabled(), "the school year goes on"
    page.choosing.period.set_key(year_of(2025).key)
    page.choosing.period.activated.emit(page.choosing.period.currentIndex())
    assert button.isEnabled()
    path = tmp_path / "given.xlsx"
    context.ask = Answers(path)
    button.click()
    assert path.exists()
    assert "School year 2025/26" in context.banner.words
    assert log(context) == [("figures", "wrote anonymous statistics of 2025, small numbers under 5 hidden")]


def test_everyone_who_may_read_records_may_look(qtbot: QtBot, context: Context) -> None:
    context.desk = as_role(context.desk, Role.OFFICE)
    made = FiguresPage(context)
    qtbot.addWidget(made)
    made.on_show()
    assert made.figure_view.figure is not None


def test_the_choice_is_there_the_next_time(page: FiguresPage, qtbot: QtBot, context: Context) -> None:
    choose(page, "destinations", "activities")
    again = FiguresPage(context)
    qtbot.addWidget(again)
    assert (again.choosing.kind.key(), again.choosing.grouping_box.key()) == ("destinations", "activities")


def test_everything_that_takes_the_focus_has_words(page: FiguresPage, nameless: Callable[[QWidget], list[str]]) -> None:
    assert nameless(page) == []


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_no_word_is_cut(page: FiguresPage, look: Look, percent: int) -> None:
    look.set_text_size(percent)
    try:
        for kind, by in (("attendance", "terms"), ("roll", "year-group"), ("progress", "subjects"), ("roll", "weeks")):
            choose(page, kind, by)
            found = [fault for fault in faults(page, page.size()) if "scrolls sideways" not in fault]
            assert [fault for fault in found if not fault.startswith("asks for")] == []
            header = page.figure_view.table.horizontalHeader()
            lines = max(column.title.count("\n") + 1 for column in page.figure_view.table.model_.columns)
            assert header.height() >= lines * header.fontMetrics().lineSpacing()
    finally:
        look.set_text_size(100)


@pytest.mark.parametrize("width", [760, 1000, 1180, 1500])
def test_the_tick_stays_where_it_is_whatever_figure_is_chosen(page: FiguresPage, qtbot: QtBot, width: int) -> None:
    page.resize(width, 720)
    places = set()
    for kind in figures.FIGURES:
        choose(page, kind.name, kind.ways[0][0])
        qtbot.wait(20)
        places.add(page.choosing.for_others.mapTo(page, QPoint(0, 0)).toTuple())
        for box in (page.choosing.grouping_box, page.choosing.column):
            room, words = box.width() - box.iconSize().width() - tokens.XL, [box.itemText(index) for index in range(box.count())]
            assert max(map(box.fontMetrics().horizontalAdvance, words)) <= room, "none of them is cut"
    assert len(places) == 1, "what lies under the pointer when a list closes is what lay there before"


def begin_print(page: FiguresPage, context: Context, *given: object) -> Answers:
    """Show the paper for others of what is chosen, and press Print; who asks, with these answers."""
    page.paper.closed.emit()
    page.print_()
    page.paper.send = lambda _data, _parent, memory: True
    context.ask = answers = Answers(*given)
    page.print_()
    return answers


def choose_year(page: FiguresPage, year: int, by: str = "terms") -> None:
    page.choosing.period.set_key(year_of(year).key)
    choose(page, "roll", by)


def test_statistics_beside_a_figure_that_was_printed_for_others_are_asked_about(
    page: FiguresPage, context: Context, tmp_path: Path
) -> None:
    choose_year(page, 2025)
    assert begin_print(page, context).questions == [], "nothing else was given of that year"
    page.paper.closed.emit()
    path = tmp_path / "given.xlsx"
    context.ask = answers = Answers(False, True, path)
    page.save_statistics()
    assert not path.exists()
    page.save_statistics()
    assert path.exists()
    question = answers.questions[0]
    assert question.title == "Give these beside what was printed for others?"
    assert "Pupils on roll by term, 1 August 2025 to 31 July 2026 (printed on 24 November 2026)" in question.text
    assert log(context) == [
        ("figures", "wrote anonymous statistics of 2025, small numbers under 5 hidden, beside figures printed for others: 1")
    ]


def test_a_figure_printed_beside_the_statistics_of_its_days_is_asked_about_and_kept(
    page: FiguresPage, context: Context, tmp_path: Path
) -> None:
    anonymous_file.save_statistics(context.desk, year_of(2025), tmp_path / "given.xlsx")
    choose_year(page, 2025)
    answers = begin_print(page, context, False)
    assert "Anonymous statistics of the same days were given: School year 2025/26 (kept on 24 November 2026)" in answers.questions[0].text
    assert log(context)[0][1].startswith("wrote anonymous statistics"), "nothing was printed"
    begin_print(page, context, True)
    assert log(context) == [("figures", "printed roll by terms, small numbers under 5 hidden, beside anonymous statistics of 2025")]
    choose_year(page, 2026)
    assert begin_print(page, context).questions == [], "of other days"
    choose_year(page, 2026, "years")
    assert len(begin_print(page, context, False).questions) == 1, "all school years are shown, and that one among them"
    choose_year(page, 2025)
    page.paper.closed.emit()
    page.print_for_unit()
    context.ask = answers = Answers()
    page.print_()
    assert answers.questions == [], "it stays here"
