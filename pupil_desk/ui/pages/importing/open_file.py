"""The file that is open, and one that was open as the window locked: the import goes on where it was left, as long as the file is the very same."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from functools import reduce
from pathlib import Path
from typing import Any

from pupil_desk.basics.errors import Known
from pupil_desk.basics.words import _
from pupil_desk.documents.reading.table_file import bytes_of
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports import mapping, run
from pupil_desk.services.imports.decided import decide_again, decided, is_of, is_worked_on
from pupil_desk.services.imports.proposal import Proposal
from pupil_desk.ui.kit.jobs import Job
from pupil_desk.ui.kit.page import BESIDE


@dataclass(slots=True)
class OpenFile:
    """The file that is open: the proposal in view, and the latest one, which only the worker changes, one step after another.

    ``changes_waiting`` are the steps that the one in view lacks, ``is_keep_wanted`` whether it is to be kept once it lacks none."""

    in_view: Proposal
    latest: Proposal
    changes_waiting: list[Callable[[Proposal], Proposal]] = field(default_factory=list)
    is_keep_wanted: bool = False

    @property
    def is_worked_on(self) -> bool:
        """Whether something was corrected or decided in it."""
        return bool(self.changes_waiting) or is_worked_on(decided(self.in_view))

    @property
    def decided_last(self) -> Proposal:
        """The one in view with the steps that it lacks: a lock does not wait for the worker, and ends it."""
        return reduce(lambda proposal, change: change(proposal), self.changes_waiting, self.in_view)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """Where the file is and how it is read; what was ``decided``, and ``typed`` into which rows and not used yet; the number of the row in hand."""

    path: str
    kind: str
    kind_chosen: bool
    sheet: str | None
    mapping: dict[str, str] | None
    decided: dict[str, Any]
    typed: Sequence[tuple[int, dict[str, str]]]
    row: int | None

    def as_draft(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {BESIDE: True, **asdict(self)}

    @classmethod
    def of_draft(cls, draft: dict[str, Any]) -> "KeptFile":
        """What ``as_draft`` gave."""
        values = {name: value for name, value in draft.items() if name != BESIDE}
        return cls(**{**values, "typed": [(number, texts) for number, texts in draft["typed"]]})

    @property
    def is_worked_on(self) -> bool:
        """Whether something was corrected or decided in it, or typed."""
        return bool(self.typed) or is_worked_on(self.decided)

    def is_of(self, proposal: Proposal) -> bool:
        """Whether that is what the very same file would do."""
        return proposal.readable and is_of(proposal, self.decided)

    def waits(self, proposal: Proposal) -> bool:
        """Whether what was decided can be used later: nothing could be read, or no headings of the very same file."""
        return not proposal.readable and (not proposal.lacks_headings_alone or is_of(proposal, self.decided))


def back_words(time: str) -> str:
    """What is said of a file that is open again."""
    words = _("The file that was open at {time} is read again, with what you corrected and decided in it. Nothing of it is imported yet.")
    return words.format(time=time)


def fate_words(kept: KeptFile, proposal: Proposal) -> str:
    """What became of what was decided in a file that has been read again."""
    if kept.waits(proposal):
        return waits_words(kept, has_headings=not proposal.lacks_headings_alone)
    if kept.is_of(proposal):
        words = _("{name} is read again, with what you corrected and decided in it.") if kept.is_worked_on else _("{name} is read again.")
    elif kept.is_worked_on:
        words = _("{name} has changed since it was open. What you had corrected and decided in it is not there.")
    else:
        words = _("{name} has changed since it was open.")
    return words.format(name=proposal.file_name)


def waits_words(kept: KeptFile, *, has_headings: bool = True) -> str:
    """What is said of one that is not given up: it can be read later."""
    if not has_headings:
        return _("What you corrected and decided in it is there again once it is read with its headings.") if kept.is_worked_on else ""
    if kept.is_worked_on:
        return _("What you corrected and decided in it is kept: under Import, F5 reads it again, once it can be read.")
    return _("Under Import, F5 reads it again, once it can be read.")


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that is to be read: where it is, as which kind, which sheet, what a person chose of its headings; ``kept`` is what was decided in it before."""

    path: Path
    kind: str
    sheet: str | None
    mapping: dict[str, str] | None
    kept: KeptFile | None

    def read(self, desk: Desk, job: Job) -> Proposal:
        """What the file would do. Raises what reading raises: one with something ``kept`` is not given up, for its stick may only have been pulled."""
        job.step(0, 0, _("Reading the file"))
        try:
            proposal = run.propose(desk, self.kind, bytes_of(self.path), self.path.name, sheet=self.sheet, mapping=self.mapping)
        except Known as error:
            if self.kept is None:
                raise
            raise Known(f"{error.message} {waits_words(self.kept)}") from error
        proposal = proposal if self.mapping is None else mapping.confirm(desk, proposal)
        return decide_again(proposal, self.kept.decided) if self.kept is not None and self.kept.is_of(proposal) else proposal

    def words_of(self, proposal: Proposal) -> str:
        """What stands against reading it, and what became of what was decided in it before; empty for neither."""
        words = " ".join(problem.message for problem in proposal.file_problems if problem.stops)
        if not (proposal.readable or proposal.lacks_headings_alone):
            words = _("{name}: {what} Nothing was changed.").format(name=proposal.file_name, what=words)
        return " ".join(filter(None, (words, fate_words(self.kept, proposal) if self.kept is not None else "")))
