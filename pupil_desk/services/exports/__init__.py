"""What leaves the unit. An export is one file in this folder, and its line in ``EXPORTS``."""

from collections.abc import Collection
from datetime import date
from pathlib import Path

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.export import Export, ExportMade, Period
from pupil_desk.services.exports.making import make
from pupil_desk.services.exports.register import REGISTER
from pupil_desk.services.exports.youth_support import YOUTH_SUPPORT
from pupil_desk.services.progress import Progress

EXPORTS: tuple[Export, ...] = (YOUTH_SUPPORT, REGISTER)


def export_named(name: str) -> Export:
    """The export of that name. Raises WrongUse."""
    for export in EXPORTS:
        if export.name == name:
            return export
    names = ", ".join(export.name for export in EXPORTS)
    raise WrongUse(_("There is no export of that name. There are: {names}.").format(names=names))


def run_export(desk: Desk, name: str, folder: Path, *, reason: str, on: date | None = None, plain: bool = False,
               confirm: Collection[str] = (), period: Period | None = None, progress: Progress | None = None) -> ExportMade:  # fmt: skip
    """Write an export to a folder: its file, locked unless ``plain``, and its receipt; logged, with what was told of whom.

    ``on`` is the day it is judged on, today at the latest; ``confirm`` holds the ids of protected pupils who are to go in; ``period``
    is for an export that tells of one, which without it has the school year up to the day. Raises WrongUse (no such export, no reason, a day to come, a period for
    one that tells of a day), NotAllowed, CannotWrite; then no file is left, and the log says that it failed.
    """
    return make(desk, export_named(name), folder, reason=reason, on=on, plain=plain, confirm=confirm, period=period,
                progress=progress)  # fmt: skip
