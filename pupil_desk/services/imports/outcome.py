"""What an import did, or would do: the counts of its rows, and of one that was made what is to be looked at of which pupil."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from pupil_desk.documents.reading.table import WorkbookSheet
from pupil_desk.domain.changes import Changed
from pupil_desk.services.imports.kinds import Fate, Order
from pupil_desk.services.imports.proposal import PlannedRow, Proposal, RowNotTaken, RowProblem
from pupil_desk.services.imports.stays import stays_words
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.tables import pupils


@dataclass(frozen=True, slots=True)
class ToldRow:
    """A row that went in and of which something is to be looked at: whether a protection was put on, how many values are kept under From files, warnings."""

    number: int
    pupil_id: str
    pupil: str
    is_protected: bool
    kept_values: int
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an import did, or would do. ``read`` is the sum of the other counts; ``news`` is what pages look at again,
    ``not_taken`` the values that the file holds and no record says, ``stays`` in words the stays that begin with new pupils.

    ``not_decided`` and ``rows_left_out`` are the numbers of rows of which nothing is taken, for nobody has said whom they are about, or
    somebody left them out. ``unchanged`` counts them too: the contract's counts know no others. Of an import that was made, ``import_id``
    and ``rows`` say what is to be looked at, pupil by pupil.
    """

    read: int
    added: int
    changed: int
    unchanged: int
    refused: int
    problems: tuple[RowProblem, ...] = ()
    news: Changed = Changed.of()
    sheets: tuple[WorkbookSheet, ...] = ()
    not_taken: tuple[RowNotTaken, ...] = ()
    stays: str = ""
    not_decided: tuple[int, ...] = ()
    rows_left_out: tuple[int, ...] = ()
    import_id: str = field(default="", compare=False)
    rows: tuple[ToldRow, ...] = field(default=(), compare=False)

    @property
    def same(self) -> int:
        """How many rows say what is held already."""
        return self.unchanged - len(self.not_decided) - len(self.rows_left_out)

    @property
    def status(self) -> int:
        """The exit status: 1 for a refused row or an error of the whole file, else 0."""
        return int(self.refused > 0 or any(problem.stops for problem in self.problems))

    def as_json(self) -> dict[str, Any]:
        """As the command line tells it."""
        counts = {name: getattr(self, name) for name in ("read", "added", "changed", "unchanged", "refused")}
        sheets = [{"name": sheet.name, "read": sheet.is_read, "hidden": sheet.is_hidden} for sheet in self.sheets]
        problems, left_out = [problem.as_json() for problem in self.problems], [value.as_json() for value in self.not_taken]
        rows = {"not_decided": list(self.not_decided), "rows_left_out": list(self.rows_left_out)}
        return {**counts, **rows, "problems": problems, "sheets": sheets, "left_out": left_out}


def outcome_of(proposal: Proposal, *, strict: bool = False) -> Outcome:
    """The counts and problems of a proposal. ``strict`` with an error refuses every row that would have gone in."""
    to_add, to_change, to_refuse = (proposal.count(fate) for fate in (Fate.ADDED, Fate.CHANGED, Fate.REFUSED))
    if keeps_nothing(proposal, strict=strict):
        to_add, to_change, to_refuse = 0, 0, to_refuse + to_add + to_change
    return Outcome(
        read=len(proposal.rows),
        added=to_add,
        changed=to_change,
        unchanged=proposal.count(Fate.UNCHANGED),
        refused=to_refuse,
        problems=proposal.problems,
        sheets=proposal.sheets,
        not_taken=proposal.values_not_taken,
        stays=stays_words(row.plan for row in proposal.rows if not keeps_nothing(proposal, strict=strict)),
        not_decided=tuple(row.number for row in proposal.rows if row.is_undecided),
        rows_left_out=tuple(row.number for row in proposal.rows if row.is_left_out),
    )


def keeps_nothing(proposal: Proposal, *, strict: bool) -> bool:
    return not proposal.readable or (strict and proposal.has_errors)


def told_rows(vault: Vault, proposal: Proposal, protected: Collection[str], noted: Collection[str]) -> tuple[ToldRow, ...]:
    """What is to be looked at after an import, row by row; ``protected`` and ``noted`` are the pupils on whom it put a protection, and with whom it kept values."""
    rows = (_told(vault, row, protected, noted) for row in proposal.rows if row.is_taken and row.plan.pupil_id)
    return tuple(row for row in rows if row is not None)


def _told(vault: Vault, row: PlannedRow, protected: Collection[str], noted: Collection[str]) -> ToldRow | None:
    is_protected = row.plan.pupil_id in protected and row.read.order is not Order.NONE
    kept_values = sum(map(row.keeps, row.not_taken)) if row.plan.pupil_id in noted else 0
    warnings = tuple(dict.fromkeys(problem.message for problem in row.problems))
    if not (is_protected or kept_values or warnings):
        return None
    pupil = pupils.own_row(vault, row.plan.pupil_id)
    return ToldRow(
        number=row.number,
        pupil_id=row.plan.pupil_id,
        pupil=f"{pupil.surname}, {pupil.forename}" if pupil else row.pupil,
        is_protected=is_protected,
        kept_values=kept_values,
        warnings=warnings,
    )
