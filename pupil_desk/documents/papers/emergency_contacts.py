"""The sheet of emergency contacts: each pupil once, and below the name whom to call, in order, with numbers that are read from arm's length."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, FactList, Heading, Keep, Para, Run
from pupil_desk.documents.papers.first_aid_card import Caller

BASE = 13  # points of body text; a number is as large as what families read
_LABELS = 0.58  # of the width: all numbers stand in one column


@dataclass(frozen=True, slots=True)
class Reachable:
    """One pupil, and whom to call, the first to try first."""

    name: str
    callers: Sequence[Caller]


def story(pupils: Sequence[Reachable], imprint: str) -> list[Block]:
    """The sheet as blocks; a pupil's contacts never go on overleaf."""
    return [
        Heading(1, _("Emergency contacts")),
        Para(_("Keep this sheet locked away, and shred it when a newer one is printed. Call in the order of the numbers.")),
        *(map(_pupil, pupils) if pupils else [Para(_("No pupil is on roll."))]),
        Para(imprint, style="small"),
    ]


def _pupil(pupil: Reachable) -> Block:
    facts = [(f"{number}. {caller.name}", [Run(caller.numbers, bold=True)]) for number, caller in enumerate(pupil.callers, 1)]
    return Keep([FactList(facts or [(_("Nobody with a number is on file"), _("Ask the office"))], caption=pupil.name, labels=_LABELS)])
