"""A figure as a whole document: chart with its alternative text, table, how it was counted, and nobody's name."""

from datetime import date

import pytest

from pupil_desk.documents.blocks import Bar, Chart, Heading, plain_text
from pupil_desk.documents.pdf.page import build_pdf, pages_needed
from pupil_desk.documents.pdf.web import build_web
from pupil_desk.services import figures
from pupil_desk.services.figures import Figure, FigureQuestion
from pupil_desk.services.figures.paper import FigurePaper, paper
from tests.documents.checking import assert_accessible
from tests.services.exports.made import Unit


def filled(unit: Unit) -> None:
    for number in range(7):
        unit.pupil("Ashdown", f"Zara{number}", date(2011, 10, 5), sex="M", year_group="10")
    for number in range(2):
        unit.pupil("Bramley", f"Quinn{number}", date(2010, 10, 5), sex="F", year_group="11")


def figure(unit: Unit, by: str, *, for_others: bool = True) -> Figure:
    found = figures.look(unit.desk, FigureQuestion("roll", figures.periods(unit.desk)[0], by))
    return figures.for_others(unit.desk, found) if for_others else found


def printed(made: FigurePaper) -> bytes:
    return build_pdf(made.story, title=made.title, footer=made.title, page_size=made.page_size, base_size=made.base_size)


@pytest.mark.parametrize("by", ["sex", "weeks"])
def test_the_checkers_find_nothing_in_bars_nor_in_a_line(unit: Unit, by: str) -> None:
    filled(unit)
    assert_accessible(printed(paper(unit.desk, figure(unit, by), by, "on-roll")))


def test_it_says_the_numbers_how_they_were_counted_and_nobodys_name(unit: Unit) -> None:
    filled(unit)
    made = paper(unit.desk, figure(unit, "sex"), "sex", "on-roll")
    text = plain_text(made.story)
    assert made.title == "Pupils on roll by sex"
    assert "Male\n0\nc\nc\nc" not in text
    assert "Male\nc\nc\n0\nc" in text or "Male\nc\nc\nc\nc" in text
    for said in (
        "Larkfield Centre. School year 2026/27, to 24 November 2026.",
        "Numbers from 1 to 4 are not shown",
        "How it was counted",
        "Joined and left: each time somebody came",
    ):
        assert said in text, said
    for name in ("Ashdown", "Bramley", "Zara", "Quinn", unit.desk.user.name):
        assert name not in text


def test_the_chart_has_its_sentence_and_hides_what_the_table_hides(unit: Unit) -> None:
    filled(unit)
    story = paper(unit.desk, figure(unit, "sex"), "sex", "on-roll").story
    (chart,) = [block for block in story if isinstance(block, Chart)]
    assert (
        chart.alt == "On roll at the end by sex, School year 2026/27, to 24 November 2026. Male: hidden, too few; Female: hidden, too few."
    )
    assert [(bar.size, bar.is_hidden) for bar in chart.bars] == [(None, True), (None, True)]
    whole = paper(unit.desk, figure(unit, "sex", for_others=False), "sex", "on-roll").story
    assert "Do not pass this on" in plain_text(whole)
    (chart,) = [block for block in whole if isinstance(block, Chart)]
    assert [bar.size for bar in chart.bars] == [7.0, 2.0]
    assert chart.scale_end == 10.0


def test_many_rows_are_told_by_their_ends(unit: Unit) -> None:
    filled(unit)
    told = figures.column_sentence(figure(unit, "weeks", for_others=False), "on-roll")
    assert "From 9 (31 Aug 2026) to 9 (23 Nov 2026)." in told
    assert "The lowest is 9 (31 Aug 2026), the highest 9 (31 Aug 2026)." in told


def test_many_bars_go_on_overleaf() -> None:
    bars = [Bar(f"School or authority number {number}", float(number), str(number)) for number in range(120)]
    story = [Heading(1, "Many"), Chart("Many bars, one a school: from 0 to 119.", bars, 200)]
    assert pages_needed(story) >= 3
    assert_accessible(build_pdf(story, title="Many"))


def test_on_a_web_page_the_chart_is_its_sentence() -> None:
    page = build_web([Heading(1, "One"), Chart("Pupils by sex. <Male>: 7.", [Bar("Male", 7.0, "7")], 10)], title="One").decode()
    assert "<p>Pupils by sex. &lt;Male&gt;: 7.</p>" in page
