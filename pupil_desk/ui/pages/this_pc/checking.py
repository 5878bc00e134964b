"""The check of the installation as the installer runs it: the program's own command, in a process of its own.

So it judges the very files on the disk, and touches neither the window nor the file that is open.
"""

import json
import re

from pupil_desk.basics.errors import Damaged
from pupil_desk.basics.pc.own_program import answer_of, command
from pupil_desk.basics.words import _
from pupil_desk.services.selftest import Check
from pupil_desk.ui.kit.jobs import Job

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
