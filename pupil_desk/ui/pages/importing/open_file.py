"""The file that is open, and one that was open as the window locked: the import goes on where it was left, as long as the file is the very same."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import reduce
from typing import Any

from pupil_desk.basics.errors import Known
from pupil_desk.basics.words import _
from pupil_desk.services.imports.decided import is_of
from pupil_desk.services.imports.proposal import Proposal
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
        return bool(self.changes_waiting or self.in_view.mended or self.in_view.picks or self.in_view.answers)

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
        return bool(self.typed) or any(self.decided[name] for name in ("mended", "picks", "answers"))

    def is_of(self, proposal: Proposal) -> bool:
        """Whether that is what the very same file would do."""
        return proposal.readable and is_of(proposal, self.decided)


def back_words(time: str) -> str:
    """What is said of a file that is open again."""
    words = _("The file that was open at {time} is read again, with what you corrected and decided in it. Nothing of it is imported yet.")
    return words.format(time=time)


def changed_words(name: str) -> str:
    """What is said of one that is not what it was."""
    return _("{name} has changed since it was open. What you had corrected and decided in it is not there.").format(name=name)


@contextmanager
def not_given_up(kept: KeptFile | None) -> Iterator[None]:
    """While it is read: a file that cannot be read is not given up, nor what was decided in it, for its stick may only have been pulled."""
    try:
        yield
    except Known as error:
        if kept is None:
            raise
        words = _("Under Import, F5 reads it again, once it is where it was.")
        if kept.is_worked_on:
            words = _("What you corrected and decided in it is kept: under Import, F5 reads it again, once it is where it was.")
        raise Known(f"{error.message} {words}") from error
