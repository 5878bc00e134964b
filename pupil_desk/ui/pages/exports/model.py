"""The columns of the previews, and what one line says in words."""

from pupil_desk.basics.words import _
from pupil_desk.services.exports.papers.preview_paper import by_words, goes_words, level_words, withheld_words
from pupil_desk.services.exports.previewing import PreviewLine
from pupil_desk.ui.kit.lists.rows import Column


def line_words(line: PreviewLine) -> str:
    """Why, what goes and what is withheld, in the words of the catalogue."""
    goes = (
        _("{why} Goes: {items}.").format(why=line.reason, items=goes_words(line))
        if line.items
        else _("{why} Nothing goes.").format(why=line.reason)
    )
    return goes + " " + _("Withheld: {items}.").format(items=withheld_words(line)) if line.withheld else goes


def sign(line: PreviewLine) -> str:
    """The icon of a line."""
    if line.protections:
        return "shield-warning"
    return {"full": "check-circle", "minimum": "circle-half"}.get(line.level, "prohibit")


def _name(line: PreviewLine) -> str:
    return f"{line.pupil.surname}, {line.pupil.forename}"


def _reason(line: PreviewLine) -> str:
    return f"{line.recipient}: {line.reason}" if line.recipient else line.reason


COLUMNS = (
    Column[PreviewLine]("pupil", _("Pupil"), _name, stretch=True, width=14, tip=_name),
    Column[PreviewLine]("level", _("Level"), level_words, icon=sign, width=20, longest=_("Left out: protected")),
    Column[PreviewLine]("by", _("Decided by"), by_words, width=12),
    Column[PreviewLine]("reason", _("Why"), _reason, stretch=True, width=16, tip=_reason),
)
