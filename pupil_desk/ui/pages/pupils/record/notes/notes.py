"""Notes: the ordinary ones, and the restricted ones in a list apart, which is read only when it is turned to."""

from collections.abc import Callable

from pupil_desk.basics.words import _
from pupil_desk.services.notes import notes
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.pages.pupils.record.grouped import GroupPart
from pupil_desk.ui.pages.pupils.record.notes.note_lists import OrdinaryList, RestrictedList
from pupil_desk.ui.style.icons import icon

RESTRICTED, RESTRICTED_SIGN = "restricted_note", "lock-key"


class NotesPart(GroupPart):
    """What happened and what was said, newest first."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        super().__init__(context, may_leave, _("Notes"))
        self.ordinary = OrdinaryList(context, may_leave)
        self.restricted = RestrictedList(context, may_leave)
        self.take_lists(((_("For all s&taff"), self.ordinary), (_("&Restricted"), self.restricted)))
        self.tabs.setTabIcon(1, icon(RESTRICTED_SIGN))

    def focus_on(self, kind: str, row_id: str, item: str) -> None:
        """To a note by its ``row_id``; the kind says in which of the two lists it stands."""
        several = self.restricted if kind == RESTRICTED else self.ordinary
        if self.turn_to(several):
            several.focus_on(kind, row_id, item)

    def read(self, record: PupilRecord) -> None:
        """How many restricted notes there are is said on their tab; what they say is asked for only when it is turned to."""
        number = notes.count_restricted(self.context.desk, record.pupil.id)
        self.tabs.setTabText(1, _("&Restricted ({number})").format(number=number) if number else _("&Restricted"))
