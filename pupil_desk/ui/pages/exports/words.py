"""What the lists of the page say: their columns, and a line of each in words.

What the list of exports made says of each: its columns, and what became of it in sentences.

What the list of the unit's own exports says of each: how it stands, and who made or approved it.

The columns of the previews, and what one line says in words.
"""

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date, show_date
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.listing import PastExport
from pupil_desk.services.exports.own import versions
from pupil_desk.services.exports.own.versions import OwnExportState
from pupil_desk.services.exports.papers.preview_paper import by_words, goes_words, level_words, withheld_words
from pupil_desk.services.exports.previewing import PreviewLine
from pupil_desk.ui.kit.lists.pupil_badges import badged
from pupil_desk.ui.kit.lists.rows import Column

SPARE = {
    "recipient": 1500,
    "by": 1500,
    "left": 1200,
    "how": 1200,
    "rows": 1000,
    "delivered": 950,
}  # columns for which there is room from a width on, at 100 %


def _when(row: PastExport) -> str:
    moment = local_time(row.made_at)
    return f"{short_date(moment.date())} {moment:%H:%M}"


def export_title(row: PastExport) -> str:
    """The export in a question: its title, whom it went to and when it was made, in a sentence."""
    return _("{title}, for {recipient}, made on {when}.").format(title=row.title, recipient=row.recipient, when=_when(row))


def _delivered(row: PastExport) -> str:
    if not row.file_name:
        return _("no file")
    return short_date(row.delivered.day) if row.delivered else _("not confirmed")


def _sign(row: PastExport) -> str:
    """Whether something is still to be done about it, where there is no room for the words."""
    return "check-circle" if row.delivered or not row.file_name else "hourglass"


def _accessible_words(row: PastExport) -> str:
    return f"{row.title}: {state_words(row)}"


COLUMNS = (
    Column[PastExport]("at", _("When"), _when, width=17),
    Column[PastExport](
        "title", _("Export"), lambda row: row.title, width=12, stretch=True, icon=_sign, tip=_accessible_words, accessible=_accessible_words
    ),
    Column[PastExport]("recipient", _("For whom"), lambda row: row.recipient, width=16),
    Column[PastExport]("by", _("Made by"), lambda row: row.made_by, width=14),
    Column[PastExport]("rows", _("Rows"), lambda row: f"{row.rows:,}", align="right"),
    Column[PastExport]("left", _("Left out"), lambda row: f"{row.left_out:,}", align="right"),
    Column[PastExport]("how", _("File"), lambda row: _("plain") if row.plain else _("locked"), width=8),
    Column[PastExport]("delivered", _("Delivered"), _delivered, width=13),
)


def next_step(row: PastExport | None) -> tuple[bool, bool]:
    """Whether the next thing to do is to confirm the delivery, and whether it is to delete the copy on the stick or in the folder."""
    if row is None or not row.file_name:
        return False, False
    return row.delivered is None, row.delivered is not None and row.taken_off is None


def state_words(row: PastExport) -> str:
    """What became of an export, in sentences."""
    if not row.file_name:
        return _("Nothing was due: there is no file to deliver.")
    sentences = []
    if row.delivered is not None:
        way = begun_small(codelist("delivery_way").label_of(row.delivered.way))
        sentences.append(
            _("Delivered on {day} to {whom}, {how}.").format(day=show_date(row.delivered.day), whom=row.delivered.to_whom, how=way)
        )
    else:
        sentences.append(_("Nobody has confirmed yet that it was delivered."))
    if row.taken_off is not None:
        sentences.append(_("The copy on the stick, or in the folder, was deleted on {day}.").format(day=show_date(row.taken_off.day)))
    elif row.delivered is not None:
        sentences.append(_("Now delete the copy on the stick, or in the folder."))
    if row.content_until is not None:
        sentences.append(_("Its files are kept here until {day}.").format(day=show_date(row.content_until)))
    return " ".join(sentences)


def own_state_words(desk: Desk, row: OwnExportState | None, *, drafts: bool) -> str:
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


OWN_COLUMNS = (
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


def line_words(line: PreviewLine) -> str:
    """Why, what goes and what is withheld, in the words of the catalogue."""
    goes = (
        _("{why} Goes: {items}.").format(why=line.reason, items=goes_words(line))
        if line.goes
        else _("{why} Nothing goes.").format(why=line.reason)
    )
    return goes + " " + _("Withheld: {items}.").format(items=withheld_words(line)) if line.kept_back else goes


def sign(line: PreviewLine) -> str:
    """The icon of a line."""
    if line.protections:
        return "shield-warning"
    return {"full": "check-circle", "minimum": "circle-half"}.get(line.level, "prohibit")


def _name(line: PreviewLine) -> str:
    return f"{line.pupil.surname}, {line.pupil.forename}"


def _reason(line: PreviewLine) -> str:
    return f"{line.recipient}: {line.reason}" if line.recipient else line.reason


def preview_columns(desk: Desk) -> tuple[Column[PreviewLine], ...]:
    """The columns of who would receive what."""
    return (
        badged(desk, Column[PreviewLine]("pupil", _("Pupil"), _name, stretch=True, width=14, tip=_name), lambda line: line.pupil.id),
        Column[PreviewLine]("level", _("Level"), level_words, icon=sign, width=20, longest=_("Left out: protected")),
        Column[PreviewLine]("by", _("Decided by"), by_words, width=12),
        Column[PreviewLine]("reason", _("Why"), _reason, stretch=True, width=16, tip=_reason),
    )
