"""The letter about a knock on the head as a paper: its prose, and the sentences that the accident puts into it."""

from pupil_desk.basics.words import _
from pupil_desk.services.disclosures import on_paper
from pupil_desk.services.translations.fixed_papers import FixedPaper

INJURY, WHEN = _("{injury}, {part}"), _("{day} at {time}")
SEEN = _("A first-aider looked at it, and saw nothing then that needed more help.")
FIRST_AID = _("First aid given: {what}")
TELEPHONE, OFFICE = _("Telephone {number}, {unit}."), _("Ask our office, {unit}.")
LETTER = FixedPaper(
    "head-letter",
    on_paper.HEAD_LETTER.what,
    ("head_injury.md",),
    (WHEN, SEEN, FIRST_AID, TELEPHONE, OFFICE),
    code_lists=("accident_place", "accident_injury", "accident_body_part"),
)
