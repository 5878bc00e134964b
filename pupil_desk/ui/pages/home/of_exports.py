"""What Home tells of exports: those not confirmed as delivered, and files kept of one whose day has come."""

from collections.abc import Callable
from functools import partial

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.services.exports.kept.frozen import ContentKept
from pupil_desk.services.exports.listing import PastExport
from pupil_desk.services.home.home import Tasks
from pupil_desk.ui.pages.home.cards import CardLine, HomeCard

type Go = Callable[..., object]
_PAGE = "exports"


def exports_cards(tasks: Tasks, go: Go) -> list[HomeCard]:
    """One line an export, which leads to it."""
    confirm_lines = [CardLine(_unconfirmed(export), partial(go, _PAGE, export.export_id), "check") for export in tasks.unconfirmed]
    kept_lines = [CardLine(_kept_words(export), partial(go, _PAGE, export.export_id), "check") for export in tasks.files_kept]
    return [
        HomeCard(_("Exports not confirmed as delivered"), confirm_lines, all=partial(go, _PAGE, "made"), short=_("Exports to confirm")),
        HomeCard(_("Files kept of exports: their day has come"), kept_lines, all=partial(go, _PAGE, "made"), short=_("Files kept")),
    ]


def _unconfirmed(export: PastExport) -> str:
    return _("{title}, made on {day}: confirm that it arrived, and delete the stick’s copy").format(
        title=export.title, day=show_date(export.made_on)
    )


def _kept_words(export: ContentKept) -> str:
    return _("{title}, made on {day}: delete the files kept here").format(
        title=export.title, day=show_date(local_time(export.made_at).date())
    )
