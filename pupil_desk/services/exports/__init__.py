"""What leaves the unit. An export is one file in this folder, and its line in ``EXPORTS``."""

from pathlib import Path

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.domain.unit.kind import kind_of
from pupil_desk.services.desk import Desk, Progress, unwatched
from pupil_desk.services.exports import post_16, youth_support
from pupil_desk.services.exports.census import CENSUS
from pupil_desk.services.exports.contact_sheet import CONTACT_SHEET
from pupil_desk.services.exports.ctf import CTF
from pupil_desk.services.exports.export import Export, ExportColumn
from pupil_desk.services.exports.lrs_uln import LRS_ULN
from pupil_desk.services.exports.made import ExportMade
from pupil_desk.services.exports.making import ExportOrder, make
from pupil_desk.services.exports.own import versions
from pupil_desk.services.exports.post_16 import POST_16
from pupil_desk.services.exports.register import REGISTER
from pupil_desk.services.exports.returns.la_attendance import LA_ATTENDANCE
from pupil_desk.services.exports.returns.la_leaver import LA_LEAVER
from pupil_desk.services.exports.returns.la_new_pupil import LA_NEW_PUPIL
from pupil_desk.services.exports.returns.la_part_time import LA_PART_TIME
from pupil_desk.services.exports.returns.la_sickness import LA_SICKNESS
from pupil_desk.services.exports.school_week import SCHOOL_WEEK
from pupil_desk.services.exports.whole import WHOLE_UNIT
from pupil_desk.services.exports.youth_support import YOUTH_SUPPORT
from pupil_desk.services.sharing import sharing

EXPORTS: tuple[Export, ...] = (
    YOUTH_SUPPORT,
    POST_16,
    LA_NEW_PUPIL,
    LA_LEAVER,
    LA_ATTENDANCE,
    LA_SICKNESS,
    LA_PART_TIME,
    CONTACT_SHEET,
    SCHOOL_WEEK,
    REGISTER,
    CTF,
    CENSUS,
    LRS_ULN,
    WHOLE_UNIT,
)


def all_exports(desk: Desk) -> list[Export]:
    """The exports there are in this unit: the program's that it has not switched off, and the unit's own that are approved."""
    return [*(export for export in EXPORTS if _is_used(desk, export)), *versions.usable(desk)]


def _is_used(desk: Desk, export: Export) -> bool:
    return not export.switch or desk.settings.uses(export.switch)


def promised_exports(desk: Desk) -> list[Export]:
    """The exports that the notice names: the program's that a unit of this kind makes and has not switched off, and of the unit's own the versions approved last."""
    settings = desk.settings
    census = kind_of(settings.kind).pupil_census
    return [*(export for export in EXPORTS if settings.uses(export.switch) and (export is not CENSUS or census)), *versions.promised(desk)]


def export_named(desk: Desk, name: str) -> Export:
    """The export of that name. Raises WrongUse."""
    known_exports = (export for export in (*EXPORTS, *versions.usable(desk)) if export.name == name)
    if (export := next(known_exports, None)) is not None and _is_used(desk, export):
        return export
    if (version := versions.version_named(desk, name)) is not None:
        raise WrongUse(
            _("This export is out of use.")
            if version.retired
            else _("This version of the export is not approved yet. Ask a data officer to approve it.")
        )
    names = ", ".join(export.name for export in all_exports(desk))
    raise WrongUse(_("There is no export of that name. There are: {names}.").format(names=names))


def columns_told(desk: Desk, recipient: str) -> tuple[ExportColumn, ...]:
    """The columns of the table for a recipient that the rule of sharing governs, as the unit's settings have them: by them a preview speaks.

    One whom no export serves has none: there the items stand under their own names. Raises WrongUse.
    """
    if recipient == YOUTH_SUPPORT.name:
        return youth_support.columns(desk.settings.rules)
    if recipient == POST_16.name:
        return post_16.COLUMNS
    return tuple(ExportColumn(path, path) for path in sharing.recipient_named(desk, recipient).full)


def run_export(desk: Desk, name: str, folder: Path, order: ExportOrder, *, progress: Progress = unwatched) -> ExportMade:
    """Write an export to a folder: its files, locked unless the order says plain, and its receipt; logged, with what was told of whom.

    Raises WrongUse (no such export, no reason, a day to come, an option that the export does not have), NotAllowed, CannotWrite; then
    no file is left, and the log says that it failed.
    """
    return make(desk, export_named(desk, name), folder, order, progress=progress)
