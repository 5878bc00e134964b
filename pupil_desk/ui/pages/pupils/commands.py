"""What can be done on the page of pupils, in the order of its bar; what does not fit there is under More."""

from typing import Protocol

from pupil_desk.basics.words import _
from pupil_desk.services.program import keys
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.heading import Command

OF_ONE = ("print", "card", "sharing", "receivers", "notices", "requests", "mistake")
"""Those that want a pupil in view."""


class PupilsPageActs(Protocol):
    """What the page can do: each asks first when something is typed."""

    context: Context

    def begin_new(self) -> None: ...
    def begin_choosing(self) -> None: ...
    def print_(self) -> None: ...
    def lead(self, page: str) -> None: ...
    def show_admission(self) -> None: ...
    def show_card(self) -> None: ...
    def show_emergency_contacts(self) -> None: ...
    def show_duplicates(self) -> None: ...
    def take_away(self) -> None: ...


def commands(page: PupilsPageActs) -> list[Command]:
    return [
        Command("new", _("&New pupil"), page.begin_new, Action.EDIT_RECORD, "user-plus", shortcut=keys.NEW.sequence, primary=True),
        Command(
            "several",
            _("Ch&oose several"),
            page.begin_choosing,
            icon="check-square",
            shortcut=keys.CHOOSE_SEVERAL.sequence,
            tip=_("Tick pupils for a class list, labels, letters and more"),
        ),
        Command("print", _("Print sheet"), page.print_, icon="printer", tip=_("All that is held on this pupil (Ctrl+P)")),
        Command("sharing", _("Sharing choices"), lambda: page.lead("sharing"), Action.PREVIEW_SHARING, "share-network"),
        Command("notices", _("Notices"), lambda: page.lead("notices"), Action.PRINT_NOTICE, "envelope-simple"),
        Command(
            "requests",
            _("Requests"),
            lambda: page.lead("requests"),
            Action.RECORD_REQUEST,
            "tray",
            tip=_("What was asked for about this pupil, and complaints"),
        ),
        Command(
            "receivers",
            _("Who would receive what"),
            lambda: page.lead("exports"),
            Action.PREVIEW_SHARING,
            "export",
            tip=_("What every recipient would get of this pupil today"),
        ),
        Command("admission", _("Admission register"), page.show_admission, icon="book-open"),
        Command("card", _("First-aid card"), page.show_card, icon="first-aid-kit"),
        Command("emergency", _("Emergency contacts"), page.show_emergency_contacts, icon="phone"),
        Command(
            "duplicates",
            _("Find duplicates"),
            page.show_duplicates,
            icon="users-three",
            tip=_("Pupils, or contacts of one pupil, who may be on file twice"),
        ),
        Command(
            "mistake", _("Entered by mistake…"), page.take_away, Action.TAKE_PUPIL_AWAY, "trash", tip=_("Take this pupil out of every list")
        ),
        Command("import", _("Import"), lambda: page.context.go("import"), Action.IMPORT, "download-simple"),
    ]
