"""The import of the answer: from bytes to rows, a line of the file a row. Its headings and words are data (``resources/lrs/answer.toml``)."""

import dataclasses
import re
from collections import Counter
from datetime import date

from pupil_desk.basics.text import tokens
from pupil_desk.basics.words import _
from pupil_desk.documents.reading.table import TableLine, Unreadable
from pupil_desk.documents.reading.table_file import read_table
from pupil_desk.domain.catalogue.items import Item, Kind, item_named
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.learning.next_steps import Learning
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.formats.lrs import LrsOutcome, answer, batch
from pupil_desk.services.imports.headings import match_headings
from pupil_desk.services.imports.kinds import FileRead, FileReader, ImportKind, ReadRow
from pupil_desk.services.imports.lrs_answer import planning
from pupil_desk.services.imports.lrs_answer.planning import LEARNING, OUTCOME, REASON, outcome_of
from pupil_desk.services.imports.rows import RowReader

_NAMED = re.compile(r"LR[A-Z]_[0-9]{8}_[0-9]{12}", re.IGNORECASE)
_LONGEST_HEAD = 20_000  # bytes: its headings are some hundreds
_OURS = re.compile(r"1[0-9]{7}")
_NOT_KNOWN = "9999999999"  # what is written for «no number»
_LABELS = {
    "qualification": _("Qualification"),
    "began": _("Began on"),
    "ended": _("Ended on"),
    "grade": _("Grade"),
    "awarded": _("Awarded on"),
}


def _owns(source: bytes, file_name: str) -> bool:
    """By its name, or by a line of headings with a learner number and an outcome, as no other kind has."""
    if _NAMED.search(file_name) and file_name.upper().endswith((".CSV", ".XLSX")):
        return True
    try:
        first = read_table(source[:_LONGEST_HEAD].split(b"\n", 1)[0])[0]
    except Unreadable:
        return False
    columns = {heading.column for heading in match_headings(LRS_ANSWER, first.cells)[0]}
    return {"uln", OUTCOME} <= columns


def _read(source: bytes, _file_name: str, unit: UnitSettings, today: date) -> FileRead:
    try:
        lines = read_table(source)
    except Unreadable as unreadable:
        return FileRead(problems=(Problem("", "unreadable_file", unreadable.message),))
    headings, heading_problems = match_headings(LRS_ANSWER, lines[0].cells)
    problems = [problem for problem in heading_problems if not _passed_over(problem)]
    columns = {heading.column for heading in headings}
    if not ({"surname", "forename", "dob"} <= columns or "uln" in columns):
        words = _(
            "There is neither a column for the learner number nor columns for surname, forename and date of birth. Choose the file that the Learning Records Service gave back."
        )
        problems.append(Problem("uln", "missing", words))
    if any(problem.stops for problem in problems):
        return FileRead(problems=tuple(problems))
    heads = [line for line in lines[1:] if _is_head(line)]
    problems += _to_another(heads, unit)
    reader = RowReader(LRS_ANSWER, headings, today)
    apart = [] if _tells_of_file(lines[0]) else heads
    rows = reader.rows(_plain(line) for line in lines[1:] if line not in apart)
    return FileRead(rows, tuple(problems), _summary(rows))


def _passed_over(problem: Problem) -> bool:
    """Whether it speaks of a heading that is known, and tells nothing that is taken."""
    known_headings = {"".join(tokens(heading)) for heading in (*(column.heading for column in batch().columns), *answer().passed_over)}
    return problem.code == "unknown_column" and "".join(tokens(problem.column)) in known_headings


def _is_head(line: TableLine) -> bool:
    """The row below the headings that tells of the file itself, alone or before the first learner."""
    return line.number == 2 and (line.cells[0].strip() == batch().version or any(_NAMED.search(cell) for cell in line.cells))


def _tells_of_file(headings: TableLine) -> bool:
    """Whether what tells of the file itself has columns of its own: then it stands in the row of the first learner."""
    told = {"".join(tokens(column.heading)) for column in batch().columns if column.header}
    return told <= {"".join(tokens(cell)) for cell in headings.cells}


def _to_another(heads: list[TableLine], unit: UnitSettings) -> list[Problem]:
    """A warning where the file tells another provider's number than ours."""
    numbers = {cell.strip() for line in heads for cell in line.cells if _OURS.fullmatch(cell.strip())}
    if not numbers or not unit.ukprn or unit.ukprn in numbers:
        return []
    return [
        Problem.warning(
            "",
            "not_to_us",
            _("The file is for the provider {number}, and this unit is {ours}. Check that it is the right one.").format(
                number=min(numbers), ours=unit.ukprn
            ),
        )
    ]


def _plain(line: TableLine) -> TableLine:
    """Without the number that means «none»."""
    return TableLine(line.number, ["" if cell.strip() == _NOT_KNOWN else cell for cell in line.cells])


def _summary(rows: tuple[ReadRow, ...]) -> str:
    """How many rows there are of each outcome, in a sentence."""
    counts = Counter(outcome_of(row.values) for row in rows)
    words = _(
        "Answer of the Learning Records Service: {found} with a number, {possible} to choose, {none} without a match, {refused} refused."
    )
    return words.format(
        found=counts[LrsOutcome.FOUND] + counts[LrsOutcome.REGISTERED],
        possible=counts[LrsOutcome.POSSIBLE],
        none=counts[LrsOutcome.NONE],
        refused=counts[LrsOutcome.REFUSED],
    )


def _columns() -> tuple[Item, ...]:
    heads = answer().headings
    pupil_items = [
        dataclasses.replace(item_named(Pupil, name), required=False, heads=heads[name]) for name in ("uln", "surname", "forename", "dob")
    ]
    reply_items = [
        Item(OUTCOME, _("Outcome"), Kind.TEXT, pupil_items[0].facts, longest=255, heads=heads[OUTCOME]),
        Item(REASON, _("What the service says"), Kind.TEXT, pupil_items[0].facts, longest=255, heads=heads[REASON]),
    ]
    learnt = [
        dataclasses.replace(
            item_named(Learning, attribute),
            name=name,
            label=_LABELS.get(name, item_named(Learning, attribute).label),
            required=False,
            heads=heads[name],
        )
        for name, attribute in LEARNING.items()
    ]
    return (*pupil_items, *reply_items, *learnt)


LRS_ANSWER = ImportKind(
    name="lrs-answer",
    label=_("Answer of the Learning Records Service"),
    columns=_columns,
    hold=planning.hold,
    fresh=planning.fresh,
    plan=planning.plan,
    note=planning.note,
    file=FileReader(_owns, _read),
)
