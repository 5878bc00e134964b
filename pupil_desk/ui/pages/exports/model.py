"""The columns of the previews, and what one line says in words."""

from pupil_desk.basics.words import _
from pupil_desk.services.exports.preview_paper import by_words, items_words, level_words
from pupil_desk.services.exports.previewing import Line
from pupil_desk.ui.kit.rows import Column


def line_words(line: Line) -> str:
    """Why, what goes and what is withheld, in the words of the catalogue."""
    if not line.items:
        return _("{why} Nothing goes.").format(why=line.reason)
    goes = _("{why} Goes: {items}.").format(why=line.reason, items=items_words(line.items))
    if not line.withheld:
        return goes
    return goes + " " + _("Withheld: {items}.").format(items=items_words(line.withheld))


def sign(line: Line) -> str:
    """The icon of a line."""
    if line.protections:
        return "shield-warning"
    return {"full": "check-circle", "minimum": "circle-half"}.get(line.level, "prohibit")


def _name(line: Line) -> str:
    return f"{line.pupil.surname}, {line.pupil.forename}"


def _reason(line: Line) -> str:
    return f"{line.recipient}: {line.reason}" if line.recipient else line.reason


COLUMNS = (
    Column[Line]("pupil", _("Pupil"), _name, stretch=True, width=14, tip=_name),
    Column[Line]("level", _("Level"), level_words, icon=sign, width=20, longest=_("Left out: protected")),
    Column[Line]("by", _("Decided by"), by_words, width=12),
    Column[Line]("reason", _("Why"), _reason, stretch=True, width=16, tip=_reason),
)
