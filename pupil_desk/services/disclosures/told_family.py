"""Whether the family may know of one thing that was told: somebody's word on it, and what holds without one.

Sources: UK GDPR Articles 13 to 15 (people are told who is told); Data Protection Act 2018, schedule 2, paragraph 2 (an inquiry that it
would harm), and schedule 3, paragraphs 2 to 5 and 17 to 21 (serious harm, and child abuse data). Which of these holds a person decides.
"""

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.sharing.recipients import register
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.disclosures.disclosures import BY_HAND
from pupil_desk.services.roles import Action
from pupil_desk.store.file.vault import Row
from pupil_desk.store.tables import ledger
from pupil_desk.store.tables import told as store

SAY_WHY = _("Say in a few words why the family may not know, such as: it could put the child in danger.")
_LONGEST = 255  # characters


def may_know(row: Row) -> bool | None:
    """Whether the family may know of a row of the log: by the last word said on it. Without one, yes of what the program sent and of what was told
    by word to whoever is not quiet in the register; None, not decided, of the rest, and of what was entered before anybody was asked."""
    if row["may_know"] is not None:
        return bool(row["may_know"])
    if row["way"] not in BY_HAND:
        return True
    recipient = register().get(row["told_to"])
    return None if recipient is None or recipient.quiet else True


def keep(work: Work, seq: int, allowed: bool, reason: str = "") -> None:
    """Within a transaction: keep a word on one line."""
    row = store.get(work.desk.vault, seq)
    assert row is not None
    ledger.add_disclosure_family(
        work.desk.vault, row["pupil_id"], seq, may_know=allowed, reason="" if allowed else tidy(reason), moment=work.stamp, actor=work.actor
    )


def may_decide(desk: Desk, told_by: str) -> bool:
    """Whether the person at the desk may say it of a line: of one's own, or as a senior of any."""
    return told_by == desk.user.id or desk.may(Action.STRIKE_DISCLOSURE)


def decide(desk: Desk, seq: int, allowed: bool, reason: str = "") -> Changed:
    """Say whether the family may know of one line; why not, where it may not. The last word counts. Raises WrongUse, NotAllowed."""
    row = store.get(desk.vault, seq)
    if row is None:
        raise WrongUse(_("That line is not in the log."))
    if not allowed and (not tidy(reason) or len(tidy(reason)) > _LONGEST):
        raise WrongUse(SAY_WHY)
    action = Action.RECORD_DISCLOSURE if row["told_by_id"] == desk.user.id else Action.STRIKE_DISCLOSURE
    with desk.act(
        action, "pupil", row["pupil_id"], "the family may know of a disclosure" if allowed else "a disclosure kept from the family"
    ) as work:
        keep(work, seq, allowed, reason)
    return Changed.of("disclosure", ids=(row["pupil_id"],))
