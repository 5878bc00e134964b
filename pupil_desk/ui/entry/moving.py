"""A file was chosen that may not be worked on where it lies: the person is offered to move it to this PC."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pupil_desk.basics.pc.placement import Objection
from pupil_desk.basics.pc.placement_check import reason
from pupil_desk.basics.places import home_of_data
from pupil_desk.basics.words import _
from pupil_desk.ui.entry.panel import Others, Panel
from pupil_desk.ui.kit.jobs import Jobs
from pupil_desk.ui.kit.talk.ask import Ask
from pupil_desk.ui.kit.words import label

if TYPE_CHECKING:
    from pupil_desk.services.backup.this_pc import Moved


class MoveHere(Panel):
    """Says why, where the file is, where it goes, and what happens to the old one. ``on_moved`` is told how it went."""

    def __init__(
        self, path: Path, objection: Objection, jobs: Jobs, ask: Ask, on_moved: Callable[["Moved"], object], *, links: Others
    ) -> None:
        super().__init__(_("This file cannot be worked on where it is"), reason(objection, path), _("&Move it to this PC"), self._move)
        self._path, self._jobs, self._ask, self._on_moved = path, jobs, ask, on_moved
        self.add(label(_("File: {name}, in {folder}").format(name=path.name, folder=path.parent), "hint"))
        self.add(label(_("It will be kept in {folder}").format(folder=home_of_data()), "hint"))
        self.add(
            label(
                _(
                    "The file and its sign-in files are copied to this PC and compared with the old ones, which are removed only then. After that it opens on this PC alone."
                )
            )
        )
        self.close_with(links)

    def _move(self) -> None:
        from pupil_desk.services.backup import this_pc

        warning = this_pc.open_elsewhere(self._path)
        if warning and not self._ask.confirm(
            _("Is it closed there?"),
            _(
                "{said} What is changed there from now on would be lost. If that PC was switched off without closing it, you can go on."
            ).format(said=warning),
            _("It is closed: move it"),
        ):
            return
        path = self._path
        self.in_a_job(
            self._jobs,
            lambda: this_pc.move_to_this_pc(path, closed_elsewhere=bool(warning)),
            self._on_moved,
            _("Moving the file to this PC"),
        )
