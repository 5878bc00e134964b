"""The letter about leave as a paper: its prose, and the sentences that the decision puts into it."""

from pupil_desk.basics.words import _
from pupil_desk.documents.papers.envelope import ABOUT
from pupil_desk.domain.leave.leave_request import LeaveDecision
from pupil_desk.services.disclosures import on_paper
from pupil_desk.services.translations.fixed_papers import FixedPaper

DECIDED = {
    LeaveDecision.GRANTED: _("I give leave for all of these days."),
    LeaveDecision.PART: _("I give leave for some of these days, and not for the others."),
    LeaveDecision.REFUSED: _("I do not give leave for these days."),
}
REASON, SPAN = _("The reason: {reason}"), _("{first} to {last}")
OTHER_DAYS, THESE_DAYS = _("the other days that you asked for"), _("these days")
EITHER, OFFICE = _("{phone} or {email}"), _("our office")
THE_HEAD, HEAD = _("The head of the unit"), _("Head of the unit")
_SENTENCES = (*DECIDED.values(), REASON, SPAN, OTHER_DAYS, THESE_DAYS, EITHER, OFFICE, THE_HEAD, HEAD, ABOUT)
LETTER = FixedPaper("leave-letter", on_paper.LEAVE_LETTER.what, ("leave_letter.md",), _SENTENCES, code_lists=("leave_purpose",))
LETTER_TO_PUPIL = FixedPaper(
    "leave-letter-own", _("Letter about leave, to the pupil who asked"), ("leave_letter_own.md",), _SENTENCES, code_lists=("leave_purpose",)
)
