"""What the checks found, as plain text: for the screen, for a technician, and for the installer."""

from collections.abc import Sequence

from pupil_desk import __version__
from pupil_desk.basics.clock import Clock
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _, count_of
from pupil_desk.services.selftest.check import Check


def is_good(checks: Sequence[Check]) -> bool:
    """Whether every check passed."""
    return all(check.ok for check in checks)


def lines(checks: Sequence[Check]) -> list[str]:
    """The checks that failed first, then the others, then what that means for this PC."""
    failed = [check for check in checks if not check.ok]
    check_lines = [
        f"{_('good') if check.ok else _('FAILED')}  {check.name}: {check.detail}"
        for check in (*failed, *(check for check in checks if check.ok))
    ]
    if not failed:
        return [*check_lines, _("This installation is in order.")]
    failures = count_of(len(failed), _("check"), _("checks"))
    return [
        *check_lines,
        _("Something is wrong with this installation: {found} of {total} failed.").format(found=failures, total=len(checks)),
    ]


def text(checks: Sequence[Check], clock: Clock) -> str:
    """The whole report as text. It holds versions, folders and counts, and nothing of any pupil."""
    moment = clock.now().astimezone()
    head = [
        _("Pupil Desk {version}: this installation checked").format(version=__version__),
        _("{day} at {time}").format(day=show_date(moment.date()), time=moment.strftime("%H:%M")),
        "",
    ]
    return "\n".join([*head, *lines(checks), ""])
