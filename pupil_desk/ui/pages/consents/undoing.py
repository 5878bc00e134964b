"""The button that takes back at once what was just recorded of consents."""

from collections.abc import Callable, Sequence

from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.services.consents import recording
from pupil_desk.services.consents.recording import CheckedEntry
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.next_act import Act


def undo_of(context: Context, recorded: Sequence[CheckedEntry], tell: Callable[[Changed], object]) -> Act | None:
    """The button, and what it does; ``tell`` hears what changed. None where nothing was recorded."""
    entries = recording.taken_back_by(recorded)

    def undo() -> None:
        changed = context.attempt(lambda: recording.take_all_back(context.desk, entries, _("Undone at once")))
        if changed is not None:
            tell(changed)
            context.banner.success(_("Undone. The entries stay readable, and count for nothing."))

    return (_("&Undo"), undo) if entries else None
