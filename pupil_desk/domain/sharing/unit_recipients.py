"""Who of the register of recipients a unit works with, by its settings, and so names in its notice."""

from pupil_desk.basics.text import tidy
from pupil_desk.domain.sharing.recipients import NoticeUse, Recipient, register
from pupil_desk.domain.unit.school_name import without_number
from pupil_desk.domain.unit.settings import UnitSettings


def names_of(recipient: Recipient, settings: UnitSettings) -> tuple[str, ...]:
    """What those of a chosen recipient are called with whom the unit works, as its settings have them; none for another."""
    names = getattr(settings, recipient.setting) if recipient.setting else None
    return tuple(without_number(line) for line in (names or "").replace(";", "\n").splitlines() if tidy(line))


def is_named(recipient: Recipient, settings: UnitSettings) -> bool:
    """Whether the notice of a unit with these settings names them, as a recipient of its own."""
    if recipient.use is NoticeUse.ALWAYS:
        return settings.uses(recipient.switch)
    return recipient.use is NoticeUse.CHOSEN and bool(names_of(recipient, settings))


def recipients_named(settings: UnitSettings) -> list[Recipient]:
    """Those whom the notice of a unit with these settings names, in its order; the class of those told on a ground last."""
    return [recipient for recipient in register().values() if recipient.use is NoticeUse.GROUND or is_named(recipient, settings)]


def chosen_recipients(settings: UnitSettings) -> list[Recipient]:
    """Of those that a unit may work with the ones that these settings name."""
    return [recipient for recipient in register().values() if recipient.use is NoticeUse.CHOSEN and is_named(recipient, settings)]
