"""Child protection files as the safeguarding lead and deputies read them; everybody else is refused, and that they asked is logged.

What the rest of the program knows of a file is ``has_file``, and it asks only where a person who holds the key is at the desk.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.words import _
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.safeguarding.entry import EntryHistory, EntryKind, EntryWording, SafeguardingEntry, status_on
from pupil_desk.domain.unit.staff import SecondRole
from pupil_desk.services.desk import Desk
from pupil_desk.services.notes import readers
from pupil_desk.services.notes.rooms import SAFEGUARDING_FILES
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import pupils as pupils_store
from pupil_desk.store.tables import safeguarding as store

SWITCH = "keeps_safeguarding"
FILE = "safeguarding_file"  # how the log names what was opened or written to


@dataclass(frozen=True, slots=True)
class SafeguardingFile:
    """A pupil's file: its entries, the newest day first, and the status that holds today.

    ``moved``: how many wordings stand where they were not written, or were altered; ``sealed``: how many are under a key of before.
    """

    pupil_id: str
    histories: tuple[EntryHistory, ...]
    status: SafeguardingEntry | None
    moved: int = 0
    sealed: int = 0


@dataclass(frozen=True, slots=True)
class FileLine:
    """A pupil of whom there is a file, in the list of the lead: status, the day of the last entry, and what is still to be done."""

    pupil: Pupil
    status: SafeguardingEntry | None
    last_day: date | None
    undecided: int
    actions: int
    overdue: int


def of_pupil(desk: Desk, pupil_id: str) -> SafeguardingFile:
    """A pupil's file. That it was opened is logged each time. Raises NotAllowed for who is not named, or does not hold the key."""
    desk.require(Action.READ_SAFEGUARDING, FILE, pupil_id)
    stored = store.of_pupil(desk.vault, pupil_id)
    _log_reading(desk, pupil_id, stored)
    histories = newest_first(histories_of(stored.wordings))
    return SafeguardingFile(pupil_id, tuple(histories), status_on(histories, desk.today), len(stored.moved), stored.sealed)


def _log_reading(desk: Desk, pupil_id: str, stored: store.Opened) -> None:
    if desk.vault.read_only:
        return
    with desk.vault.transaction(changes=False):
        desk.append(desk.clock.now(), "view", FILE, pupil_id, "")
        for row_id in stored.moved:
            desk.append(desk.clock.now(), "cell-refused", "safeguarding_entry", row_id, "stands where it was not written, or was altered")


def log_taken(desk: Desk, pupil_ids: Iterable[str]) -> None:
    """Log that the files of these pupils, of those who have one, leave with an export: it is as if they were read."""
    desk.require(Action.READ_SAFEGUARDING, FILE)
    with_file = store.pupils_with_file(desk.vault)
    with desk.vault.transaction():
        for pupil_id in pupil_ids:
            if pupil_id in with_file:
                desk.append(desk.clock.now(), "view", FILE, pupil_id, "taken along in an export")


def listing(desk: Desk) -> list[FileLine]:
    """Everybody of whom there is a file, by name. Raises NotAllowed."""
    desk.require(Action.READ_SAFEGUARDING, FILE)
    of_pupils = every_entry(desk)
    pupils = [pupil for pupil_id in of_pupils if (pupil := pupils_store.get(desk.vault, pupil_id)) is not None]
    lines = [_line(desk, pupil, of_pupils[pupil.id]) for pupil in pupils]
    return sorted(lines, key=lambda line: (line.pupil.surname.casefold(), line.pupil.forename.casefold()))


def _line(desk: Desk, pupil: Pupil, histories: Sequence[EntryHistory]) -> FileLine:
    entries = [history.now for history in histories if not history.struck]
    actions = [entry for entry in entries if entry.kind == EntryKind.ACTION and entry.is_open]
    return FileLine(
        pupil,
        status_on(histories, desk.today),
        max((entry.day for entry in entries), default=None),
        undecided=sum(entry.kind == EntryKind.CONCERN and entry.is_open for entry in entries),
        actions=len(actions),
        overdue=sum(entry.due is not None and entry.due < desk.today for entry in actions),
    )


def every_entry(desk: Desk) -> dict[str, list[EntryHistory]]:
    """The entries of every file, by pupil. Worked out once for as long as the file stays as it is: each cell takes a quarter of a millisecond."""
    desk.require(Action.READ_SAFEGUARDING, FILE)
    return desk.remember(
        "safeguarding",
        lambda: grouped((history.now.pupil_id, history) for history in histories_of(store.all_entries(desk.vault).wordings)),
        desk.user.id,
    )


def histories_of(wordings: Iterable[EntryWording]) -> list[EntryHistory]:
    """The wordings by entry, in the order of recording."""
    by_entry = grouped((wording.entry.entry_id, wording) for wording in wordings)
    return [EntryHistory(tuple(of_entry)) for of_entry in by_entry.values()]


def newest_first(histories: Iterable[EntryHistory]) -> list[EntryHistory]:
    """The chronology turned round: the newest day first, and of one day what was recorded last."""
    return sorted(histories, key=lambda history: (history.now.day, history.now.time or "", *history.recorded), reverse=True)


def may_open(desk: Desk) -> bool:
    """Whether the files are kept here and the person at the desk opens them."""
    return desk.settings.uses(SWITCH) and desk.holds(SecondRole.SAFEGUARDING_LEAD)


def who_opens(desk: Desk) -> str:
    """The safeguarding lead and deputies who can read what is written now, in words."""
    return readers.who_may_read(desk, SAFEGUARDING_FILES)


def has_file(desk: Desk, pupil_id: str) -> bool:
    """Whether there is a file of a pupil, for who may open it; False for anybody else, as if there were none."""
    return may_open(desk) and store.count_of_pupil(desk.vault, pupil_id) > 0


def kind_words(kind: str) -> str:
    """What an entry is, in words."""
    from pupil_desk.basics.codelists import codelist

    return codelist("safeguarding_entry").label_of(kind) or _("Entry")
