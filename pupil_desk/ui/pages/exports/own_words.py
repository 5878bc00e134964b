"""What the list of the unit's own exports says of each: how it stands, and who made or approved it."""

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.own import versions
from pupil_desk.services.exports.own.versions import OwnExportState
from pupil_desk.ui.kit.lists.rows import Column


def state_words(desk: Desk, row: OwnExportState | None, *, drafts: bool) -> str:
    """How the export one is on stands, or what to do first; ``drafts``: for somebody who may make one."""
    if row is None and not drafts:
        return ""
    if row is None:
        return _("Say for whom it is and why, choose what goes, look who would go, and save it. A data officer approves it.")
    version = versions.history(desk, row.id)[0]
    if row.approved and version.approved is not None:
        words = _("Version {number}, approved by {who} on {day}. On the command line: {name}.")
        return words.format(number=version.version, who=version.approved[1], day=short_date(version.approved[0].date()), name=row.id)
    words = _("Version {number}, by {who} on {day}. It cannot be made until a data officer approves it.")
    if row.approved_before:
        words = _(
            "Version {number}, by {who} on {day}, changes what was approved before. It cannot be made until a data officer approves it."
        )
    return words.format(number=version.version, who=version.made_by, day=short_date(version.made_at.date()))


def _state(row: OwnExportState) -> str:
    return _("Approved") if row.approved else _("Changed, to be approved") if row.approved_before else _("Draft, to be approved")


COLUMNS = (
    Column[OwnExportState](
        "title",
        _("Export"),
        lambda row: row.own_export.title,
        icon=lambda row: "check-circle" if row.approved else "hourglass",
        width=8,
        stretch=True,
        tip=lambda row: f"{row.own_export.title}: {begun_small(_state(row))}",
        accessible=lambda row: f"{row.own_export.title}: {begun_small(_state(row))}",
    ),
)
