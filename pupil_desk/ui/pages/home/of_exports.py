"""What Home tells of exports: those not confirmed as delivered, and files kept of one whose day has come."""

from collections.abc import Callable
from functools import partial

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.services.exports.kept.frozen import ContentKept
from pupil_desk.services.exports.listing import PastExport
from pupil_desk.services.home.home import Tasks
from pupil_desk.ui.pages.home.cards import Card, Line

type Go = Callable[..., object]
_PAGE = "exports"


def exports_cards(tasks: Tasks, go: Go) -> list[Card]:
    """One line an export, which leads to it."""
    asked = [Line(_unconfirmed(one), partial(go, _PAGE, one.export_id), "check") for one in tasks.unconfirmed]
    kept = [Line(_kept(one), partial(go, _PAGE, one.export_id), "check") for one in tasks.files_kept]
    return [
        Card(_("Exports not confirmed as delivered"), asked, all=partial(go, _PAGE, "made"), short=_("Exports to confirm")),
        Card(_("Files kept of exports: their day has come"), kept, all=partial(go, _PAGE, "made"), short=_("Files kept")),
    ]


def _unconfirmed(one: PastExport) -> str:
    return _("{title}, made on {day}: confirm that it arrived, and delete the stick’s copy").format(title=one.title, day=show_date(one.made_on))


def _kept(one: ContentKept) -> str:
    return _("{title}, made on {day}: delete the files kept here").format(title=one.title, day=show_date(local_time(one.at).date()))
