"""template, import: what comes in."""

from collections.abc import Iterator

from pupil_desk.basics.text import printable
from pupil_desk.basics.words import _, count_of
from pupil_desk.cli.call import Call
from pupil_desk.cli.signing_in import signed_in
from pupil_desk.documents.reading.table_file import bytes_of
from pupil_desk.services.imports import run
from pupil_desk.services.imports.counting import set_aside_words
from pupil_desk.services.imports.ctf.planning import NOT_HERE
from pupil_desk.services.imports.mapping import read_choices
from pupil_desk.services.imports.outcome import Outcome
from pupil_desk.services.imports.proposal import RowProblem

_MOST_LINES = 100  # values not taken that are told without --json


def template(call: Call) -> int:
    """The header row of a kind."""
    header = run.template(call.args.kind)
    call.speaker.result({"kind": call.args.kind, "columns": header.split(",")}, header)
    return 0


def import_file(call: Call) -> int:
    """Read a file into the unit; 1 if a row was refused, or the whole file."""
    args = call.args
    if args.kind != run.AUTO:
        run.kind_named(args.kind)
    mapping = read_choices(args.map) if args.map else None
    source = bytes_of(args.source)
    with signed_in(call) as desk:
        outcome = run.run_import(
            desk,
            args.kind,
            source,
            args.source.name,
            dry_run=args.dry_run,
            strict=args.strict,
            accept=args.accept,
            sheet=args.sheet,
            mapping=mapping,
            same_name=args.same_name,
            takes_unknown=args.unknown_relationship == "other",
        )
    if not call.speaker.as_json:
        for problem in outcome.problems:
            if not problem.stops:
                call.speaker.aside(_problem_line(problem))
        for line in (*_not_taken_lines(outcome), *filter(None, [outcome.stays]), *_hints(outcome)):
            call.speaker.aside(line)
    refusals = [_problem_line(problem) for problem in outcome.problems if problem.stops]
    call.speaker.result(outcome.as_json(), *refusals, _counts(outcome, dry_run=args.dry_run))
    return outcome.status


def _problem_line(problem: RowProblem) -> str:
    place = _("Row {row}").format(row=problem.row) if problem.row else _("The file")
    return f"{place}{f', {problem.column}' if problem.column else ''}: {problem.message}"


def _not_taken_lines(outcome: Outcome) -> Iterator[str]:
    """The first of the values that no record says, and how many there are more."""
    for told in outcome.not_taken[:_MOST_LINES]:
        place = _("Row {row}").format(row=told.row) if told.row else _("The file")
        words = _("{place}, not taken: {path}: {value}. {why}")
        yield words.format(place=place, path=told.value.path, value=printable(told.value.value), why=told.value.reason)
    if (further := len(outcome.not_taken) - _MOST_LINES) and further > 0:
        yield _("{count} more values are not taken. With --json, each is told.").format(count=f"{further:,}")


def _hints(outcome: Outcome) -> Iterator[str]:
    """The options by which what was warned of is decided."""
    codes = {problem.code for problem in outcome.problems if problem.row is None or problem.row in outcome.not_decided}
    if "same_name" in codes:
        yield _("--same-name says it for the whole file: with “update” it is the pupil who is here, with “new” another.")
    if any(problem.code == NOT_HERE for problem in outcome.problems):
        yield _("--same-name new adds those who are not here as new pupils.")
    if "other_sheets" in codes:
        yield _("--sheet names another sheet.")


def _counts(outcome: Outcome, *, dry_run: bool) -> str:
    words = _("{rows} read. It would be: {fates}. Nothing was kept.") if dry_run else _("{rows} read: {fates}.")
    fates = _("{added} added, {changed} changed, {unchanged} unchanged, {refused} refused").format(
        added=f"{outcome.added:,}", changed=f"{outcome.changed:,}", unchanged=f"{outcome.same:,}", refused=f"{outcome.refused:,}"
    )
    fates = ", ".join((fates, *set_aside_words(outcome.not_decided, outcome.rows_left_out)))
    return words.format(rows=count_of(outcome.read, _("row"), _("rows")), fates=fates)
