"""Child protection files as the safeguarding lead and deputies read them; everybody else is refused, and that they asked is logged."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.safeguarding.entry import EntryHistory, EntryKind, EntryWording, SafeguardingEntry, ended_by, statuses_on
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
    """A pupil's file: its entries, the newest day first, and the statuses that hold today, the gravest first.

    ``moved``: how many wordings stand where they were not written, or were altered; ``sealed``: how many are under a key of before.
    """

    pupil_id: str
    histories: tuple[EntryHistory, ...]
    statuses: Sequence[SafeguardingEntry]
    moved: int = 0
    sealed: int = 0


@dataclass(frozen=True, slots=True)
class FileLine:
    """A pupil of whom there is a file, or of whom one should come (not ``is_begun``), in the list of the lead: the statuses that hold, the day of the last entry, and what is still to be done.

    ``meetings`` are the days of meetings that are to come, or were held and are not written up, the earliest first.
    ``due`` is the earliest day by which an action is to be done. ``moved`` and ``sealed`` are as of a file: of who has nothing else the list has the name all the same.
    """

    pupil: Pupil
    statuses: Sequence[SafeguardingEntry]
    last_day: date | None
    undecided: int
    actions: int
    overdue: int
    meetings: Sequence[date] = ()
    moved: int = 0
    sealed: int = 0
    is_begun: bool = True
    due: date | None = None


@dataclass(frozen=True, slots=True)
class EveryFile:
    """The entries of every file by pupil, and of whom there are wordings that cannot be opened: how many were moved, and how many are sealed."""

    histories: Mapping[str, Sequence[EntryHistory]]
    unopened: Mapping[str, tuple[int, int]]


def of_pupil(desk: Desk, pupil_id: str) -> SafeguardingFile:
    """A pupil's file. That it was opened is logged each time. Raises NotAllowed for who is not named, or does not hold the key."""
    desk.require(Action.READ_SAFEGUARDING, FILE, pupil_id)
    stored = store.of_pupil(desk.vault, pupil_id)
    _log_reading(desk, pupil_id, stored)
    histories = newest_first(histories_of(stored.wordings))
    return SafeguardingFile(pupil_id, tuple(histories), statuses_on(histories, desk.today), len(stored.moved), stored.sealed)


def _log_reading(desk: Desk, pupil_id: str, stored: store.Opened) -> None:
    log_opened(desk, pupil_id)
    if desk.vault.read_only or not stored.moved:
        return
    with desk.vault.transaction(changes=False):
        for row_id in stored.moved:
            desk.append(desk.clock.now(), "cell-refused", "safeguarding_entry", row_id, "stands where it was not written, or was altered")


def log_opened(desk: Desk, pupil_id: str) -> None:
    """Log that a file, or a paper of it, was opened."""
    if not desk.vault.read_only:
        with desk.vault.transaction(changes=False):
            desk.append(desk.clock.now(), "view", FILE, pupil_id, "")


def log_taken(desk: Desk, pupil_ids: Iterable[str]) -> None:
    """Log of each of these pupils that a file, if there is one, leaves with an export: of all alike, so that the log does not tell who has one."""
    desk.require(Action.READ_SAFEGUARDING, FILE)
    with desk.vault.transaction():
        for pupil_id in pupil_ids:
            desk.append(desk.clock.now(), "view", FILE, pupil_id, "an export takes along what there is")


def listing(desk: Desk, *, also: Iterable[str] = ()) -> list[FileLine]:
    """Everybody of whom there is a file, by name; ``also`` these, of whom something is to be done. Raises NotAllowed."""
    desk.require(Action.READ_SAFEGUARDING, FILE)
    every = every_file(desk)
    pupil_ids = {*every.histories, *every.unopened, *also}
    pupils = [pupil for pupil_id in pupil_ids if (pupil := pupils_store.get(desk.vault, pupil_id)) is not None]
    lines = [_line(desk, pupil, every) for pupil in pupils]
    return sorted(lines, key=lambda line: (line.pupil.surname.casefold(), line.pupil.forename.casefold()))


def _line(desk: Desk, pupil: Pupil, every: EveryFile) -> FileLine:
    histories = every.histories.get(pupil.id, ())
    moved, sealed = every.unopened.get(pupil.id, (0, 0))
    entries = [history.now for history in histories if not history.struck]
    actions = [entry for entry in entries if entry.kind == EntryKind.ACTION and entry.is_open]
    return FileLine(
        pupil,
        statuses_on(histories, desk.today),
        max((entry.day for entry in entries if entry.day <= desk.today), default=None),
        undecided=sum(entry.kind == EntryKind.CONCERN and entry.is_open for entry in entries),
        actions=len(actions),
        overdue=sum(entry.due is not None and entry.due < desk.today for entry in actions),
        meetings=open_meetings(histories),
        moved=moved,
        sealed=sealed,
        is_begun=bool(histories or moved or sealed),
        due=min((entry.due for entry in actions if entry.due), default=None),
    )


def open_meetings(histories: Iterable[EntryHistory]) -> list[date]:
    """The days of meetings that are to come or to be written up, the earliest first."""
    return sorted(history.now.day for history in histories if history.now.kind == EntryKind.MEETING and history.is_open)


def every_file(desk: Desk) -> EveryFile:
    """Every file. Worked out once for as long as the file stays as it is: each cell takes a quarter of a millisecond."""
    desk.require(Action.READ_SAFEGUARDING, FILE)
    return desk.remember("safeguarding", lambda: _opened_files(store.all_entries(desk.vault)), desk.user.id)


def _opened_files(stored: store.Opened) -> EveryFile:
    return EveryFile(grouped((history.now.pupil_id, history) for history in histories_of(stored.wordings)), stored.unopened)


def histories_of(wordings: Iterable[EntryWording]) -> list[EntryHistory]:
    """The wordings by entry, in the order of recording."""
    by_entry = grouped((wording.entry.entry_id, wording) for wording in wordings)
    return [EntryHistory(tuple(of_entry)) for of_entry in by_entry.values()]


def newest_first(histories: Iterable[EntryHistory]) -> list[EntryHistory]:
    """The chronology turned round: the newest day first, and of one day what was recorded last."""
    return sorted(histories, key=lambda history: (history.now.day, history.now.time or "", *history.recorded), reverse=True)


def written_last(desk: Desk, pupil_id: str) -> str:
    """The identity of the entry of a pupil that was written last; empty for who does not open the files, and where there is none."""
    histories = every_file(desk).histories.get(pupil_id, ()) if may_open(desk) else ()
    last = max(histories, key=lambda history: history.wordings[-1].order, default=None)
    return last.now.entry_id if last is not None else ""


def ended_words(histories: Iterable[EntryHistory], entry_id: str) -> str:
    """Which statuses ended by an entry, in a sentence; empty where none did."""
    statuses = codelist("safeguarding_status")
    told = list(histories)
    later = ended_by(told)
    names = [
        statuses.label_of(history.now.status or "")
        for history in told
        if history.now.entry_id in later and later[history.now.entry_id].entry_id == entry_id
    ]
    return _("Ended by it: {statuses}.").format(statuses=join_words(names)) if names else ""


def may_open(desk: Desk) -> bool:
    """Whether the files are kept here and the person at the desk opens them."""
    return desk.settings.uses(SWITCH) and desk.holds(SecondRole.SAFEGUARDING_LEAD)


def who_opens(desk: Desk) -> str:
    """The safeguarding lead and deputies who can read what is written now, in words."""
    return readers.who_may_read(desk, SAFEGUARDING_FILES)


def unopened_words(moved: int, sealed: int) -> str:
    """How many wordings cannot be shown, and why; empty where all are."""
    words = []
    if moved:
        entries = count_of(moved, _("entry stands"), _("entries stand"))
        words.append(
            _("{entries} where they were not written, or were altered, and are not shown: the log names them.").format(entries=entries)
        )
    if sealed:
        entries = count_of(sealed, _("entry is"), _("entries are"))
        words.append(_("{entries} under a key of before that you do not hold.").format(entries=entries))
    return " ".join(words)
