"""Columns are as wide as what they hold asks for."""

import pytest

from pupil_desk.documents.blocks import Heading, Table
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.documents.pdf.setting_table import column_widths
from pupil_desk.documents.pdf.style import Style


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
