"""What is told of a pupil whose family, or who from 16, has not answered: in words, made from the rule that decides."""

from datetime import date

from pupil_desk.basics.dates import birthday
from pupil_desk.basics.words import _
from pupil_desk.domain.enrolment import Enrolment
from pupil_desk.domain.pupil import Pupil
from pupil_desk.domain.recipients import Recipient
from pupil_desk.domain.sharing import (
    OWN_WORD_FROM,
    POST_16,
    YOUTH_SUPPORT,
    YOUTH_SUPPORT_FROM,
    Case,
    Level,
    Rules,
    decide,
)

_BORN = date(2000, 9, 1)  # of somebody invented, of whom the rule is asked


def unanswered_words(rules: Rules, least: str, *, own: bool) -> str:
    """A sentence for each recipient, begun small: for a pupil of 16 (``own``), else for a parent who has had the notice.

    ``least`` is what the youth support service is told in any case, in words.
    """
    day = birthday(_BORN, OWN_WORD_FROM if own else YOUTH_SUPPORT_FROM)
    youth = _YOUTH[own, _level(YOUTH_SUPPORT, day, rules)].format(least=least)
    return f"{youth} {_COLLEGES[_level(POST_16, day, rules)]}"


def _level(recipient: Recipient, day: date, rules: Rules) -> Level:
    stay = Enrolment(status="C", start_date=_BORN)
    decision = decide(Case(pupil=Pupil(surname="", forename="", dob=_BORN), enrolments=[stay], notices_given=(_BORN,)), recipient, day, rules)
    assert decision is not None, "who is on roll is judged"
    return decision.level


_YOUTH = {
    (True, Level.MINIMUM): _("the youth support service is told only {least}."),
    (True, Level.FULL): _("the law lets us tell the youth support service everything that our privacy notice lists, until you say no."),
    (False, Level.MINIMUM): _("the youth support service is told only {least}."),
    (False, Level.FULL): _("from 13, the law lets us tell the youth support service everything that our privacy notice lists, until you say no."),
}
_COLLEGES = {
    Level.NONE: _("Colleges and training providers are told nothing."),
    Level.FULL: _("Colleges and training providers may be told what our privacy notice lists, until you say no."),
}
