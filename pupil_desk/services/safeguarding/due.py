"""What is still to be done in the safeguarding files, for the lead's Home: how many of each, and nobody's name, since others may see the screen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pupil_desk.basics.grouping import grouped
from pupil_desk.domain.safeguarding.entry import EntryKind
from pupil_desk.domain.safeguarding.transfer import TransferStep
from pupil_desk.services.desk import Desk
from pupil_desk.services.safeguarding import files
from pupil_desk.services.safeguarding.transfers import transfers_due


@dataclass(frozen=True, slots=True)
class SafeguardingDue:
    """Concerns without a decision, and since which day the oldest waits; actions whose day has come, and the earliest of these days.

    ``meetings``: the days of those that are to come; ``unwritten``: of those that were held and are not written up.
    ``moved`` and ``sealed``: how many wordings cannot be opened, as of a file. ``transfers``: files of who left that are to be sent on, or of which a receipt is asked for: how many, and the earliest day.
    """

    undecided: int = 0
    since: date | None = None
    actions: int = 0
    due: date | None = None
    meetings: Sequence[date] = ()
    unwritten: Sequence[date] = ()
    moved: int = 0
    sealed: int = 0
    transfers: Mapping[TransferStep, tuple[int, date]] = field(default_factory=dict)


def safeguarding_due(desk: Desk) -> SafeguardingDue:
    """What there is to do; nothing for who cannot open the files."""
    if not files.may_open(desk):
        return SafeguardingDue()
    every = files.every_file(desk)
    histories = [history for of_pupil in every.histories.values() for history in of_pupil]
    entries, meetings = [history.now for history in histories], files.open_meetings(histories)
    undecided = [entry.day for entry in entries if entry.kind == EntryKind.CONCERN and entry.is_open]
    due_days = [
        entry.due for entry in entries if entry.kind == EntryKind.ACTION and entry.is_open and entry.due and entry.due <= desk.today
    ]
    transfers = grouped((transfer.step, transfer.due) for transfer in transfers_due(desk).values())
    return SafeguardingDue(
        undecided=len(undecided),
        since=min(undecided, default=None),
        actions=len(due_days),
        due=min(due_days, default=None),
        meetings=tuple(day for day in meetings if day >= desk.today),
        unwritten=tuple(day for day in meetings if day < desk.today),
        moved=sum(moved for moved, _sealed in every.unopened.values()),
        sealed=sum(sealed for _moved, sealed in every.unopened.values()),
        transfers={step: (len(days), min(days)) for step, days in transfers.items()},
    )
