"""template, import: what comes in."""

from pupil_desk.basics.words import _, count_of
from pupil_desk.cli.call import Call
from pupil_desk.cli.signing_in import signed_in
from pupil_desk.services.imports import run
from pupil_desk.services.imports.proposal import RowProblem
from pupil_desk.services.imports.reading import bytes_of
from pupil_desk.services.imports.run import Outcome


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
    source = bytes_of(args.source)
    with signed_in(call) as desk:
        outcome = run.run_import(
            desk, args.kind, source, args.source.name, dry_run=args.dry_run, strict=args.strict, accept=args.accept, sheet=args.sheet
        )
    if not call.speaker.as_json:
        for problem in outcome.problems:
            if not problem.stops:
                call.speaker.aside(_problem_line(problem))
        for row, words in outcome.left_out:
            call.speaker.aside(_("Row {row}, not taken: {words}").format(row=row, words=words))
    refusals = [_problem_line(problem) for problem in outcome.problems if problem.stops]
    call.speaker.result(outcome.as_json(), *refusals, _counts(outcome, dry_run=args.dry_run))
    return outcome.status


def _problem_line(problem: RowProblem) -> str:
    place = _("Row {row}").format(row=problem.row) if problem.row else _("The file")
    return f"{place}{f', {problem.column}' if problem.column else ''}: {problem.message}"


def _counts(outcome: Outcome, *, dry_run: bool) -> str:
    words = (
        _("{rows} read. It would be: {added} added, {changed} changed, {unchanged} unchanged, {refused} refused. Nothing was kept.")
        if dry_run
        else _("{rows} read: {added} added, {changed} changed, {unchanged} unchanged, {refused} refused.")
    )
    return words.format(
        rows=count_of(outcome.read, _("row"), _("rows")),
        added=f"{outcome.added:,}",
        changed=f"{outcome.changed:,}",
        unchanged=f"{outcome.unchanged:,}",
        refused=f"{outcome.refused:,}",
    )
