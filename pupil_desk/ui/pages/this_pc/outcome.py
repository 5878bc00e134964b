"""What the check of the installation found: what failed in full, what passed behind a button.

The check of the installation as the installer runs it: the program's own command, in a process of its own.

So it judges the very files on the disk, and touches neither the window nor the file that is open.
"""

import json
import re
from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from pupil_desk.basics.errors import Damaged
from pupil_desk.basics.pc.own_program import answer_of, command
from pupil_desk.basics.text import capital
from pupil_desk.basics.words import _, count_of
from pupil_desk.services.backup.this_pc import PcCheck
from pupil_desk.services.selftest import Check
from pupil_desk.ui.kit.jobs import Job
from pupil_desk.ui.kit.words import STRETCH, button, column_in, fill, label, without_sign
from pupil_desk.ui.pages.this_pc.lines import Lines
from pupil_desk.ui.style import tokens


class CheckResults(QWidget):
    """Hidden until there is something to tell."""

    def __init__(self) -> None:
        super().__init__()
        self.title = label("", "subhead")
        self.failed = Lines(_("Checks that failed"))
        self.passed = Lines(_("Checks that passed"))
        self.fold = button("", self._turn, "link")
        row = QHBoxLayout()  # or the button would be as wide as the page
        fill(row, self.fold, STRETCH)
        column_in(self, tokens.S, self.title, self.failed, row, self.passed)
        self.passed.hide()
        self.hide()

    def show_checks(self, checks: Sequence[Check]) -> str:
        """Show what was found; returns it in a sentence."""
        failed, passed = ([_finding(check) for check in checks if check.ok is ok] for ok in (False, True))
        words = _outcome(len(failed), len(checks))
        self.title.setText(words)
        self.failed.show_checks(failed)
        self.passed.show_checks(passed)
        self.failed.setVisible(bool(failed))
        self._show_passed(False)
        self.show()
        return words

    def _turn(self) -> None:
        self._show_passed(self.passed.isHidden())

    def _show_passed(self, visible: bool) -> None:
        self.passed.setVisible(visible)
        count = count_of(self.passed.count, _("check"), _("checks"))
        words = _("&Hide what passed") if visible else _("S&how what passed: {checks}").format(checks=count)
        self.fold.setText(words)
        self.fold.setAccessibleName(without_sign(words))
        self.fold.setVisible(self.passed.count > 0)


def _finding(check: Check) -> PcCheck:
    words = capital(check.detail)
    return PcCheck(check.ok, capital(check.name), words if words.endswith(".") else f"{words}.")


def _outcome(failed: int, total: int) -> str:
    if not failed:
        return _("This installation is in order")
    return _("{found} of {total} failed").format(found=count_of(failed, _("check"), _("checks")), total=total)


_STEP = re.compile(r"(\d+)/(\d+) (.*)")


def check_installation(job: Job) -> list[Check]:
    """Every check, as the command found it. Raises Stopped when the person stops it, Damaged if the command does not answer."""

    def report(line: str) -> None:
        step = _STEP.fullmatch(line)
        if step:
            job.step(int(step[1]), int(step[2]), step[3])
        else:
            job.step(0, 0)

    try:
        answer = answer_of(command("self-test", "--json", "--steps"), report)
        return [Check(check["name"], check["ok"], check["detail"]) for check in json.loads(answer.out)["checks"]]
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise Damaged(
            _("The check did not come to its end, so something of this installation is missing or broken. Install Pupil Desk again.")
        ) from error
