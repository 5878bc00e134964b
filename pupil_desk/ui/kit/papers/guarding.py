"""The one question before a paper about somebody protected leaves the screen."""

from pupil_desk.basics.words import _
from pupil_desk.services.guard import Guard
from pupil_desk.ui.kit.talk.ask import Ask


def may_go(ask: Ask, guard: Guard, verb: str) -> bool:
    """Whether the person means it, having seen who is protected and how; True at once where nobody is."""
    if not guard:
        return True
    title = (
        _("Something on this paper must be kept from someone")
        if len(guard.guarded) == 1
        else _("Something on these papers must be kept from someone")
    )
    return ask.confirm(title, guard.question, verb)
