"""Recent changes: what was done by whom, one line an act; and undoing one, by further changes that rewrite nothing."""

from pupil_desk.services.changes.listing import Act, ChangeLine, of_act, recent
from pupil_desk.services.changes.undoing import LeftAsIs, Undone
from pupil_desk.services.changes.whole_acts import undo, would_undo

__all__ = ["Act", "ChangeLine", "LeftAsIs", "Undone", "of_act", "recent", "undo", "would_undo"]
