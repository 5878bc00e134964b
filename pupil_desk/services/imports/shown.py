"""Rows about what is not shown to who reads the file in: refused, before anything of what is held is compared with them."""

from typing import Any

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.services.imports.kinds import ImportKind, Judging, Plan, ReadRow, refused_plan
from pupil_desk.services.roles import who_may


def refused_to_role(kind: ImportKind[Any], row: ReadRow, judging: Judging) -> Plan | None:
    """The plan of a row that is not for the role of who reads it in; None for every other."""
    action = kind.shown_by(row)
    if action is None or action not in judging.lacked:
        return None
    words = _("Your role does not include this. Ask one of these: {who}.")
    return refused_plan(Problem("", "not_for_role", words.format(who=who_may(action))))
