"""The quick cards: one side of A4 for each role, of things that the role may do."""

import re

import pypdfium2
import pytest

from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.program.guides import card_of, pdf_of, text_of
from pupil_desk.services.roles import Action, may
from pupil_desk.ui.pages import pages

# What a card may name only where the role may do it, by the words in italics.
_NEEDS = {
    "Add a decision": Action.SUSPEND,
    "Lift this protection": Action.LIFT_PROTECTION,
    "Merge these two": Action.MERGE,
    "Propose to erase": Action.PROPOSE_ERASURE,
    "Set a hold": Action.SET_HOLD,
    "Make the export": Action.EXPORT,
    "Restore drill": Action.RESTORE,
    "Disable": Action.MANAGE_USERS,
    "Give a dose now": Action.EDIT_RECORD,
    "Read a scan in": Action.READ_SCANS,
    "Record as given": Action.ISSUE_NOTICE,
    "Report a breach": Action.REPORT_BREACH,
    "New request": Action.RECORD_REQUEST,
}


@pytest.mark.parametrize("role", Role)
def test_a_card_is_one_side_of_a4_in_type_that_can_be_read(role: Role) -> None:
    document = pypdfium2.PdfDocument(pdf_of(card_of(role).name))
    assert len(document) == 1
    assert [round(side) for side in document[0].get_size()] == [595, 842]
    page = document[0].get_textpage()
    sizes = [round(pypdfium2.raw.FPDFText_GetFontSize(page, at), 1) for at in range(page.count_chars())]
    assert max(set(sizes), key=sizes.count) >= 10


@pytest.mark.parametrize("role", Role)
def test_a_card_names_nothing_that_its_role_may_not(role: Role) -> None:
    named = {words.rstrip("…") for words in re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", text_of(card_of(role).name))}
    assert named & set(_NEEDS)
    assert {words for words in named & set(_NEEDS) if not may(role, _NEEDS[words])} == set()
    by_title = {page.title: page for page in pages()}
    opened = [by_title[words] for words in named if words in by_title]
    assert len(opened) >= 4
    assert [page.title for page in opened if page.action is not None and not may(role, page.action)] == []
    assert card_of(role).title == f"Quick card: {role.label.lower()}"
