"""What leaves the training unit in ways of its own: an export for an employer, by consent and approved, and something told by telephone."""

from collections.abc import Sequence
from datetime import timedelta

from pupil_desk.domain.own_export import CONSENT, OwnColumn, OwnExport
from pupil_desk.services import told_by_hand
from pupil_desk.services.demo.invention import Invented
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import own
from pupil_desk.services.told_by_hand import ByHand

_COLUMNS = (
    OwnColumn("pupil.surname", "Surname"), OwnColumn("pupil.forename", "Forename"), OwnColumn("pupil.dob", "Date of birth"),
    OwnColumn("contact.forename", "Whom to call: forename"), OwnColumn("contact.surname", "Surname of whom to call"), OwnColumn("contact.mobile", "Mobile"),
)  # fmt: skip
_NEEDED = 3  # pupils on roll


def keep_own_export(desk: Desk, body: str, employer: str) -> None:
    """An export for an employer of those on work experience there, which rests on their consent. ``body`` is the occasion of that consent."""
    consent = next(one.key for one in own.consents(desk) if f"|{body}|" in one.key)
    made = own.save(desk, OwnExport(
        title=f"Work experience: {employer}", recipient=employer, purpose="To know whom to expect for a week of work experience, and whom to call",
        basis=CONSENT, consent=consent, columns=_COLUMNS,
    ))  # fmt: skip
    own.approve(desk, made.id)


def tell_by_telephone(desk: Desk, people: Sequence[Invented]) -> None:
    """The police were told of a pupil who had not come home, the evening before last."""
    here = [one.pupil for one in people if one.stay.on_roll(desk.today) and not one.protections]
    if len(here) < _NEEDED:
        return
    told_by_hand.keep(desk, ByHand(
        pupil_id=here[_NEEDED - 1].id, recipient="Larkshire Police", kinds=("identity", "contact-details", "family"), basis="vital", way="phone",
        purpose="To find a pupil who had not come home", on=desk.today - timedelta(days=2),
    ))  # fmt: skip
