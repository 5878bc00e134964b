"""Registers on paper: printed, marked by a pen, scanned badly, confirmed by a person, taken back. Nothing counts before somebody has confirmed."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import Known, WrongUse
from pupil_desk.documents.reading.read_back import read_pdf
from pupil_desk.documents.scans.scan_files import open_scan
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.papers.paper_form import Aside
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.domain.register.paper_marks import MARKED_FROM, BoxInk, Doubt, ReadMark, SheetBox, SheetSpan, read_marks
from pupil_desk.services import register, sheet
from pupil_desk.services.desk import Desk
from pupil_desk.services.duplicates import merging
from pupil_desk.services.paper_forms import aside, reading
from pupil_desk.services.pupils import pupils
from pupil_desk.services.register.sheets import printing, waiting
from pupil_desk.services.register.sheets.printing import SheetBatch
from tests import scans
from tests.registers import crossed
from tests.services import erased_at_once
from tests.services.exports.made import Unit

DAY = date(2026, 11, 24)
NAMES = ("Ash", "Blythe", "Chandra", "Dray", "Ellis", "Frost", "Gale", "Hart", "Ives", "Joyce", "King")
AM, PM = Session.AM, Session.PM


def class_of(unit: Unit, count: int = 3) -> Desk:
    """So many pupils at half past one of that day."""
    for at, name in enumerate(NAMES[:count]):
        unit.pupil(name, "Una", date(2012, 5, 6), year_group="9", tutor_group="Oak" if at % 2 else "Elm", subject_sets="Maths 2, English 1")
    return Desk(unit.desk.vault, unit.desk.user, FixedClock(datetime(2026, 11, 24, 13, 30, tzinfo=UTC)))


def printed(desk: Desk, span: SheetSpan = SheetSpan.DAY, group: str = "") -> SheetBatch:
    batch = printing.make_sheets(desk, span, DAY, group)
    printing.record_printed(desk, batch)
    return batch


def read_in(desk: Desk, *pages: Image.Image) -> reading.ScanResult:
    return reading.read_scan(desk, open_scan(scans.as_pdf(list(pages))), lambda *_done: None)


def box(place: int, code: str, session: Session = AM) -> str:
    return SheetBox(place, DAY, session, code).key


def codes(desk: Desk, session: Session = AM) -> list[str | None]:
    return [row.cells[DAY, session].code if (DAY, session) in row.cells else None for row in register.view(desk, DAY, DAY).rows]


def test_a_week_to_mark_says_its_days_in_words(unit: Unit) -> None:
    batch = printing.make_sheets(class_of(unit, 1), SheetSpan.WEEK, DAY)
    words = read_pdf(batch.print_file()).text
    assert "Mon 23 Nov Tue 24 Nov Wed 25 Nov" in " ".join(words.split())


def test_a_page_is_read_confirmed_and_taken_back(unit: Unit) -> None:
    desk = class_of(unit)
    came = read_in(desk, crossed(printed(desk), box(0, "/"), box(1, "L"), box(2, "N"), box(0, "\\", PM)))
    assert (came.pages, came.filed, len(came.sheets)) == (1, 1, 1)
    assert codes(desk) == [None, None, None], "nothing counts before somebody has confirmed"
    (page,) = waiting.waiting(desk)
    assert not page.asked
    assert [(mark.pupil, mark.session) for mark in page.blank] == [("Blythe, Una", PM), ("Chandra, Una", PM)]

    confirmed = waiting.confirm(desk, page, {})

    assert (codes(desk), codes(desk, PM)) == (["/", "L", "N"], ["\\", None, None])
    (entry,) = register.entries(desk, page.sessions[0].pupil_id, DAY, AM)
    assert (entry.source, entry.name) == ("paper", desk.user.name)
    assert waiting.waiting(desk) == []
    assert read_in(desk, crossed(printed(desk))).filed == 1

    waiting.undo(desk, confirmed)

    assert codes(desk) == [None, None, None]
    assert page.id in {one.id for one in waiting.waiting(desk)}
    waiting.confirm(desk, page, {})
    assert codes(desk) == ["/", "L", "N"], "it can be confirmed again"


def test_a_page_that_came_back_already_is_set_aside(unit: Unit) -> None:
    desk = class_of(unit)
    picture = crossed(printed(desk), box(0, "/"))
    read_in(desk, picture)
    assert dict(read_in(desk, picture).aside) == {Aside.DOUBLE: 1}
    (page,) = waiting.waiting(desk)
    waiting.confirm(desk, page, {})
    assert len(aside.set_aside(desk)) == 1
    assert read_in(desk, picture).filed == 1, "a week that was confirmed on Monday comes again on Friday"
    (again,) = waiting.waiting(desk)
    assert not again.asked
    assert waiting.confirm(desk, again, {}).marks == 0


def test_what_the_register_says_otherwise_is_asked_and_never_overwritten_unasked(unit: Unit) -> None:
    desk = class_of(unit)
    batch = printed(desk)
    ids = batch.sheets[0].pupil_ids
    register.mark(desk, [Mark(pupil_id=ids[0], day=DAY, session=AM, code="I"), Mark(pupil_id=ids[1], day=DAY, session=AM, code="/")])
    read_in(desk, crossed(batch, box(0, "/"), box(1, "/"), box(2, "/")))
    (page,) = waiting.waiting(desk)
    (clash,) = page.asked
    assert (clash.pupil, clash.standing, clash.read.code) == ("Ash, Una", "I", "/")
    with pytest.raises(WrongUse, match="not clear"):
        waiting.confirm(desk, page, {})
    kept = waiting.confirm(desk, page, {clash.key: ""})
    assert (codes(desk), kept.marks) == (["I", "/", "/"], 1)
    waiting.undo(desk, kept)
    waiting.confirm(desk, page, {clash.key: "/"})
    assert codes(desk)[0] == "/"
    assert register.entries(desk, ids[0], DAY, AM)[-1].reason == "As marked on the paper register"


def test_a_mark_made_meanwhile_is_not_overwritten(unit: Unit) -> None:
    desk = class_of(unit)
    batch = printed(desk)
    read_in(desk, crossed(batch, box(0, "/")))
    (page,) = waiting.waiting(desk)
    register.mark(desk, [Mark(pupil_id=batch.sheets[0].pupil_ids[0], day=DAY, session=AM, code="I")])
    with pytest.raises(WrongUse, match="changed since"):
        waiting.confirm(desk, page, {})
    assert codes(desk)[0] == "I"


def test_a_mark_entered_ahead_that_the_page_says_too_is_confirmed(unit: Unit) -> None:
    desk = class_of(unit)
    early = Desk(desk.vault, desk.user, FixedClock(datetime(2026, 11, 24, 9, 30, tzinfo=UTC)))
    batch = printed(early)
    register.mark(early, [Mark(pupil_id=batch.sheets[0].pupil_ids[0], day=DAY, session=PM, code="M")])
    read_in(desk, crossed(batch, box(0, "M", PM), box(1, "\\", PM)))
    (page,) = waiting.waiting(desk)
    assert not page.asked
    assert waiting.confirm(desk, page, {}).marks == 2
    planned, confirmed = register.entries(desk, batch.sheets[0].pupil_ids[0], DAY, PM)
    assert (planned.is_planned, confirmed.is_planned, confirmed.code) == (True, False, "M")


def test_who_left_since_the_page_was_printed_is_asked_and_the_others_are_confirmed(unit: Unit) -> None:
    desk = class_of(unit)
    batch = printed(desk)
    (stay,) = pupils.record(desk, batch.sheets[0].pupil_ids[1]).stays
    pupils.save_stay(desk, replace(stay, end_date=date(2026, 11, 20)))
    read_in(desk, crossed(batch, box(0, "/"), box(1, "/"), box(2, "N")))
    (page,) = waiting.waiting(desk)
    (left,) = page.asked
    assert (left.pupil, left.read.doubt) == ("Blythe, Una", Doubt.NOT_ON_REGISTER)
    with pytest.raises(Refused, match="not on the register"):
        waiting.confirm(desk, page, {left.key: "/"})
    assert waiting.confirm(desk, page, {left.key: ""}).marks == 2
    assert codes(desk) == ["/", "N"]


def test_a_merged_pupil_in_two_rows_is_asked_where_the_rows_differ(unit: Unit) -> None:
    desk = class_of(unit)
    batch = printed(desk)
    kept_id, other_id, _third = batch.sheets[0].pupil_ids
    merging.merge(desk, kept_id, other_id, reason="One girl")
    read_in(desk, crossed(batch, box(0, "/"), box(1, "N"), box(2, "/"), box(0, "\\", PM), box(1, "\\", PM)))
    (page,) = waiting.waiting(desk)
    assert [(one.place, one.pupil_id, one.session, one.read.doubt) for one in page.asked] == [
        (0, kept_id, AM, Doubt.UNLIKE),
        (1, kept_id, AM, Doubt.UNLIKE),
    ]
    with pytest.raises(WrongUse, match="twice"):
        waiting.confirm(desk, page, {page.asked[0].key: "/", page.asked[1].key: "N"})
    waiting.confirm(desk, page, {one.key: "N" for one in page.asked})
    assert (codes(desk), codes(desk, PM)) == (["N", "/"], ["\\", None])


def test_undo_brings_no_picture_back_with_the_name_of_somebody_who_was_erased(unit: Unit) -> None:
    desk = class_of(unit)
    batch = printed(desk)
    read_in(desk, crossed(batch, box(0, "/"), box(1, "/")))
    (page,) = waiting.waiting(desk)
    confirmed = waiting.confirm(desk, page, {})
    erased_at_once.erase_pupil(desk, batch.sheets[0].pupil_ids[0], authority="The parents asked")
    waiting.undo(desk, confirmed)
    assert unit.count("scan_page") == 0
    assert codes(desk) == [None, None]


def test_what_is_doubtful_is_asked_with_its_piece_of_the_picture(unit: Unit) -> None:
    desk = class_of(unit)
    read_in(desk, crossed(printed(desk), box(0, "/"), box(0, "L"), box(1, "/"), blacked=box(1, "N")))
    (page,) = waiting.waiting(desk)
    assert [(one.pupil, one.read.doubt) for one in page.asked] == [("Ash, Una", Doubt.TWO), ("Blythe, Una", Doubt.BLACKED)]
    pieces = waiting.strips(desk, page, page.asked)
    assert [piece[:4] for piece in pieces.values()] == [b"\x89PNG", b"\x89PNG"]
    waiting.confirm(desk, page, {page.asked[0].key: "L", page.asked[1].key: "/"})
    assert codes(desk) == ["L", "/", None]


def test_a_mark_that_cannot_be_entered_is_refused_and_the_page_waits(unit: Unit) -> None:
    desk = class_of(unit)
    early = Desk(desk.vault, desk.user, FixedClock(datetime(2026, 11, 24, 9, 30, tzinfo=UTC)))
    read_in(early, crossed(printed(early), box(0, "/"), box(0, "\\", PM)))
    (page,) = waiting.waiting(early)
    with pytest.raises(Refused, match="when the session has begun"):
        waiting.confirm(early, page, {})
    assert (codes(early), len(waiting.waiting(early))) == ([None, None, None], 1)


def test_the_paper_names_a_group_with_name_year_and_boxes_and_no_more(unit: Unit) -> None:
    from pupil_desk.documents.blocks import plain_text

    desk = class_of(unit, 4)
    batch = printed(desk, SheetSpan.WEEK, "tutor:oak")
    text = plain_text(batch.sheets[0].page.blocks)
    assert "Register: Tutor group: Oak" in text
    assert text.count("Year 9, morning") == 2
    assert "Ash" not in text
    assert "2012" not in text, "no day of birth"
    assert (
        printing.make_sheets(desk, SheetSpan.DAY, DAY, "set:maths 2").sheets[0].pupil_ids
        == printing.make_sheets(desk, SheetSpan.DAY, DAY).sheets[0].pupil_ids
    )
    with pytest.raises(Known, match="Nobody of this group"):
        printing.make_sheets(desk, SheetSpan.DAY, DAY, "site:nowhere")
    with pytest.raises(Known, match="closed"):
        printing.make_sheets(desk, SheetSpan.DAY, date(2026, 12, 25))


def test_the_copy_tells_of_the_paper_and_an_erasure_takes_the_picture_that_waits(unit: Unit) -> None:
    desk = class_of(unit)
    batch = printed(desk)
    read_in(desk, crossed(batch, box(0, "/")))
    (section,) = [section for section in sheet.everything(desk, batch.sheets[0].pupil_ids[0]) if section.name == "forms"]
    assert "all pupils, 24 November 2026" in str(section)
    erased_at_once.erase_pupil(desk, batch.sheets[0].pupil_ids[0], authority="The parents asked")
    assert unit.count("scan_page") == 0
    assert unit.count("register_sheet_row") == 2


def test_two_of_one_name_are_told_apart_by_our_number(unit: Unit) -> None:
    from pupil_desk.documents.blocks import plain_text

    desk = class_of(unit, 1)
    other = unit.pupil("Ash", "Una", date(2012, 8, 9), year_group="9")
    assert f"Ash, Una ({other.ref}), Year 9" in plain_text(printing.make_sheets(desk, SheetSpan.DAY, DAY).sheets[0].page.blocks)


def test_pages_long_past_are_forgotten_when_others_are_printed(unit: Unit) -> None:
    desk = class_of(unit)
    printed(desk)
    later = Desk(desk.vault, desk.user, FixedClock(datetime(2027, 5, 25, 9, 0, tzinfo=UTC)))
    batch = printing.make_sheets(later, SheetSpan.DAY, date(2027, 5, 25))
    printing.record_printed(later, batch)
    assert unit.count("register_sheet") == 1


# -- what the boxes say


SOME = {
    "clean": (0.0, 0.0, 0.0),
    "cross": (0.25, 0.2, 0.02),
    "thin": (0.095, 0.08, 0.02),
    "tail": (0.05, 0.04, 0.02),
    "black": (0.85, 0.8, 0.1),
    "faint": (0.0, 0.03, 0.0),
    "beside": (0.0, 0.0, 0.2),
    "crease": (0.055, 0.05, 0.05),
    "heavier": (0.10, 0.09, 0.02),
}


@pytest.mark.parametrize(
    ("boxes", "code", "doubt"),
    [
        (("cross", "clean", "clean"), "/", None),
        (("clean", "tail", "cross"), "N", None),
        (("clean", "clean", "clean"), "", None),
        (("crease", "cross", "crease"), "L", None),
        (("cross", "thin", "clean"), "", Doubt.TWO),
        (("cross", "thin", "thin"), "", Doubt.TWO),
        (("cross", "cross", "cross"), "", Doubt.TWO),
        (("cross", "heavier", "heavier"), "", Doubt.TWO),
        (("cross", "heavier", "crease"), "", Doubt.TWO),
        (("crease", "crease", "crease"), "", Doubt.FAINT),
        (("cross", "cross", "clean"), "", Doubt.TWO),
        (("cross", "clean", "black"), "", Doubt.BLACKED),
        (("black", "clean", "clean"), "", Doubt.BLACKED),
        (("clean", "tail", "clean"), "", Doubt.FAINT),
        (("clean", "faint", "clean"), "", Doubt.FAINT),
        (("clean", "clean", "beside"), "", Doubt.BESIDE),
        (("cross", "unseen", "clean"), "", Doubt.UNSEEN),
    ],
)
def test_what_the_boxes_of_a_session_say(boxes: tuple[str, ...], code: str, doubt: Doubt | None) -> None:
    row = [SheetBox(0, DAY, AM, letter) for letter in "/LN"]
    inks = {one: BoxInk(*SOME[manner]) if manner in SOME else None for one, manner in zip(row, boxes, strict=True)}
    inks |= {SheetBox(place, DAY, AM, letter): BoxInk(*SOME["clean"]) for place in range(1, 9) for letter in "/LN"}
    mark = read_marks(inks)[0, DAY, AM]
    assert (mark.code, mark.doubt) == (code, doubt)


@given(st.lists(st.floats(0, 0.6), min_size=3, max_size=5).filter(lambda shares: sum(share >= MARKED_FROM for share in shares) > 1))
def test_two_marks_or_more_are_never_read_as_one(shares: list[float]) -> None:
    inks = {SheetBox(0, DAY, AM, letter): BoxInk(share, share, 0.0) for letter, share in zip("/LNIM", shares, strict=False)}
    assert read_marks(inks)[0, DAY, AM] == ReadMark(doubt=Doubt.TWO)
