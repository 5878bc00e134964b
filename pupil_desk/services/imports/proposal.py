"""What an import would do, row by row, before anything is kept: the preview that a person mends and decides on."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from pupil_desk.basics.apart.process import stop_if_asked
from pupil_desk.basics.words import _
from pupil_desk.documents.reading.table import WorkbookSheet
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.pupils.not_taken import NotTaken
from pupil_desk.services.imports.cells.row_ids import OF_PUPIL
from pupil_desk.services.imports.headings import LEFT_OUT, ColumnHeading, Mapped
from pupil_desk.services.imports.kinds import (
    LEFT_OUT_ROW,
    NEW,
    POSSIBLE_MATCH,
    THEIRS,
    Fate,
    ImportKind,
    Judging,
    Plan,
    ReadRow,
    refused_plan,
)
from pupil_desk.services.imports.rows import RowReader
from pupil_desk.services.imports.shown import refused_to_role
from pupil_desk.services.imports.unknown_words import unknown_words, with_others
from pupil_desk.services.roles import Action

_OF_HEADINGS = frozenset({"missing", "duplicate_column"})  # the codes of what stands against headings, and a person can say


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A problem with its place: ``row`` as a spreadsheet numbers it, 1 for a heading, None for the file as a whole."""

    row: int | None
    column: str
    code: str
    severity: str
    message: str

    @property
    def stops(self) -> bool:
        """Whether it refuses the row, or the whole file."""
        return self.severity == "error"

    @classmethod
    def at_place(cls, row: int | None, problem: Problem) -> "RowProblem":
        """A problem at a place."""
        return cls(row, problem.column, problem.code, problem.severity, problem.message)

    def as_json(self) -> dict[str, Any]:
        """As the command line tells it."""
        return dataclasses.asdict(self)


@dataclass(frozen=True, slots=True)
class RowNotTaken:
    """A value that no record says, with its row and what the file calls the pupil there; None and «» for the file as a whole."""

    row: int | None
    pupil: str
    value: NotTaken

    def as_json(self) -> dict[str, Any]:
        """As the command line tells it."""
        return {"row": self.row, "pupil": self.pupil, "path": self.value.path, "value": self.value.value, "why": self.value.reason}


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A row as read, what would become of it, and the row as it was ``judged``: without what is said of cells that are held so."""

    read: ReadRow
    plan: Plan
    judged: ReadRow

    @property
    def number(self) -> int:
        """Its number in the file."""
        return self.read.number

    @property
    def pupil(self) -> str:
        """What the file calls the pupil: by UPN, else by name, as beside a contact; of a row about none, its first cell."""
        texts = self.read.texts
        name = ", ".join(filter(None, map(texts.get, ("surname", "forename"))))
        return texts.get("upn") or texts.get(OF_PUPIL) or name or next(iter(texts.values()), "")

    @property
    def fate(self) -> Fate:
        """Added, changed, unchanged or refused."""
        return self.plan.fate

    @property
    def is_taken(self) -> bool:
        """Whether it goes in, or is here already: it is neither refused nor set aside."""
        return self.fate is not Fate.REFUSED and not self.plan.is_set_aside

    def keeps(self, value: NotTaken) -> bool:
        """Whether a value that no record will say is kept with the pupil: not of a row of which nothing is taken, nor of a column left out."""
        return self.is_taken and bool(self.plan.pupil_id) and value.reason != LEFT_OUT

    @property
    def is_left_out(self) -> bool:
        """Whether a person left it out."""
        return self.plan.answer == LEFT_OUT_ROW

    @property
    def is_absent(self) -> bool:
        """Whether it is left out though no person said so, for whom it is about is not here."""
        return self.is_left_out and bool(self.plan.problems)

    @property
    def waits(self) -> bool:
        """Whether nothing of it is taken until a person says whom it is about."""
        return self.plan.is_set_aside and not self.is_left_out

    @property
    def is_undecided(self) -> bool:
        """Whether it is taken only once a person has said whom it is about, or has picked what may match."""
        is_possible = any(problem.code == POSSIBLE_MATCH for problem in self.problems)
        return self.waits or (self.fate is Fate.UNCHANGED and bool(self.plan.differences) and is_possible)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong with it, warnings too; of one left out, only why it is where no person said so."""
        if self.is_left_out:
            return self.plan.problems
        return (*self.judged.problems, *self.read.remarks, *self.plan.problems)

    @property
    def not_taken(self) -> tuple[NotTaken, ...]:
        """The values in it that no record will say: of a refused row of a file that is no table, all."""
        if self.fate is not Fate.REFUSED:
            return (*self.read.not_taken, *self.plan.not_taken)
        leaves = (NotTaken(path=leaf.place, value=leaf.text, reason=_("The row is refused.")) for leaf in self.read.leaves)
        return (*self.read.not_taken, *leaves)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What an import would do. Never edited: ``mend``, ``pick``, ``answer`` and ``accept_all`` make the next one.

    ``answers`` say of rows whom they are about, or that they are left out, ``same_name`` of all others that may be about a pupil who is here;
    ``takes_unknown`` is whether a word that is not in a list is taken as the code for all others, where the list has one; ``lacked`` is what the reader's role does not include.

    ``kind`` is None for a file that fits none. ``file_name`` may name a pupil: it is shown and kept in the file, and never logged. ``file_problems`` are those of the file and of its headings; with an error among them no
    row was read. ``description`` is a sentence on a file that is no table, ``not_taken`` are values that stand in no row, ``sheets`` are those of a workbook, ``days_later`` how much later its own calendar begins. ``cells`` are the headings as they stand, ``examples`` the first text under each, ``mapped`` what a person chose of
    them, ``is_remembered`` whether it is from an earlier list. ``log_seq`` is the number of the log's last row when the unit was looked at.
    """

    kind: ImportKind[Any] | None
    file_name: str
    sha256: str
    log_seq: int
    today: date
    headings: tuple[ColumnHeading, ...] = ()
    file_problems: tuple[RowProblem, ...] = ()
    description: str = ""
    rows: tuple[PlannedRow, ...] = ()
    accept: str = THEIRS
    picks: Mapping[tuple[int, str], str] = MappingProxyType({})
    answers: Mapping[int, str] = MappingProxyType({})
    same_name: str = ""
    takes_unknown: bool = False
    lacked: frozenset[Action] = frozenset()
    mended: frozenset[int] = frozenset()
    not_taken: tuple[NotTaken, ...] = ()
    sheets: tuple[WorkbookSheet, ...] = ()
    cells: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    mapped: Mapped = MappingProxyType({})
    is_remembered: bool = False
    days_later: int = 0
    stored: Any = field(default=None, repr=False)

    @property
    def readable(self) -> bool:
        """Whether rows could be read at all."""
        return self.kind is not None and not any(problem.stops for problem in self.file_problems)

    @property
    def lacks_headings_alone(self) -> bool:
        """Whether nothing stands against reading a list but what its headings mean, which a person may say."""
        stopping = [problem for problem in self.file_problems if problem.stops]
        return (
            self.kind is not None and bool(self.headings) and bool(stopping) and all(problem.code in _OF_HEADINGS for problem in stopping)
        )

    @property
    def unknown_words(self) -> tuple[str, ...]:
        """The words that are not in a list which has a code for all others, each once."""
        return unknown_words(self.kind, (row.read for row in self.rows)) if self.kind is not None else ()

    def count(self, fate: Fate) -> int:
        """How many rows would come to that."""
        return sum(1 for row in self.rows if row.plan.fate is fate)

    @property
    def problems(self) -> tuple[RowProblem, ...]:
        """All problems, those of the file first, then by row."""
        return (*self.file_problems, *(RowProblem.at_place(row.number, problem) for row in self.rows for problem in row.problems))

    @property
    def values_not_taken(self) -> tuple[RowNotTaken, ...]:
        """The values that the file holds and no record will say, those of the file first, then by row."""
        of_rows = (RowNotTaken(row.number, row.pupil, value) for row in self.rows for value in row.not_taken)
        return (*(RowNotTaken(None, "", value) for value in self.not_taken), *of_rows)

    @property
    def has_errors(self) -> bool:
        """Whether a row is refused, or the whole file."""
        return any(problem.stops for problem in self.file_problems) or any(row.plan.fate is Fate.REFUSED for row in self.rows)

    def row(self, number: int) -> PlannedRow:
        """The row of that number. Raises KeyError when there is none, which is a bug."""
        for row in self.rows:
            if row.number == number:
                return row
        raise KeyError(number)

    @property
    def columns(self) -> frozenset[str]:
        """The columns that the file has."""
        of_first = {heading.column for heading in self.headings if heading.column}
        return frozenset(of_first.union(*(heading.second_for for heading in self.headings)))


def judge_rows(proposal: Proposal, rows: Iterable[ReadRow]) -> Proposal:
    """The proposal with these rows, each judged with all that stand before it."""
    assert proposal.kind is not None
    rows = with_others(proposal.kind, rows) if proposal.takes_unknown else rows
    judging = Judging(today=proposal.today, columns=proposal.columns, accept=proposal.accept, picks=proposal.picks,
                      answers=proposal.answers, same_name=proposal.same_name, lacked=proposal.lacked)  # fmt: skip
    return dataclasses.replace(proposal, rows=tuple(_judge(proposal.kind, proposal.stored, rows, judging)))


def _judge(kind: ImportKind[Any], stored: Any, rows: Iterable[ReadRow], judging: Judging) -> Iterator[PlannedRow]:
    rows, view, before = tuple(rows), kind.fresh(stored), dict[Any, tuple[ReadRow, Plan]]()
    kind.look_over(view, [row for row in rows if judging.answer_for(row.number) != LEFT_OUT_ROW])
    for read_row in rows:
        stop_if_asked()
        row = kind.as_held(view, read_row, judging) if read_row.stops else read_row
        plan = _plan(kind, view, row, judging)
        if plan.is_set_aside:
            plan = dataclasses.replace(plan, not_taken=tuple(_whole_row(kind, row, plan)))
        elif plan.fate is not Fate.REFUSED:
            first_row, first = before.setdefault(plan.key, (row, plan))
            if first is not plan:
                plan = _repeated_row(first, plan, frozenset(row.leaves) - frozenset(first_row.leaves))
            if plan.writes or first is plan:
                kind.note(view, plan)
        yield PlannedRow(read_row, plan, row)


def _plan(kind: ImportKind[Any], view: Any, row: ReadRow, judging: Judging) -> Plan:
    if judging.answer_for(row.number) == LEFT_OUT_ROW:
        return Plan(Fate.UNCHANGED, answer=LEFT_OUT_ROW, is_set_aside=True)
    if row.stops:
        return refused_plan()
    return refused_to_role(kind, row, judging) or kind.plan(view, row, judging)


def _whole_row(kind: ImportKind[Any], row: ReadRow, plan: Plan) -> Iterator[NotTaken]:
    """All values of a row that is set aside, as not taken."""
    reason = _("You left this row out.") if plan.answer == LEFT_OUT_ROW else _("It is not decided whether this is the pupil who is here.")
    reason = plan.problems[0].message if plan.answer == LEFT_OUT_ROW and plan.problems else reason
    values = (
        [(leaf.place, leaf.text) for leaf in row.leaves]
        if row.leaves
        else [(kind.column(name).label, text) for name, text in row.texts.items()]
    )
    for path, text in values:
        if text.strip():
            yield NotTaken(path=path, value=text.strip(), reason=reason)


def _repeated_row(first: Plan, plan: Plan, further_leaves: frozenset[Any]) -> Plan:
    """A row about what an earlier one spoke of: the very same is passed over, another word is refused.

    ``further_leaves`` are values of it that the earlier one has not: these are in no record, nor is what no record would say of this row alone.
    """
    if plan.contents == first.contents and plan.further_writes:
        return dataclasses.replace(plan, fate=Fate.CHANGED, writes=plan.further_writes)
    if plan.contents == first.contents:
        warning = Problem.warning("", "duplicate_in_file", _("The same row stands further up in the file. It is passed over."))
        of_leaves = tuple(NotTaken(path=leaf.place, value=leaf.text, reason=warning.message) for leaf in further_leaves)
        not_taken = of_leaves or tuple(value for value in plan.not_taken if value not in first.not_taken)
        return Plan(Fate.UNCHANGED, first.pupil_id, first.contact_id, first.key, problems=(warning,), not_taken=not_taken)
    words = _("A row further up says something else of the same. That one stands; correct or take out one of the two.")
    return refused_plan(Problem("", "duplicate_in_file", words))


def mend(proposal: Proposal, number: int, texts: Mapping[str, str]) -> Proposal:
    """The proposal with other texts in some cells of one row (column to text), all rows judged again."""
    return mend_rows(proposal, {number: texts})


def mend_rows(proposal: Proposal, texts_by_row: Mapping[int, Mapping[str, str]]) -> Proposal:
    """The proposal with other texts in some cells of these rows, all rows judged again."""
    assert proposal.kind is not None
    reader = RowReader(proposal.kind, proposal.headings, proposal.today, proposal.days_later)
    rows_now = [reader.mended(row.read, texts_by_row[row.number]) if row.number in texts_by_row else row.read for row in proposal.rows]
    return judge_rows(dataclasses.replace(proposal, mended=proposal.mended | texts_by_row.keys()), rows_now)


def pick(proposal: Proposal, number: int, column: str, accept: str) -> Proposal:
    """The proposal with one cell that differs decided: ``theirs`` or ``mine``."""
    picks = MappingProxyType({**proposal.picks, (number, column): accept})
    return judge_rows(dataclasses.replace(proposal, picks=picks), [row.read for row in proposal.rows])


def answer(proposal: Proposal, number: int, said: str) -> Proposal:
    """The proposal with what a person says of a row: the id of the pupil it is about, ``NEW``, ``LEFT_OUT_ROW``; «» takes it back."""
    answers = {row: answer for row, answer in proposal.answers.items() if row != number} | ({number: said} if said else {})
    return judge_rows(dataclasses.replace(proposal, answers=MappingProxyType(answers)), [row.read for row in proposal.rows])


def answer_waiting(proposal: Proposal, said: str) -> Proposal:
    """The proposal with one word for all rows that wait to be told whom they are about: ``SAME``, ``NEW`` or ``LEFT_OUT_ROW``."""
    answers = {**proposal.answers, **{row.number: said for row in proposal.rows if row.waits}}
    return judge_rows(dataclasses.replace(proposal, answers=MappingProxyType(answers)), [row.read for row in proposal.rows])


def answer_absent(proposal: Proposal) -> Proposal:
    """The proposal with all rows about somebody who is not here, which are left out unless a person says so, as new pupils."""
    answers = {**proposal.answers, **{row.number: NEW for row in proposal.rows if row.is_absent}}
    return judge_rows(dataclasses.replace(proposal, answers=MappingProxyType(answers)), [row.read for row in proposal.rows])


def take_unknown(proposal: Proposal) -> Proposal:
    """The proposal with the code for all others in place of each word that is not in a list."""
    return judge_rows(dataclasses.replace(proposal, takes_unknown=True), [row.read for row in proposal.rows])


def accept_all(proposal: Proposal, accept: str) -> Proposal:
    """The proposal with every cell that differs decided: ``theirs``, but for what is taken only where a person picks it, or ``mine``."""
    picks = {cell: pick for cell, pick in proposal.picks.items() if pick == accept}
    proposal = dataclasses.replace(proposal, accept=accept, picks=MappingProxyType(picks))
    return judge_rows(proposal, [row.read for row in proposal.rows])
