"""A grid of boxes: a row a question, a column an answer, and where each box stands is known for the scanner.

Columns are as wide as what they hold asks for.
"""

import pytest

from pupil_desk.documents.blocks import CodedPages, Heading, Table, TickGrid, TickRow, plain_text
from pupil_desk.documents.pdf.coded_pages import layout
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.documents.pdf.setting_table import column_widths
from pupil_desk.documents.pdf.style import Style
from pupil_desk.documents.pdf.web import build_web
from tests.documents.checking import assert_accessible


def grid(number: int) -> TickGrid:
    rows = [(f"Use {at}", [TickRow(f"Use {at}: {answer}", key=f"use{at}/{answer}") for answer in ("yes", "no")]) for at in range(number)]
    return TickGrid("Tick one box in each line", ("Yes", "No"), rows)


def coded(block: TickGrid) -> CodedPages:
    return CodedPages(["1" * 24, "2" * 24], [Heading(1, "Photographs"), block], 12, "Photographs")


def test_the_boxes_of_a_question_stand_side_by_side_and_those_of_an_answer_one_below_the_other() -> None:
    (page,) = layout(coded(grid(5)))
    boxes = page.boxes
    assert len(boxes) == 10
    assert len({boxes[f"use{at}/yes"].x for at in range(5)}) == 1
    for at in range(5):
        yes, no = boxes[f"use{at}/yes"], boxes[f"use{at}/no"]
        assert yes.y == no.y
        assert no.x - yes.x > 2 * yes.side, "no tick for one reaches into the other"
    assert all(boxes[f"use{at}/yes"].y - boxes[f"use{at + 1}/yes"].y > 1.3 * boxes["use0/yes"].side for at in range(4))


@pytest.mark.parametrize("number", [1, 2, 5])
def test_it_is_read_out_with_what_each_box_means(number: int) -> None:
    pdf = build_pdf([Heading(1, "Photographs"), grid(number)], title="Photographs")
    assert_accessible(pdf)
    assert plain_text([grid(1)]) == "Tick one box in each line\nYes\nNo\nUse 0"
    assert "☐" in build_web([Heading(1, "Photographs"), grid(number)], title="Photographs").decode()


def test_a_row_has_a_box_for_each_answer() -> None:
    with pytest.raises(ValueError, match="another number of boxes"):
        build_pdf([TickGrid("Which", ("Yes", "No"), [("Use", [TickRow("Use: yes")])])], title="Wrong")


def test_columns_share_the_width_by_what_they_hold() -> None:
    table = Table("", ["No.", "What it says"], [["1", "word " * 60]])
    narrow, wide = column_widths(Style(), table, 450)
    assert narrow + wide == pytest.approx(450)
    assert narrow < 60


def test_widths_asked_for_are_given() -> None:
    assert column_widths(Style(), Table("", ["a", "b"], [], widths=[1, 3]), 400) == [100, 300]


def test_a_column_is_not_narrower_than_its_longest_word_while_there_is_room() -> None:
    table = Table("", ["Characteristics", "b", "c"], [["x", "word " * 90, "other " * 90]])
    first, *_others = column_widths(Style(), table, 450)
    assert first > 80


def test_one_long_word_does_not_crush_the_other_columns() -> None:
    table = Table("", ["Short", "Prose", "Address"], [["x", "word " * 300, "z" * 300]])
    short, prose, address = column_widths(Style(), table, 450)
    assert 30 < short < 60
    assert prose > 100
    assert address > 200
    assert short + prose + address == pytest.approx(450)


def test_a_row_with_a_cell_too_few_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="cells"):
        build_pdf([Heading(1, "A"), Table("", ["a", "b"], [["one"]])], title="A")
