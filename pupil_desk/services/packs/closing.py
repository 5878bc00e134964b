"""Whether a copy that answers a request may be called answered: asked by the request before it is."""

from pupil_desk.basics.words import _, count_of
from pupil_desk.services.desk import Desk
from pupil_desk.services.packs import restricted
from pupil_desk.store.tables import packs as store


def may_close(desk: Desk, case_id: str) -> str | None:
    """Why the request may not be answered or closed yet, in a sentence; None where no copy was begun here, or it was written whole."""
    for pack in store.of_case(desk.vault, case_id):
        number, sealed, covers = restricted.state(desk, pack)
        if number and (sealed is None or not covers):
            notes = count_of(number, _("restricted note"), _("restricted notes"))
            return _(
                "The copy is not whole: {notes} must still be added by someone named to read them. Or drop the copy, on the tab Copy."
            ).format(notes=notes)
        if not store.made_from(desk.vault, pack.id):
            return _("The copy that was begun is not written yet. Write it, or drop it, on the tab Copy.")
    return None
