"""What can be done on the page of safeguarding, in the order of its bar; what does not fit there is under More."""

from functools import partial
from typing import Protocol

from pupil_desk.basics.words import _
from pupil_desk.domain.safeguarding.entry import NONE_CAME, EntryHistory, EntryKind
from pupil_desk.services.program import keys
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.heading import Command


class SafeguardingPageActs(Protocol):
    """What the page can do."""

    def begin_concern_here(self) -> None: ...
    def begin_entry(self, kind: EntryKind) -> None: ...
    def amend(self) -> None: ...
    def strike(self) -> None: ...
    def begin_move(self) -> None: ...
    def open_record(self) -> None: ...
    def take_notes_in(self) -> None: ...


class PapersActs(Protocol):
    """What is done with papers from the bar."""

    def add(self) -> None: ...


class OutgoingActs(Protocol):
    """What leaves the room."""

    def make_pack(self) -> None: ...
    def print_receipt(self) -> None: ...
    def print_chronology(self) -> None: ...
    def show_figures(self) -> None: ...
    def show_blank_form(self) -> None: ...


LEADS = (
    "action", "event", "meeting", "status", "amend", "strike", "move", "record", "notes", "figures", "paper", "received", "receipt", "chronology", "pack", "sent", "chased", "confirmed", "kept",
)  # fmt: skip
"""The keys of those that are the lead's."""


_OF_KIND = {"receipt": (EntryKind.RECEIVED, _("Choose a file received")), "move": (EntryKind.CONCERN, _("Choose a concern"))}
"""The commands that are about one kind of entry, and what is to be chosen for them."""


def why_not(key: str, history: EntryHistory | None, *, has_file: bool) -> str:
    """Why one of the lead's cannot be done with the file and the entry in view; empty if it can."""
    if key in ("amend", "strike", "paper", *_OF_KIND):
        kind, choose = _OF_KIND.get(key, (None, _("Choose an entry first")))
        if history is None:
            return choose
        if history.struck:
            return _("It is struck out")
        is_other = kind is not None and history.now.kind != kind
        return choose if is_other or (key == "receipt" and history.now.way == NONE_CAME) else ""
    return "" if has_file or key in ("notes", "figures") else _("Choose a file first")


def commands(page: SafeguardingPageActs, papers: PapersActs, outgoing: OutgoingActs) -> tuple[Command, ...]:
    return (*_commands_of_entries(page, papers), *_commands_of_files(page, outgoing))


def _begin(page: SafeguardingPageActs, kind: EntryKind) -> partial[None]:
    return partial(page.begin_entry, kind)


def _commands_of_entries(page: SafeguardingPageActs, papers: PapersActs) -> tuple[Command, ...]:
    """What is written into a file."""
    keep = Action.KEEP_SAFEGUARDING
    return (
        Command(
            "new",
            _("Write a concern…"),
            page.begin_concern_here,
            Action.WRITE_CONCERN,
            icon="plus",
            shortcut=keys.NEW.sequence,
            primary=True,
        ),
        Command("amend", _("Decide or amend…"), page.amend, keep, icon="pencil-simple", tip=_("What it said before stays in the file")),
        Command("action", _("New action…"), _begin(page, EntryKind.ACTION), keep, icon="check-circle"),
        Command("meeting", _("New meeting…"), _begin(page, EntryKind.MEETING), keep, icon="users"),
        Command("event", _("New event…"), _begin(page, EntryKind.EVENT), keep, icon="list"),
        Command("status", _("Status and social worker…"), _begin(page, EntryKind.STATUS), keep, icon="shield"),
        Command("strike", _("Strike out…"), page.strike, keep, icon="prohibit", tip=_("It stays in the file, with the reason")),
        Command("move", _("Move to another pupil…"), page.begin_move, keep, icon="share", tip=_("A concern about the wrong pupil")),
        Command("paper", _("Add a paper…"), papers.add, keep, icon="paperclip", tip=_("To the entry that you are on; PDF or picture")),
    )


def _commands_of_files(page: SafeguardingPageActs, outgoing: OutgoingActs) -> tuple[Command, ...]:
    """What is done with a whole file, and what leaves the room."""
    keep = Action.KEEP_SAFEGUARDING
    return (
        Command(
            "chronology",
            _("Print the chronology…"),
            outgoing.print_chronology,
            keep,
            icon="printer",
            lets_out=True,
            tip=_("The entries in view, as they hold, for a conference"),
        ),
        Command("received", _("File received…"), _begin(page, EntryKind.RECEIVED), keep, icon="tray"),
        Command("receipt", _("Receipt for it…"), outgoing.print_receipt, keep, icon="printer", lets_out=True, tip=_("Of a file received")),
        Command("pack", _("Make the pack for the next lead…"), outgoing.make_pack, keep, icon="lock-key", lets_out=True),
        Command("sent", _("File sent on…"), _begin(page, EntryKind.SENT), keep, icon="share"),
        Command("chased", _("Receipt asked for…"), _begin(page, EntryKind.CHASED), keep, icon="phone"),
        Command("confirmed", _("Receipt confirmed…"), _begin(page, EntryKind.CONFIRMED), keep, icon="check-circle"),
        Command("kept", _("File stays here…"), _begin(page, EntryKind.KEPT), keep, icon="archive"),
        Command("record", _("Record of the pupil"), page.open_record, Action.READ_RECORD, icon="user"),
        Command(
            "form",
            _("Blank form on paper…"),
            outgoing.show_blank_form,
            Action.WRITE_CONCERN,
            icon="printer",
            tip=_("For who has no sign-in"),
        ),
        Command(
            "figures",
            _("Figures…"),
            outgoing.show_figures,
            keep,
            icon="chart-bar",
            tip=_("For the management committee, small numbers hidden"),
        ),
        Command(
            "notes", _("Take restricted notes in…"), page.take_notes_in, keep, icon="lock-key", tip=_("Safeguarding concerns of before")
        ),
    )
