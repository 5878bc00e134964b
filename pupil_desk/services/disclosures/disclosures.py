"""What was told of pupils to others: one row a pupil, written in the transaction of the act that tells it.

An export, a paper and a pack each write their own rows. The pupil's sheet, the access request and the log of disclosures read them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pupil_desk.services.desk import Work
from pupil_desk.services.disclosures import recipients
from pupil_desk.store.tables import ledger
from pupil_desk.store.tables.ledger import DisclosureRow


class Way(StrEnum):
    """How it was told: a code of the list «disclosure_way»."""

    EXPORT = "export"
    PRINT = "print"
    PACK = "pack"
    PHONE = "phone"
    MEETING = "meeting"
    EMAIL = "email"
    LETTER = "letter"


BY_HAND = (Way.PHONE, Way.MEETING, Way.EMAIL, Way.LETTER)
"""How a person tells it, who then enters it by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """What was told of one pupil. ``to`` is who was told, by name in the register of recipients or that of an export of the unit's own,
    ``recipient`` the same in words, as the log has it. ``what`` names the paper or export, ``fields`` the items or kinds of data, both in words.

    ``level`` is a code of «level», ``decided_by`` who decided it: ``rule``, ``parent`` or ``pupil``; ``reason`` says why in a sentence.
    ``on`` is the day that it was told, or judged on; today unless given. ``without_consent``: it rested on a consent that was not in force.
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


def keep(work: Work, way: Way, disclosures: Iterable[Disclosure]) -> None:
    """Within a transaction: keep what is told by it. Raises WrongUse for a recipient whom the notice does not name: then nothing is kept."""
    disclosures = list(disclosures)
    recipients.require(work.desk, (disclosure.to for disclosure in disclosures), by_hand=way in BY_HAND)
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
            )
            for disclosure in disclosures
        ),
    )
