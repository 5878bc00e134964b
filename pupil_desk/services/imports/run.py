"""Importing a file: what it would do, then, in one transaction, doing it. From the window in two steps, by command in one."""

import dataclasses
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import printable
from pupil_desk.basics.words import _
from pupil_desk.documents.reading.table import TableLine, TableRead, Unreadable
from pupil_desk.documents.reading.table_file import read_whole
from pupil_desk.domain.catalogue.catalogue import RECORDS
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.changes import Changed
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports import IMPORTS
from pupil_desk.services.imports.cells.row_ids import OURS
from pupil_desk.services.imports.elsewhere.keyed_tables import KEYED_TABLES
from pupil_desk.services.imports.headings import about_table, best_kind, heading_place, lines_above, match_headings, of_other_kind
from pupil_desk.services.imports.keeping import keep_not_taken, keep_orders, keep_writes
from pupil_desk.services.imports.kinds import MINE, NEW, SAME, THEIRS, Fate, FileReader, ImportKind, Order
from pupil_desk.services.imports.mapping import Mappings, check_choices, remember
from pupil_desk.services.imports.outcome import Outcome, keeps_nothing, outcome_of, told_rows
from pupil_desk.services.imports.proposal import Proposal, RowProblem, judge_rows
from pupil_desk.services.imports.rows import RowReader
from pupil_desk.services.roles import Action
from pupil_desk.services.unit.uses import require_use
from pupil_desk.store.file import audit
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import ledger

AUTO = "auto"
_LOOKED_AT = 20  # rows looked at for an example of a column
_TABLES = tuple(kind for kind in IMPORTS if kind.file is None and kind.is_guessed)
"""The kinds that a table is taken for by its headings alone."""
_KINDS = {record_type: kind for kind, record_type in RECORDS.items()} | {table.record_type: table.keyed.name for table in KEYED_TABLES}


def kind_named(name: str) -> ImportKind[Any]:
    """The kind of import of that name. Raises WrongUse."""
    for kind in IMPORTS:
        if kind.name == name:
            return kind
    names = ", ".join(kind.name for kind in IMPORTS)
    raise WrongUse(_("There is no import of that kind. There are: {names}.").format(names=names))


def template(name: str) -> str:
    """The CSV header row of a kind, without a line end. Raises WrongUse, also for a kind that is read from no table."""
    kind = kind_named(name)
    if kind.file is not None:
        raise WrongUse(_("There is no template of that kind: a school system writes such files, and no one types them."))
    return ",".join(item.name for item in kind.columns if item.name not in OURS)


def propose(
    desk: Desk,
    name: str,
    source: bytes,
    file_name: str = "",
    *,
    accept: str | None = None,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
    same_name: str = "",
    takes_unknown: bool = False,
) -> Proposal:
    """What importing the bytes of a file as that kind (or ``auto``) would do. Writes nothing. Raises WrongUse, NotAllowed.

    ``accept`` is whose word is kept where a cell differs; without it, that of the kind: a table is taken, a transfer file shown.
    ``sheet`` names the sheet of a workbook that is read; without it, the first that holds anything. ``mapping`` says of headings which
    column they mean, «» for one that is left out; without it, what is remembered of lists with these headings. ``same_name`` says whether rows
    that may be about a pupil who is here are (``SAME``) or are not (``NEW``); without it, a person is asked.
    ``takes_unknown`` takes in a contact whose relationship is not in the list as the code for all others; without it the row is refused.
    """
    desk.require(Action.IMPORT, "import")
    kind = _owner(source, file_name) if name == AUTO else kind_named(name)
    if kind is not None:
        require_use(desk, kind.switch)
    empty = Proposal(
        kind=kind,
        file_name=file_name,
        sha256=hashlib.sha256(source).hexdigest(),
        log_seq=audit.head(desk.vault).seq,
        today=desk.today,
        accept=accept or (kind.accept if kind else THEIRS),
        same_name=same_name,
        takes_unknown=takes_unknown,
        lacked=frozenset(action for action in Action if not desk.may(action)),
    )
    if kind is not None and kind.file is not None:
        if mapping:
            raise WrongUse(_("A file of the kind “{kind}” has no headings, so none can be said to mean a column.").format(kind=kind.label))
        return _of_file(desk, empty, kind, kind.file, source)
    if owner := next((candidate for candidate in IMPORTS if candidate.file is not None and candidate.file.is_surely(source)), None):
        words = _("This is a file of the kind “{kind}” ({name}), and no table. Import it as that kind.")
        return _failed(empty, "unreadable_file", words.format(kind=owner.label, name=owner.name))
    try:
        table = read_whole(source, sheet)
    except Unreadable as unreadable:
        return _failed(empty, "unreadable_file", unreadable.message)
    return _of_lines(desk, empty, table, mapping)


def _of_lines(desk: Desk, empty: Proposal, table: TableRead, mapping: Mapping[str, str] | None) -> Proposal:
    """Of a table whose kind may have to be found: which line has the headings, and what a person chose of them."""
    kind, mappings = empty.kind, Mappings(desk.vault, mapping)
    place = heading_place([kind] if kind else _TABLES, table.lines, mappings.of)
    cells = table.lines[place].cells
    kind = kind or best_kind(_TABLES, cells, mappings.of)
    check_choices([kind] if kind else _TABLES, cells, mapping or {})
    if kind is None:
        return _failed(
            empty, "unreadable_file", _("The headings fit none of the kinds of import. Say which kind it is, or correct the headings.")
        )
    require_use(desk, kind.switch)
    proposal = dataclasses.replace(
        empty,
        kind=kind,
        sheets=table.sheets,
        days_later=table.days_later,
        cells=tuple(cells),
        mapped=mappings.of(kind, cells),
        is_remembered=mappings.is_remembered(kind, cells),
    )
    return _of_table(desk, proposal, kind, table, place)


def _owner(source: bytes, file_name: str) -> ImportKind[Any] | None:
    """The kind that these bytes belong to though they are no table."""
    return next((kind for kind in IMPORTS if kind.file is not None and kind.file.owns(source, file_name)), None)


def _of_file(desk: Desk, proposal: Proposal, kind: ImportKind[Any], reader: FileReader, source: bytes) -> Proposal:
    file_read = reader.read(source, proposal.file_name, desk.settings, proposal.today)
    proposal = dataclasses.replace(
        proposal,
        description=file_read.description,
        not_taken=file_read.not_taken,
        file_problems=tuple(RowProblem.at_place(None, problem) for problem in file_read.problems),
    )
    if not proposal.readable:
        return proposal
    return judge_rows(dataclasses.replace(proposal, stored=kind.hold(desk.vault)), file_read.rows)


def _failed(proposal: Proposal, code: str, message: str) -> Proposal:
    return dataclasses.replace(proposal, file_problems=(RowProblem.at_place(None, Problem("", code, message)),))


def _of_table(desk: Desk, proposal: Proposal, kind: ImportKind[Any], table: TableRead, place: int) -> Proposal:
    lines, row = table.lines, table.lines[place].number
    headings, problems = match_headings(kind, lines[place].cells, proposal.mapped)
    other_kind = of_other_kind(_TABLES, kind, lines[place].cells)
    proposal = dataclasses.replace(
        proposal,
        headings=headings,
        examples=_examples(lines[place + 1 :], len(headings)),
        file_problems=(
            *(RowProblem.at_place(None, problem) for problem in (*about_table(table), *lines_above(lines, place))),
            *(RowProblem.at_place(row, problem) for problem in ((other_kind, *filter(_stops, problems)) if other_kind else problems)),
        ),
    )
    if not proposal.readable:
        return proposal
    proposal = dataclasses.replace(proposal, stored=kind.hold(desk.vault))
    return judge_rows(proposal, RowReader(kind, headings, proposal.today, table.days_later).rows(lines[place + 1 :]))


def _stops(problem: Problem) -> bool:
    """Of a list of another kind, the columns that it has beside are no news."""
    return problem.stops


def _examples(lines: Sequence[TableLine], width: int) -> tuple[str, ...]:
    """The first text in each column, for whoever is to say what it means."""
    cells = [[line.cells[place].strip() for line in lines[:_LOOKED_AT] if place < len(line.cells)] for place in range(width)]
    return tuple(next(filter(None, column), "") for column in cells)


def needs(proposal: Proposal) -> tuple[Action, ...]:
    """What a role must include to keep this proposal, beside the import itself."""
    if proposal.kind is None:
        return ()
    rows = (row for row in proposal.rows if not row.plan.is_set_aside)
    return tuple(dict.fromkeys(action for row in rows if (action := proposal.kind.needs(row.read))))


def require(desk: Desk, proposal: Proposal) -> None:
    """Refuse, and log, what the role does not include. Raises NotAllowed."""
    for action in needs(proposal):
        desk.require(action, "import")


def keep(desk: Desk, proposal: Proposal, *, strict: bool = False) -> Outcome:
    """Do what was proposed: one transaction, one row of the log with the counts, the changes recorded. All of it or nothing.

    Raises NotAllowed; WrongUse when the unit has changed meanwhile so that other things would be kept than were shown.
    """
    require(desk, proposal)
    outcome = outcome_of(proposal, strict=strict)
    if keeps_nothing(proposal, strict=strict):
        with desk.act(Action.IMPORT, "import", "", _counts(proposal, outcome) + "; nothing kept"):
            return outcome
    import_id = new_id()
    with desk.act(Action.IMPORT, "import", import_id, _counts(proposal, outcome)) as work:
        if audit.head(desk.vault).seq != proposal.log_seq:
            proposal = _still_true(desk, proposal)
        keep_writes(work, (write for row in proposal.rows for write in row.plan.writes))
        order_subjects = [
            (row.plan.pupil_id, row.plan.contact_id)
            for row in proposal.rows
            if row.read.order is not Order.NONE and row.is_taken and row.plan.pupil_id
        ]
        protected = keep_orders(work, order_subjects, desk.today)
        values_by_pupil = ((row.plan.pupil_id, list(filter(row.keeps, row.not_taken))) for row in proposal.rows)
        noted = keep_not_taken(work, import_id, values_by_pupil)
        if proposal.kind is not None and proposal.mapped and not proposal.is_remembered:
            remember(work, proposal.kind, proposal.cells, proposal.mapped)
        ledger.add_import(
            desk.vault, _receipt(proposal, outcome) | {"id": import_id, "at": work.stamp, "made_by": work.actor, "act": work.act}
        )
        ledger.add_import_file(desk.vault, import_id, printable(proposal.file_name))
    rows = told_rows(desk.vault, proposal, protected, noted)
    return dataclasses.replace(outcome, news=_news(proposal, protected, noted), import_id=import_id, rows=rows)


def _counts(proposal: Proposal, outcome: Outcome) -> str:
    name = proposal.kind.name if proposal.kind else AUTO
    codes = "".join(f", {code}" for code in dict.fromkeys(p.code for p in proposal.file_problems if p.stops))
    return f"{name}: {outcome.read} read, {outcome.added} added, {outcome.changed} changed, {outcome.unchanged} unchanged, {outcome.refused} refused{codes}"


def _receipt(proposal: Proposal, outcome: Outcome) -> dict[str, Any]:
    assert proposal.kind is not None
    return {
        "kind": proposal.kind.name,
        "sha256": proposal.sha256,
        "read": outcome.read,
        "added": outcome.added,
        "changed": outcome.changed,
        "unchanged": outcome.unchanged,
        "refused": outcome.refused,
        "not_decided": ",".join(map(str, outcome.not_decided)),
        "rows_left_out": ",".join(map(str, outcome.rows_left_out)),
    }


def _still_true(desk: Desk, proposal: Proposal) -> Proposal:
    """Something was logged since the preview: judge again, and go on only if it comes to the same."""
    assert proposal.kind is not None
    rejudged = judge_rows(dataclasses.replace(proposal, stored=proposal.kind.hold(desk.vault)), [row.read for row in proposal.rows])
    if _shape(rejudged) != _shape(proposal):
        raise WrongUse(
            _("The unit’s records have changed since this preview, so it is no longer true. Nothing was kept; read the file again.")
        )
    return rejudged


def _shape(proposal: Proposal) -> list[tuple[Fate, list[tuple[Any, Any]]]]:
    """Each row's fate, and what replaces what; a new record has a new identity each time, and is the same by its row."""
    return [(row.fate, [(write.old, write.old and write.new) for write in row.plan.writes]) for row in proposal.rows]


def _news(proposal: Proposal, protected: set[str], noted: set[str]) -> Changed:
    kinds = {_KINDS.get(type(write.new), type(write.new).__name__.lower()) for row in proposal.rows for write in row.plan.writes}
    ids = {row.plan.pupil_id for row in proposal.rows if row.plan.writes}
    further_kinds = {kind for kind, ids in (("protection", protected), ("not_taken", noted)) if ids}
    return Changed(frozenset(kinds | further_kinds), frozenset(ids | protected | noted))


def run_import(
    desk: Desk,
    name: str,
    source: bytes,
    file_name: str = "",
    *,
    dry_run: bool = False,
    strict: bool = False,
    accept: str | None = None,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
    same_name: str = "",
    takes_unknown: bool = False,
) -> Outcome:
    """Import the bytes of a file as that kind, or ``auto``, in one go. A dry run keeps nothing and comes to the same counts.

    Raises WrongUse, NotAllowed.
    """
    if accept not in (None, THEIRS, MINE):
        raise WrongUse(_("Say “theirs” or “mine” for cells that differ."))
    if same_name not in ("", SAME, NEW):
        raise WrongUse(_("Say “update” or “new” for rows that may be about a pupil who is here."))
    proposal = propose(
        desk, name, source, file_name, accept=accept, sheet=sheet, mapping=mapping, same_name=same_name, takes_unknown=takes_unknown
    )
    if dry_run:
        require(desk, proposal)
        return outcome_of(proposal, strict=strict)
    return keep(desk, proposal, strict=strict)
