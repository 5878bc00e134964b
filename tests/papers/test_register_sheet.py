"""The register to be marked by hand, as a paper: the three checkers, its stamp, its boxes, and that it says no more than it must."""

from datetime import date

import pytest

from pupil_desk.documents.blocks import TickGrid, TickRow
from pupil_desk.documents.papers.day import register_sheet
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.register.attendance import Session
from pupil_desk.domain.register.paper_marks import SheetBox, SheetSpan
from pupil_desk.services.register.sheets import printing
from tests.documents.checking import assert_accessible
from tests.services.exports.made import Unit

DAY = date(2026, 11, 24)


@pytest.mark.parametrize("span", SheetSpan)
def test_the_checkers_find_nothing_and_no_code_of_a_box_is_missing(unit: Unit, span: SheetSpan) -> None:
    for name in ("Ash", "Blythe"):
        unit.pupil(name, "Una", date(2012, 5, 6), year_group="9")
    batch = printing.make_sheets(unit.desk, span, DAY)
    assert_accessible(batch.print_file())
    boxes = {SheetBox.of_key(key) for key in batch.sheets[0].page_layout.boxes}
    assert {(box.place, box.day, box.session) for box in boxes} >= {(place, DAY, session) for place in (0, 1) for session in Session}
    assert {box.code for box in boxes if box.session is Session.PM} == {"\\", *span.codes[1:]}
    assert len(boxes) == 2 * len({box.day for box in boxes}) * 2 * len(span.codes)


def test_boxes_stand_far_enough_from_one_another_for_the_reader(unit: Unit) -> None:
    unit.pupil("Ash", "Una", date(2012, 5, 6))
    page = printing.make_sheets(unit.desk, SheetSpan.WEEK, DAY).sheets[0].page_layout
    for box in page.boxes.values():
        beside = [other.x - box.x for other in page.boxes.values() if other.y == box.y and other.x > box.x]
        assert not beside or min(beside) >= 1.4 * box.side
    rows = [(f"Row {number}", [TickRow("Box", key=f"{number}/{place}") for place in range(30)]) for number in range(2)]
    with pytest.raises(ValueError, match="too close"):
        build_pdf([TickGrid("Pupil", ["/"] * 30, rows, ["Monday"])], title="Wrong")
    assert register_sheet.BASE == 10


def test_who_is_not_on_the_register_on_a_day_of_the_week_has_no_box_for_it(unit: Unit) -> None:
    unit.pupil("Ash", "Una", date(2012, 5, 6), Enrolment(status="C", start_date=date(2026, 11, 24)))
    boxes = [SheetBox.of_key(key) for key in printing.make_sheets(unit.desk, SheetSpan.WEEK, DAY).sheets[0].page_layout.boxes]
    assert min(box.day for box in boxes) == DAY


def test_the_page_bears_the_stamp_of_a_protected_pupil(unit: Unit) -> None:
    unit.protect(unit.pupil("Ash", "Una", date(2012, 5, 6)))
    batch = printing.make_sheets(unit.desk, SheetSpan.DAY, DAY)
    assert batch.guard.stamp.startswith("Protected.")
    assert_accessible(batch.print_file())
