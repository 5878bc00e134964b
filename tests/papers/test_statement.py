"""The statement of who was told: it reads easily, passes the checkers, and says how to object in the notice's own words.

Who would receive what, on paper: by pupil for one export, by recipient for one pupil; tagged, and the same as on the screen.
"""

from datetime import date

import pytest

from pupil_desk.documents.blocks import plain_text
from pupil_desk.documents.papers import disclosure_log
from pupil_desk.documents.papers.disclosure_log import StatementRow
from pupil_desk.documents.pdf.page import build_pdf, pages_needed
from pupil_desk.services.exports import EXPORTS, previewing
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.exports.papers import preview_paper
from pupil_desk.services.notices import notice_text
from tests.documents.checking import assert_accessible
from tests.papers.made import LONG
from tests.papers.reading import reading_ease, words_in
from tests.services.exports.made import Unit

LINES = [
    StatementRow(
        "3 Sep 2026",
        "Youth support service",
        "Name and date of birth; address and telephone (town, postcode)",
        "To support young people (law 1).",
    ),
    StatementRow(
        "each month, 5 Sep 2025 to 20 Jul 2026 (12 times)",
        "Local authority",
        "Attendance",
        "So that the authority can see that every child is taught (law 2).",
    ),
    StatementRow(
        "24 Nov 2026",
        "Main or commissioning school: Wyming Vale 龙",
        "Attendance; progress and results",
        "So that the school knows (laws 1 and 2).",
    ),
]
LAWS = [
    "Education and Skills Act 2008, section 72",
    "School Attendance (Pupil Registration) (England) Regulations 2024 (SI 2024/208), regulation 13",
]
FILLING = notice_text.filling_of(LONG, date(2026, 9, 1)) | {
    "pupil": "Alexandrina Okonkwo-Featherstone",
    "day": "28 November 2026",
    "span": "29 November 2025 to 28 November 2026",
}


def story(lines: list[StatementRow], laws: list[str]) -> list[disclosure_log.Block]:
    return disclosure_log.statement(notice_text.prose("statement"), notice_text.prose("statement_rights"), FILLING, lines, laws)


@pytest.mark.parametrize("lines", [LINES, [StatementRow("3 Sep 2026", "DfE", "Attendance", "Law 1.")], []], ids=["some", "short", "none"])
def test_the_checkers_find_nothing(lines: list[StatementRow]) -> None:
    assert_accessible(build_pdf(story(lines, LAWS if lines else []), title="Who was told"))


def test_it_reads_easily_and_leaves_room_for_the_lines() -> None:
    words = plain_text(story([], []))
    assert reading_ease(words) >= 60
    assert len(words_in(words)) <= 350
    assert pages_needed(story([], [])) == 1


def test_it_says_whom_to_ask_and_to_whom_to_object_as_the_notice_does() -> None:
    text = plain_text(story(LINES, LAWS))
    for name in ("copy_contact", "choices_contact", "dpo", "unit_contact", "regulator", "ico_page"):
        assert str(FILLING[name]) in text
    assert "The law lets us leave some things off" in text
    assert all(law in text for law in LAWS)


def test_both_are_accessible_and_say_what_goes_what_is_withheld_and_why(unit: Unit) -> None:
    zoe = unit.pupil("O’Hanrahan-Łuczak", "Zoë", date(2012, 1, 5))
    unit.said(zoe, "restrict")
    unit.said(unit.pupil("Quillfeather", "𠮷", date(2012, 1, 5)), "allow")  # which no font has, and which stops no list
    preview = previewing.preview(unit.desk, "youth-support", ExportOrder(reason=""))
    assert preview.sentence == "2 pupils (1 minimum, 1 full), nobody left out."
    story, title = preview_paper.story(unit.desk, preview)
    text = plain_text(story)
    for told in (
        "Zoë O’Hanrahan-Łuczak (P0001)",
        "□ Quillfeather (P0002)",
        "Minimum",
        "A parent",
        "Legal surname, legal forename and date of birth",
        "UPN, ULN, sex",
        preview.sentence,
        "24 November 2026",
    ):
        assert told in text, told
    pages = [build_pdf(story, title=title, page_size=preview_paper.LYING, base_size=preview_paper.BASE)]

    receivers = previewing.of_pupil(unit.desk, zoe.id)
    story, title = preview_paper.story_of_pupil(unit.desk, zoe, receivers)
    text = plain_text(story)
    for export in EXPORTS:
        assert export.title in text
        assert export.recipient in text
    assert "Not among those whom it covers today: " in text
    pages.append(build_pdf(story, title=title, page_size=preview_paper.LYING, base_size=preview_paper.BASE))
    for data in pages:
        assert_accessible(data)
