"""Erasures of several pupils together: proposed, agreed to and carried out one after the other, each with its own case, log and certificate.

What is due of consents and requests is much every year. Where one of several cannot be done, those before it are done and stay so.
"""

from collections.abc import Sequence
from functools import reduce
from operator import or_

from pupil_desk.domain.changes import Changed
from pupil_desk.domain.governance.erasure_case import Ground
from pupil_desk.services.desk import Desk
from pupil_desk.services.erasure import cases
from pupil_desk.services.erasure.cases import CaseLine, State
from pupil_desk.services.roles import Action


def of_state(lines: Sequence[CaseLine], state: State) -> list[CaseLine]:
    """Of the lines chosen those with which the same can be done."""
    return [line for line in lines if line.state is state]


def propose(desk: Desk, lines: Sequence[CaseLine]) -> Changed:
    """Propose to erase what each line says is due. Raises as ``cases.propose``."""
    desk.require(Action.PROPOSE_ERASURE, "erasure", "")
    return _together([cases.propose(desk, line.pupil_id, line.reach, Ground.DUE, "", parts=line.parts) for line in lines])


def agree(desk: Desk, lines: Sequence[CaseLine]) -> Changed:
    """Agree to the erasure of each line. Raises as ``cases.agree``."""
    desk.require(Action.AGREE_ERASURE, "erasure", "")
    return _together([cases.agree(desk, line.case.id) for line in lines if line.case is not None])


def carry_out(desk: Desk, lines: Sequence[CaseLine], *, recovery_code: str | None = None) -> Changed:
    """Erase what each line says. Raises as ``cases.carry_out``."""
    desk.require(Action.ERASE, "erasure", "")
    return _together([cases.carry_out(desk, line.case.id, recovery_code=recovery_code) for line in lines if line.case is not None])


def _together(changes: Sequence[Changed]) -> Changed:
    return reduce(or_, changes, Changed.of())
