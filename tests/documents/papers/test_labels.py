"""Labels stand where the sheet has them, shrink to fit, are never clipped, and are tagged."""

import io

import pikepdf
import pypdfium2
import pytest

from pupil_desk.documents.papers.labels import Label, LabelSheet, build_labels, fits, sheets
from pupil_desk.documents.pdf.style import A4, MM
from pupil_desk.documents.typography.fonts import CannotPrint
from tests.documents.checking import assert_accessible

HOME = Label(["Mrs Ruth Ashdown and Mr Peter Ashdown", "27 Upper Wymondley High Street", "Great Wymondley", "Larkfield", "AL28 2QN"])
SHORT = Label(["Mia Ashdown", "P0001"])


def sheet(key: str) -> LabelSheet:
    return next(found for found in sheets() if found.key == key)


@pytest.mark.parametrize("of", sheets(), ids=lambda of: of.key)
def test_every_sheet_lies_within_the_paper_and_its_labels_beside_each_other(of: LabelSheet) -> None:
    assert str(of.count) == of.key
    assert of.across >= of.width
    assert of.down >= of.height
    right = of.left + (of.columns - 1) * of.across + of.width
    foot = of.top + (of.rows - 1) * of.down + of.height
    assert right == pytest.approx(210 - of.left, abs=0.6)
    assert foot == pytest.approx(297 - of.top, abs=0.6)


def _boxes(pdf: bytes) -> list[list[tuple[str, tuple[float, ...]]]]:
    """Of each page, the pieces of text and their boxes in points."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text = page.get_textpage()
            boxes = [text.get_rect(place) for place in range(text.count_rects())]
            found.append([(text.get_text_bounded(*box), box) for box in boxes])
    return found


@pytest.mark.parametrize("of", sheets(), ids=lambda of: of.key)
def test_each_text_lies_within_its_label(of: LabelSheet) -> None:
    labels = [Label([f"Name {number}", "P0001"]) for number in range(of.count)]
    (page,) = _boxes(build_labels(labels, of, title="Labels"))
    for words, (left, low, right, high) in page:
        if not words.startswith("Name"):
            continue
        x, y = of.corner(int(words.split()[1]))
        assert x <= left <= right <= x + of.width * MM
        assert y - of.height * MM <= low <= high <= y


def test_a_half_used_sheet_begins_where_it_is_told_and_goes_on_overleaf() -> None:
    pages = _boxes(build_labels([SHORT] * 3, sheet("21"), start=20, title="Labels"))
    assert [sum(words == "P0001" for words, _box in page) for page in pages] == [2, 1]
    first = pages[0][0][1]
    assert first[0] >= sheet("21").corner(19)[0]
    assert pages[1][0][1][3] <= A4[1] - 15 * MM


def test_a_long_text_shrinks_and_one_that_is_too_long_is_not_clipped() -> None:
    assert fits(HOME, sheet("21"))
    assert not fits(HOME, sheet("65"))
    with pytest.raises(ValueError, match="does not fit"):
        build_labels([HOME], sheet("65"), title="Labels")
    assert not fits(Label(["Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"]), sheet("65"))


def test_a_character_that_no_font_has_is_named() -> None:
    with pytest.raises(CannotPrint, match="UGARITIC"):
        fits(Label(["Mia \N{UGARITIC LETTER ALPA}"]), sheet("21"))


def test_labels_pass_three_checkers_and_each_is_a_paragraph() -> None:
    data = build_labels([HOME, SHORT] * 12, sheet("21"), title="Labels")
    assert_accessible(data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        kids = pdf.Root.StructTreeRoot.K[0].K
        assert [str(kid.S) for kid in kids] == ["/P"] * 24


def test_a_name_in_arabic_is_set_on_a_label_and_found_again() -> None:
    label = Label(["محمد عبد الرحمن", "14 Long Acre", "WARE SG11 2ZZ"])
    assert fits(label, sheets()[0])
    pdf = build_labels([label], sheets()[0], title="Labels")
    assert "محمد" in pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    assert_accessible(pdf)
