"""What was told of pupils to others: one row a pupil, written in the transaction of the act that tells it.

An export, a paper and a pack each write their own rows. The pupil's sheet, the access request and the log of disclosures read them.

Who of the register of recipients this unit may tell: those whom its notice names. Every way out asks here.

Whether the family may know of one thing that was told: somebody's word on it, and what holds without one.

Sources: UK GDPR Articles 13 to 15 (people are told who is told); Data Protection Act 2018, schedule 2, paragraph 2 (an inquiry that it
would harm), and schedule 3, paragraphs 2 to 5 and 17 to 21 (serious harm, and child abuse data). Which of these holds a person decides.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pupil_desk.basics.errors import WrongUse, required
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.sharing.recipients import OTHER, Recipient, register
from pupil_desk.domain.sharing.unit_recipients import is_named, names_of, recipients_named
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.roles import Action
from pupil_desk.store.file.vault import Row
from pupil_desk.store.tables import ledger, own_exports
from pupil_desk.store.tables import told as store
from pupil_desk.store.tables.ledger import DisclosureRow

WHAT_TO_DO = _(
    "Ask a data officer to name them on the page Settings, under Who else is told: the notice has a new edition then, which families are given."
)
"""How somebody whom the notice does not name comes to stand in it."""


def to_choose_from(desk: Desk) -> list[tuple[Recipient, tuple[str, ...]]]:
    """Whom a person may enter as told: those whom the notice names, each with what they are called here; somebody else last. Raises NotAllowed."""
    desk.require(Action.RECORD_DISCLOSURE)
    settings = desk.settings
    return [(recipient, names_of(recipient, settings)) for recipient in recipients_named(settings) if recipient.by_hand]


def not_named(desk: Desk, name: str) -> str:
    """Why nothing may be told to a recipient, by its name in the register or that of an export of the unit's own: a sentence that says what to
    do; empty for one whom the notice names."""
    recipient = register().get(name)
    if recipient is None:
        if name in own_exports.promised_names(desk.vault):
            return ""
        return _("The notice names nobody of that kind. Choose the recipient from the list. {what_to_do}").format(what_to_do=WHAT_TO_DO)
    if recipient.name == OTHER or is_named(recipient, desk.settings):
        return ""
    return _("The privacy notice of this unit does not name: {recipient}. Nothing was told or written. {what_to_do}").format(
        recipient=recipient.label, what_to_do=WHAT_TO_DO
    )


def refuse_unnamed(desk: Desk, names: Iterable[str], *, by_hand: bool = False) -> None:
    """Refuse whoever the notice does not name. Only what a person told on a ground of law, or by consent, goes to somebody else. Raises WrongUse."""
    for name in dict.fromkeys(names):
        if words := not_named(desk, name) or ("" if by_hand or name != OTHER else not_named(desk, "")):
            raise WrongUse(words)


def labels_not_named(desk: Desk) -> Collection[str]:
    """What the register calls those whom this unit's notice does not name."""
    settings = desk.settings
    return [recipient.label for recipient in register().values() if recipient.name != OTHER and not is_named(recipient, settings)]


class Way(StrEnum):
    """How it was told: a code of the list «disclosure_way»."""

    EXPORT = "export"
    PRINT = "print"
    PACK = "pack"
    PHONE = "phone"
    MEETING = "meeting"
    EMAIL = "email"
    LETTER = "letter"
    NOT_RECORDED = "not-recorded"


BY_HAND = (Way.PHONE, Way.MEETING, Way.EMAIL, Way.LETTER, Way.NOT_RECORDED)
"""How a person tells it, who then enters it by hand; the last is of a step that says that somebody was told, and not how."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """What was told of one pupil. ``to`` is who was told, by name in the register of recipients or that of an export of the unit's own,
    ``recipient`` the same in words, as the log has it. ``what`` names the paper or export, ``fields`` the items or kinds of data, both in words.

    ``level`` is a code of «level», ``decided_by`` who decided it: ``rule``, ``parent`` or ``pupil``; ``reason`` says why in a sentence.
    ``on`` is the day that it was told, or judged on; today unless given. ``without_consent``: it rested on a consent that was not in force.
    ``of_event`` is the step that says so, of a suspension, an incident or an absence, the accident that was reported, or the plan that went, by its identity.
    """

    pupil_id: str
    what: str
    to: str
    recipient: str
    law: str
    purpose: str
    fields: str
    reason: str = ""
    level: str = "full"
    decided_by: str = "rule"
    on: date | None = None
    export_id: str | None = None
    without_consent: bool = False
    of_event: str = ""


def of_paper(
    recipient_key: str, recipient: str, paper: str, items_by_pupil: Mapping[str, Iterable[str]], purpose: str = ""
) -> list[Disclosure]:
    """What a paper tells one recipient of several pupils, by the items that stand on it of each; for the purpose that the register gives, or another."""
    by_register = register()[recipient_key]
    return [
        Disclosure(
            pupil_id=pupil_id,
            what=paper,
            to=recipient_key,
            recipient=recipient,
            law=by_register.law,
            purpose=purpose or by_register.purpose,
            fields=", ".join(items),
        )
        for pupil_id, items in items_by_pupil.items()
    ]


def keep_printed(desk: Desk, words: str, disclosures: Sequence[Disclosure]) -> None:
    """Log that a paper about these pupils went to the printer, a row for each, and what it tells of whom."""
    first_id, *other_ids = (disclosure.pupil_id for disclosure in disclosures)
    with desk.act(Action.EXPORT, "pupil", first_id, words) as work:
        for pupil_id in other_ids:
            work.note(Action.EXPORT, "pupil", pupil_id, words)
        keep(work, Way.PRINT, disclosures)


def keep(work: Work, way: Way, disclosures: Iterable[Disclosure]) -> None:
    """Within a transaction: keep what is told by it. Raises WrongUse for a recipient whom the notice does not name: then nothing is kept."""
    disclosures = list(disclosures)
    refuse_unnamed(work.desk, (disclosure.to for disclosure in disclosures), by_hand=way in BY_HAND)
    today, recorded_at, staff_id = work.desk.today, work.stamp, work.actor
    ledger.add_disclosures(
        work.desk.vault,
        (
            DisclosureRow(
                pupil_id=disclosure.pupil_id,
                export_id=disclosure.export_id,
                way=way.value,
                what=disclosure.what,
                recipient=disclosure.recipient,
                law=disclosure.law,
                purpose=disclosure.purpose,
                level=disclosure.level,
                decided_by=disclosure.decided_by,
                reason=disclosure.reason,
                fields=disclosure.fields,
                on=(disclosure.on or today).isoformat(),
                at=recorded_at,
                told_by=staff_id,
                without_consent=int(disclosure.without_consent),
                told_to=disclosure.to,
                of_event=disclosure.of_event,
            )
            for disclosure in disclosures
        ),
    )


def take_back(work: Work, of_event: str, reason: str) -> None:
    """Within a transaction: strike out every line that stands of a step, which is taken back; one that is struck out already stays so."""
    for row in store.standing_of_event(work.desk.vault, of_event):
        ledger.add_disclosure_strike(work.desk.vault, row["pupil_id"], row["seq"], reason, moment=work.stamp, actor=work.actor)


SAY_WHY = _("Say in a few words why the family may not know, such as: it could put the child in danger.")
_LONGEST = 255  # characters


UNASKED = _("It answers no request")
"""The reason that stands with a copy for which nobody is on file as having asked: by that it is known again."""
NAME_ALONE = _("The name alone.")
"""The reason that stands with a pupil who is in a file by name alone, for a protection: by that it is known again."""


def may_know(row: Row) -> bool | None:
    """Whether the family may know of a row of the log: by the last word said on it. Without one, no of a report about an incident,
    and of the letter about a knock on the head in one, while one is withheld from a parent, and of an export in which a protected pupil stands by name alone; yes of what the program sent and of what was told
    by word to whoever is not quiet in the register; None, not decided, of the rest, and of what was entered before anybody was asked."""
    if row["may_know"] is not None:
        return bool(row["may_know"])
    if row["report_withheld"] or row["reason"] == NAME_ALONE:
        return False
    if row["way"] not in BY_HAND:
        return True
    recipient = register().get(row["told_to"])
    return None if recipient is None or recipient.quiet else True


def kept_because(row: Row) -> str:
    """Why the family may not know of a row of the log: the word said on it, or that it would tell of a report that is withheld, or of a protection."""
    why: str = row["kept_because"]
    if not why and row["reason"] == NAME_ALONE:
        return _("it tells that the pupil is protected")
    return why or (_("it tells of an incident, and a report is withheld from a parent") if row["report_withheld"] else "")


def keep_word(work: Work, seq: int, allowed: bool, reason: str = "") -> None:
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
    row = required(store.get(desk.vault, seq), _("That line is not in the log."))
    if not allowed and (not tidy(reason) or len(tidy(reason)) > _LONGEST):
        raise WrongUse(SAY_WHY)
    action = Action.RECORD_DISCLOSURE if row["told_by_id"] == desk.user.id else Action.STRIKE_DISCLOSURE
    with desk.act(
        action, "pupil", row["pupil_id"], "the family may know of a disclosure" if allowed else "a disclosure kept from the family"
    ) as work:
        keep_word(work, seq, allowed, reason)
    return Changed.of("disclosure", ids=(row["pupil_id"],))
