"""The pages in a family's language beside forms that are ticked and read back, as papers: all that such a form says, sentence by sentence."""

from functools import cache

from pupil_desk.basics.rulefiles import by_rules
from pupil_desk.basics.words import _
from pupil_desk.documents.papers import data_check, notice_slip, sharing_form
from pupil_desk.services.disclosures import on_paper
from pupil_desk.services.notices.notice_text import NO_YOUTH_SERVICE, NOBODY_NAMED
from pupil_desk.services.sharing.unanswered import words_of_forms
from pupil_desk.services.translations.fixed_papers import FixedPaper

ABOUT = _("This page says what the form says that comes with it. Tick, sign and send back the form, not this page.")
_MORE = _("What stands here in English is written as we hold it. Ask us to explain the form to you: {reach}.")
ASKS = _("When you have looked at all of it, tick one box")
ALL_RIGHT = _("What is printed is right, and I have added nothing.")
CORRECTED = _("I have written beside it what is wrong or missing.")


@by_rules
def sharing() -> FixedPaper:
    """The page beside the form about sharing."""
    return FixedPaper(
        "page-sharing-choice",
        on_paper.SHARING_CHOICE.what,
        (),
        (ABOUT, NOBODY_NAMED, NO_YOUTH_SERVICE, *sharing_form.sentences(), *words_of_forms()),
        _MORE,
    )


@cache
def details() -> FixedPaper:
    """The page beside the data-check slip, on which nothing stands that is held."""
    sentences = (ABOUT, NOBODY_NAMED, *data_check.sentences(ASKS, (ALL_RIGHT, CORRECTED)))
    return FixedPaper("page-data-check", on_paper.data_check(()).what, (), sentences, _MORE)


@cache
def acknowledgement() -> FixedPaper:
    """The page beside the slip for the privacy notice, where it is asked for by itself."""
    return FixedPaper("page-notice-slip", on_paper.NOTICE_SLIP.what, (), (ABOUT, NOBODY_NAMED, *notice_slip.sentences()), _MORE)


def form_pages() -> tuple[FixedPaper, ...]:
    """All of them."""
    return sharing(), details(), acknowledgement()
