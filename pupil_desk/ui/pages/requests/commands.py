"""What can be done on the page of requests, in the order of its bar; what does not fit there is under More."""

from typing import Protocol

from pupil_desk.basics.words import _
from pupil_desk.services.program import keys
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.heading import Command


class RequestsPageActs(Protocol):
    """What the page can do."""

    def begin_new(self) -> None: ...
    def close_case(self) -> None: ...
    def withdraw(self) -> None: ...
    def open_record(self) -> None: ...
    def correct(self) -> None: ...
    def show_places(self) -> None: ...


def commands(page: RequestsPageActs) -> tuple[Command, ...]:
    handle = Action.HANDLE_REQUEST
    return (
        Command("new", _("&New request…"), page.begin_new, Action.RECORD_REQUEST, icon="plus", shortcut=keys.NEW.sequence, primary=True),
        Command("close", _("&Close the case"), page.close_case, handle, icon="archive"),
        Command("withdraw", _("&Withdrawn…"), page.withdraw, handle, icon="hand-palm", tip=_("The person no longer asks")),
        Command("record", _("Record of the p&upil"), page.open_record, Action.READ_RECORD, icon="user"),
        Command("correct", _("Put it ri&ght…"), page.correct, handle, icon="pencil-simple", tip=_("What was recorded when it came")),
        Command("places", _("&Places to search…"), page.show_places, handle, icon="map-pin-line"),
    )
