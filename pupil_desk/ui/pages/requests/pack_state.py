"""The copy that is worked on: one compiled pack that all tabs of the work show, and the one way to change it."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from pupil_desk.basics.words import _
from pupil_desk.services.packs import compiling
from pupil_desk.services.packs.content import Compiled
from pupil_desk.services.packs.held_papers import PaperHeld
from pupil_desk.ui.kit.context import Context


class PackState(QObject):
    """Holds the pack; ``changed`` comes after each decision and when another is shown. What it holds goes with ``clear``."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.compiled_pack: Compiled | None = None
        self._compiled_from: Compiled | None = None  # what is compiled anew just now

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
        if now.is_behind and self._compiled_from is None:
            self.compile_anew(read_papers=now.papers)
        return True

    def compile_anew(self, *, read_papers: tuple[PaperHeld, ...] | None = None) -> None:
        """Show the pack as it stands on file, once it is compiled; where something is decided meanwhile, it is compiled once more after that."""
        if self.compiled_pack is None:
            return
        desk, behind = self.context.desk, replace(self.compiled_pack, is_behind=True)
        self.compiled_pack = self._compiled_from = behind

        def then(fresh: Compiled) -> None:
            if self.compiled_pack is behind:
                self.show(fresh)

        def after() -> None:
            if self._compiled_from is not behind:
                return  # it was asked for again
            self._compiled_from, now = None, self.compiled_pack
            if now is not None and now is not behind and now.is_behind:
                self.compile_anew(read_papers=read_papers and now.papers)

        self.context.jobs.run(
            self,
            lambda job: compiling.compiled(desk, behind.pack.id, job.step, read_papers=read_papers),
            then,
            title=_("Compiling the copy"),
            after=after,
        )
