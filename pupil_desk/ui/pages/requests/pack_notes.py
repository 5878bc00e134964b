"""The one step of somebody else's request that a named reader does: restricted notes added to its copy. It shows nothing else of the request."""

from PySide6.QtCore import Signal

from pupil_desk.basics.words import _
from pupil_desk.services.packs import restricted
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.pages.requests.pack_view import PackView


class NotesForCopy(PackView):
    """The notes of a copy, in the place of the list. ``wants`` carries itself to be shown, or None to be put away."""

    wants = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__(context, restricted_only=True)
        self.away_button.setText(_("Back to the re&quests"))
        self.closed.connect(self.put_away)
        self.records_changed.connect(context.news.tell)

    def open(self, pack_id: str) -> bool:
        """Read the notes for a copy that waits for them; False for anything else, and where it is refused, which the banner says."""
        if all(pack.pack_id != pack_id for pack in restricted.to_add(self.context.desk)):
            return False
        compiled_pack = self.context.attempt(lambda: restricted.read(self.context.desk, pack_id))
        if compiled_pack is None:
            return False
        self.show_pack(compiled_pack)
        self.wants.emit(self)
        self.begin()
        return True

    def put_away(self) -> None:
        """Back to the list, with nothing kept in memory; what was decided is kept on file."""
        if self.leave():
            self.forget()

    def forget(self) -> None:
        """The same, and nothing is asked."""
        if self.state.compiled_pack is not None:
            self.show_pack(None)
            self.wants.emit(None)
