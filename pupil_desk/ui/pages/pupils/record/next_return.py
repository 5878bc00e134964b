"""The return that is due of a stay, by the rule of Home's line: in words, and with the way to its export."""

from functools import partial

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.register.authority_returns import DELETION, ENTRY
from pupil_desk.services.home import deadlines
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.next_act import Act

CTF = "ctf"
_WORDS = {
    ENTRY: _("Tell the authority by {day} that the pupil has come."),
    DELETION: _("Tell the authority by {day} that the pupil leaves."),
    CTF: _("Send the Common Transfer File to the next school by {day}."),
}


def next_return(context: Context, stay_id: str) -> tuple[str, str, Act] | None:
    """The export's name, the step in a sentence, and the button that leads to the export; None where none is due."""
    due = deadlines.next_return(context.desk, stay_id) if stay_id else None
    if due is None:
        return None
    name, day = due
    return name, _WORDS[name].format(day=short_date(day)), (_("To the export"), partial(context.go, "exports", name))
