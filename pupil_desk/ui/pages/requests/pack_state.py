"""The copy that is worked on: one compiled pack that all tabs of the work show, and the one way to change it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from pupil_desk.services.packs.content import Compiled
from pupil_desk.ui.kit.context import Context


class PackState(QObject):
    """Holds the pack; ``changed`` comes after each decision and when another is shown. What it holds goes with ``clear``."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.compiled_pack: Compiled | None = None

    def show(self, compiled_pack: Compiled | None) -> None:
        """Show another pack, or none."""
        self.compiled_pack = compiled_pack
        self.changed.emit()

    def act(self, work: Callable[[Compiled], Compiled]) -> bool:
        """Decide something; what is refused is said in the banner. False when it was."""
        if self.compiled_pack is None:
            return False
        compiled_pack = self.compiled_pack
        now = self.context.attempt(lambda: work(compiled_pack))
        if now is None:
            return False
        self.show(now)
        return True
