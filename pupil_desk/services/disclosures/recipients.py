"""Who of the register of recipients this unit may tell: those whom its notice names. Every way out asks here."""

from collections.abc import Collection, Iterable

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.domain.sharing.recipients import OTHER, Recipient, register
from pupil_desk.domain.sharing.unit_recipients import is_named, names_of, recipients_named
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import own_exports

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


def require(desk: Desk, names: Iterable[str], *, by_hand: bool = False) -> None:
    """Refuse whoever the notice does not name. Only what a person told on a ground of law, or by consent, goes to somebody else. Raises WrongUse."""
    for name in dict.fromkeys(names):
        if words := not_named(desk, name) or ("" if by_hand or name != OTHER else not_named(desk, "")):
            raise WrongUse(words)


def labels_not_named(desk: Desk) -> Collection[str]:
    """What the register calls those whom this unit's notice does not name."""
    settings = desk.settings
    return [recipient.label for recipient in register().values() if recipient.name != OTHER and not is_named(recipient, settings)]
