"""The sum of several runs of the monkey, and what is told of it: what was found, and which pages and acts were never reached."""

from collections.abc import Sequence
from dataclasses import fields

from pupil_desk.services.roles import LOOKING, Action
from tests.monkey.deeds import DEEDS, Done
from tests.monkey.run import Report

ENOUGH = 4_000  # presses in sum, after which every page of the rail must have been reached


def sum_of(reports: Sequence[Report]) -> Report:
    """One report of all: counts are added, what was found stands one after another."""
    total = Report()
    for report in reports:
        _add(total, report)
        _add(total.deeds, report.deeds)
    return total


def _add(total: Report | Done, report: Report | Done) -> None:
    for one in fields(total):
        before, more = getattr(total, one.name), getattr(report, one.name)
        if isinstance(before, set):
            before |= more
        elif isinstance(before, dict):
            before.update(more)
        elif isinstance(before, int | list):
            setattr(total, one.name, before + more)


def lacking(report: Report) -> list[str]:
    """The pages of the rail that were never reached; one that was offered to nobody is not known of."""
    return sorted(report.all_pages - report.reached) if report.all_pages else ["every page"]


def never_done(report: Report) -> list[str]:
    """The kinds of acts that the log has no row of: those that change something, by the words of the log."""
    return sorted(action.value for action in Action if action not in LOOKING and not report.acts[action.value])


def told_of(report: Report, seeds: str, seconds: float) -> list[str]:
    """What a run, or the sum of several, says at its end."""
    deeds = report.deeds
    counts = [
        f"{deed.name} {deeds.completed[deed.name]} (no was said {deeds.refused[deed.name]} times, not completed {deeds.not_completed[deed.name]})"
        for deed in DEEDS
    ]
    heard = f"{report.presses:,} presses with {seeds} in {seconds:.0f} s, of which {report.heard:,} were heard"
    reached = f"on {len(report.reached)} of {len(report.all_pages)} pages and {len(report.dialogs)} dialogs"
    sums = {
        "bugs": report.bugs,
        "unasked": report.unasked,
        "moved": report.moved,
        "locked out": report.locked_out,
        "for good": report.for_good,
        "in spite of a no": deeds.in_spite,
    }
    return [
        f"{heard}, {reached}; {report.watched} were watched; {report.signed_in} times signed in.",
        *(f"FAULT {fault}" for fault in report.faults),
        f"Acts by kind: {', '.join(f'{kind} {count}' for kind, count in report.kinds.most_common()) or 'none'}.",
        f"Carried through: {', '.join(counts)}.",
        f"Pages never reached: {', '.join(lacking(report)) or 'none'}.",
        f"Acts never reached: {', '.join([*deeds.never, *never_done(report)]) or 'none'}.",
        f"{', '.join(f'{len(faults)} {words}' for words, faults in sums.items())}.",
    ]
