"""What the list of exports made says of each: its columns, and what became of it in sentences."""

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date, show_date
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _
from pupil_desk.services.exports.listing import PastExport
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
    """Whether the next thing to do is to confirm the delivery, and whether it is to delete the stick's copy."""
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
        sentences.append(_("The stick’s copy was deleted on {day}.").format(day=show_date(row.taken_off.day)))
    elif row.delivered is not None:
        sentences.append(_("Now delete the copy on the stick."))
    if row.content_until is not None:
        sentences.append(_("Its files are kept here until {day}.").format(day=show_date(row.content_until)))
    return " ".join(sentences)
