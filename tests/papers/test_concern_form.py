"""The blank form for a concern: two pages, the figures of the body, and nobody's name but the lead's."""

from pupil_desk.documents.blocks import plain_text
from pupil_desk.documents.papers.concern_form import TITLE, story
from pupil_desk.documents.pdf.page import build_pdf, pages_needed
from tests.documents.checking import assert_accessible


def test_it_is_two_pages_to_be_filled_in_by_pen() -> None:
    blocks = list(story("Larkfield Centre", "Jo Lead and Bo Deputy"))
    told = plain_text(blocks)
    assert "If a child is in danger now, tell Jo Lead and Bo Deputy at once." in told
    assert "Received by the safeguarding lead" in told
    assert pages_needed(blocks) == 2
    assert_accessible(build_pdf(blocks, title=TITLE))
