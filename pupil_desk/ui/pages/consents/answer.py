"""What was said or done about a consent: one of six, each with its letter."""

from pupil_desk.basics.words import _
from pupil_desk.domain.consents.consent import ASKED, EXCUSED, GIVEN, REFUSED, REMINDED, WITHDRAWN
from pupil_desk.ui.kit.forms.lettered import Lettered
from pupil_desk.ui.style import tokens

_LETTERS = {"Y": GIVEN, "N": REFUSED, "T": WITHDRAWN, "A": ASKED, "R": REMINDED, "E": EXCUSED}


class AnswerButtons(Lettered):
    """A code of «consent_step», or nothing."""

    def __init__(self) -> None:
        words = {
            GIVEN: _("Yes"),
            REFUSED: _("No"),
            WITHDRAWN: _("Takes the yes back"),
            ASKED: _("Asked"),
            REMINDED: _("Reminded"),
            EXCUSED: _("Excused: need not be asked"),
            "": _("Nothing said"),
        }
        super().__init__(_("What was said or done"), words, _LETTERS, above=_("What was said or done (Y, N, T, A, R, E)"), gap=tokens.XS)

    def set_request(self, is_request: bool) -> None:
        """A request to be left out says what each answer does."""
        self.buttons[GIVEN].setText(_("To be left out") if is_request else _("Yes"))
        self.buttons[REFUSED].setText(_("Takes part") if is_request else _("No"))
