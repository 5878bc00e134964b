"""What can be done on the page of incidents, in the order of its bar; what does not fit there is under More."""

from typing import Protocol

from pupil_desk.basics.words import _
from pupil_desk.services.incidents import report
from pupil_desk.services.incidents.looking import IncidentState
from pupil_desk.services.program import keys
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.heading import Command


class IncidentsPageActs(Protocol):
    """What the page can do."""

    def begin_new(self) -> None: ...
    def amend(self) -> None: ...
    def letter_home(self) -> None: ...
    def strike(self) -> None: ...
    def print_account(self) -> None: ...
    def open_record(self) -> None: ...


OF_ONE = ("amend", "home", "strike", "print", "record")
"""The keys of those that are about the incident in view."""


def why_not(key: str, state: IncidentState | None) -> str:
    """Why one of those cannot be done with the incident in view; empty if it can."""
    if state is None:
        return _("Choose an incident first")
    if key != "record" and not state.counting:
        return _("It is struck out")
    return report.why_no_letter([case.now for case in state.counting]) if key == "home" else ""


def commands(page: IncidentsPageActs) -> tuple[Command, ...]:
    edit = Action.EDIT_RECORD
    return (
        Command("new", _("&New incident…"), page.begin_new, edit, icon="plus", shortcut=keys.NEW.sequence, primary=True),
        Command(
            "amend", _("Am&end…"), page.amend, edit, icon="pencil-simple", tip=_("Say it otherwise; what it said before stays on file")
        ),
        Command(
            "home",
            _("&Letter home…"),
            page.letter_home,
            edit,
            icon="envelope-simple",
            tip=_("Such as about a search, or to whose child was hurt; other children are taken out"),
        ),
        Command("strike", _("Stri&ke out…"), page.strike, edit, icon="prohibit", tip=_("The whole incident, or one pupil of it")),
        Command(
            "print",
            _("&Print the account…"),
            page.print_account,
            Action.PRINT_FORM,
            icon="printer",
            tip=_("Whole, to be signed by hand: it names every pupil who was in it"),
        ),
        Command("record", _("Record of the p&upil"), page.open_record, Action.READ_RECORD, icon="user"),
    )
