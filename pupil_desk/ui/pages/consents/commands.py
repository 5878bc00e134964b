"""What can be done on the page of consents, in the order of its bar; what does not fit there is under More."""

from typing import Protocol

from pupil_desk.basics.words import _
from pupil_desk.services.program import keys
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.heading import Command


class ConsentsPageActs(Protocol):
    """What the page can do."""

    def print_(self) -> None: ...
    def print_easy(self) -> None: ...
    def print_large(self) -> None: ...
    def print_leader(self) -> None: ...
    def plan(self) -> None: ...
    def change(self) -> None: ...
    def record_accident(self) -> None: ...
    def lead(self) -> None: ...


def commands(page: ConsentsPageActs) -> list[Command]:
    return [
        Command(
            "print",
            _("Print forms"),
            page.print_,
            Action.PRINT_FORM,
            "printer",
            tip=_("For the consents or pupils chosen, else for all still to be asked (Ctrl+P)"),
        ),
        Command(
            "new",
            _("New trip or recipient"),
            page.plan,
            Action.PLAN_OCCASION,
            "bus",
            shortcut=keys.NEW.sequence,
            tip=_("A trip, or a person or body to be told"),
        ),
        Command("change", _("Change it, or its list"), page.change, Action.PLAN_OCCASION, "pencil-simple"),
        Command(
            "hurt",
            _("Somebody was badly hurt"),
            page.record_accident,
            Action.PLAN_OCCASION,
            "warning",
            tip=_("On a trip: what was said of it is then kept longer"),
        ),
        Command("leader", _("List for the leader"), page.print_leader, Action.READ_RECORD, "clipboard-text"),
        Command(
            "easy", _("Print forms in easy words"), page.print_easy, Action.PRINT_FORM, "book-open", tip=_("The same forms, in easy words")
        ),
        Command(
            "large", _("Print forms in large print"), page.print_large, Action.PRINT_FORM, "text-aa", tip=_("The same forms, 18 point")
        ),
        Command("record", _("Record of this pupil"), page.lead, Action.READ_RECORD, "user"),
    ]
