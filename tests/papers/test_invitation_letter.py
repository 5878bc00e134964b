"""Letters of invitation to the review of a plan: a page for each who is invited, with who signs, and no address."""

from pupil_desk.basics.rulefiles import rule_text
from pupil_desk.documents.blocks import plain_text
from pupil_desk.documents.pdf.page import build_pdf, pages_needed
from pupil_desk.documents.plans.invitation_letter import InvitationLetter, story
from tests.documents.checking import assert_accessible

_FILLING = {
    "full_name": "Una Ash",
    "forename": "Una",
    "dob": "5 January 2012",
    "meeting": "21 December 2026",
    "advice_by": "7 December 2026",
    "days": "14",
    "unit": "Larkfield Centre",
    "all": "parent, school and health",
    "reach": "01992 555 0100",
}


def letter(dear: str, *to: str) -> InvitationLetter:
    sender, head = ("Larkfield Centre", "2 Mill Lane", "Ware"), "24 November 2026. Our reference: P0012"
    return InvitationLetter(
        to=to, sender=sender, head=head, filling={**_FILLING, "dear": dear}, signer="Morgan Bailey", role="Head of the unit"
    )


def test_each_who_is_invited_has_a_page_that_passes_the_checkers() -> None:
    prose = rule_text("words", "en", "plans", "review_invitation.md")
    blocks = story(prose, [letter("Dr Iqbal", "Dr Iqbal", "Health care professional"), letter("Parent", "Parent, carer or young person")])
    told = plain_text(blocks)
    assert told.count("We invite you to the meeting on 21 December 2026") == 2
    assert told.count("Morgan Bailey") == 2
    assert "Dear Dr Iqbal" in told
    assert "Dear Parent" in told
    assert pages_needed(blocks) == 2
    assert_accessible(build_pdf(blocks, title="Invitations to a review"))
