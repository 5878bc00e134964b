"""The statement of who was told: it reads easily, passes the checkers, and says how to object in the notice's own words."""

from datetime import date

import pytest

from pupil_desk.documents.blocks import plain_text
from pupil_desk.documents.papers import disclosure_log
from pupil_desk.documents.papers.disclosure_log import StatementRow
from pupil_desk.documents.pdf.page import build_pdf, pages_needed
from pupil_desk.services.notices import notice_text
from tests.documents.checking import assert_accessible
from tests.papers.made import LONG
from tests.papers.reading import reading_ease, words_in

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
FILLING = notice_text.filling_of(LONG, date(2026, 9, 1))[0] | {
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
