"""The rules across the items of learning and of destinations. They warn: what a college or a family tells is kept as told."""

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.learning.destination import KNOWN, Destination
from pupil_desk.domain.learning.learning import Learning


def check_learning(learning: Learning) -> tuple[Problem, ...]:
    """The rules across the items of one piece of learning."""
    problems = []
    if learning.start and learning.end and learning.end < learning.start:
        problems.append(Problem("end", "ends_before_start", _("It ended before it began. Check the two days."), "warning"))
    if learning.result_date and not learning.result:
        problems.append(
            Problem("result", "no_result", _("There is a day of the result, but no result. Enter it when it is known."), "warning")
        )
    return tuple(problems)


def check_destination(destination: Destination) -> tuple[Problem, ...]:
    """The rules across the items of one destination."""
    if destination.kind in KNOWN and destination.confirmed_on is None:
        message = _("The day on which this was confirmed is missing. Enter it when it is known.")
        return (Problem("confirmed_on", "not_confirmed", message, "warning"),)
    return ()
