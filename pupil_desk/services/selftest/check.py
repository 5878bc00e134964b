"""One check of this installation: its name, whether it passed, what it saw, and what to do about it.

What the checks found, as plain text: for the screen, for a technician, and for the installer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pupil_desk import __version__
from pupil_desk.basics.clock import Clock
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import Known
from pupil_desk.basics.words import _, count_of
from pupil_desk.services.demo.unit import Training
from pupil_desk.services.desk import Desk, DrawPages

INSTALL_AGAIN = _("Install Pupil Desk again; if it fails again, send this report to whoever looks after this PC.")


class Failed(Exception):
    """A check found that something does not work: the text says what, ``remedy`` what to do."""

    def __init__(self, fault: str, remedy: str = INSTALL_AGAIN) -> None:
        super().__init__(fault)
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its name, whether it passed, and what it saw; if it did not pass, what to do."""

    name: str
    ok: bool
    detail: str


@dataclass(slots=True)
class Bench:
    """What the checks stand on: a scratch folder, the time, a way to draw pages, and the training unit once it is made."""

    folder: Path
    clock: Clock
    draw_pages: DrawPages | None = None
    training: Training | None = None

    @property
    def desk(self) -> Desk:
        """The data officer of the training unit."""
        assert self.training is not None
        return self.training.desk

    def close(self) -> None:
        """Close the training unit's file, so that the folder can go."""
        if self.training is not None:
            self.training.desk.vault.close()


type Work = Callable[[Bench], str]
"""Does one check and says what it saw. Raises Failed, Known, or what a part that is missing raises."""


def run(name: str, work: Work, bench: Bench) -> Check:
    """One check. What the program finds wrong fails it; a part of the installation that is missing does too."""
    try:
        return Check(name, True, work(bench))
    except Known as error:  # its sentence says what to do
        return Check(name, False, error.message)
    except Failed as error:
        return Check(name, False, _detail(str(error), error.remedy))
    except Exception as error:  # noqa: BLE001 - a broken library may raise anything, and it is told to the person
        return Check(name, False, _detail(f"{type(error).__name__}: {error}", INSTALL_AGAIN))


def _detail(fault: str, remedy: str) -> str:
    return f"{fault.rstrip('. ')}. {remedy}"


def is_good(checks: Sequence[Check]) -> bool:
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
