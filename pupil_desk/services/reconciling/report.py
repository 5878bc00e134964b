"""The report on a comparison of two registers, on paper: for who corrects the school system, and for the file. It stays inside the unit."""

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.text import capital
from pupil_desk.basics.words import _, count_of
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.register import comparison_report
from pupil_desk.documents.register.comparison_report import BASE, DifferenceRow
from pupil_desk.documents.typography.fonts import named_with_boxes
from pupil_desk.domain.register.attendance import Session
from pupil_desk.services.desk import Desk
from pupil_desk.services.guard import Guard, guard
from pupil_desk.services.reconciling.comparing import RegisterComparison, RegisterDifference
from pupil_desk.services.roles import Action

__all__ = ["BASE", "guard_of", "log_print", "paper"]


def paper(desk: Desk, comparison: RegisterComparison) -> tuple[list[Block], str]:
    """The report as a story, and its title. Raises NotAllowed."""
    desk.require(Action.READ_RECORD, "register")
    title = _("The school system’s register and ours")
    number = len(comparison.differences)
    sentences = [
        _("{first} to {last}: {compared} compared, {differences}, {left} not settled.").format(
            first=show_date(comparison.first),
            last=show_date(comparison.last),
            compared=count_of(comparison.compared, _("session of a pupil"), _("sessions of pupils")),
            differences=count_of(number, _("difference"), _("differences")),
            left=len(comparison.still_open),
        )
    ]
    if comparison.unread_rows:
        sentences.append(_("{rows} of the file could not be read.").format(rows=count_of(len(comparison.unread_rows), _("row"), _("rows"))))
    if comparison.left_out:
        sentences.append(comparison.left_out_words(named_with_boxes))
    imprint = _("{unit}. Printed on {day} by {user}.").format(unit=desk.settings.name, day=show_date(desk.today), user=desk.user.name)
    return comparison_report.story(title, sentences, [_row(difference) for difference in comparison.differences], imprint), title


def _row(difference: RegisterDifference) -> DifferenceRow:
    half = _("morning") if difference.session is Session.AM else _("afternoon")
    return DifferenceRow(
        pupil=named_with_boxes(difference.name, difference.ref),
        day=show_date(difference.day),
        session=half,
        their_words=_mark_words(difference.their_code, difference.their_minutes) or difference.their_words,
        our_words=_mark_words(difference.our_code, difference.our_minutes) or _("no mark"),
        settled=capital(difference.settled.value),
    )


def _mark_words(code: str, minutes: int | None) -> str:
    if code and minutes is not None:
        return _("{code}, {minutes} min").format(code=code, minutes=minutes)
    return code


def guard_of(desk: Desk, comparison: RegisterComparison) -> Guard:
    """What is minded before the report is seen on paper."""
    differing_ids, left_out_ids = ([one.pupil_id for one in comparison.differences], [pupil.id for pupil in comparison.left_out])
    return guard(desk, [*differing_ids, *left_out_ids], "register comparison")


def log_print(desk: Desk, comparison: RegisterComparison) -> None:
    """Log that the report was printed: of which days, and how many differences it names."""
    desk.log(
        Action.READ_RECORD,
        "register",
        "",
        f"comparison of {comparison.first} to {comparison.last}: {len(comparison.differences)} differences, {len(comparison.still_open)} open",
    )
