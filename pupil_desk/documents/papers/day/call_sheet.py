"""The call sheet: who is absent without a reason in a session, whom to call about each, in order, and room to write what was said. Lying A4."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _, count_of
from pupil_desk.documents.blocks import Block, Heading, Para, Run, Table, Text
from pupil_desk.documents.papers.first_aid_card import Caller, numbered
from pupil_desk.documents.papers.trip_list import tell_nobody
from pupil_desk.documents.pdf.style import A4

LYING = (A4[1], A4[0])
BASE = 11  # points of body text
_SHARES = (2.6, 4.2, 1.1, 3.8)
_ROOM = 2.2  # somebody writes in it by hand


@dataclass(frozen=True, slots=True)
class AbsentPupil:
    """One pupil: the name, the mark in words, whom to call, the first to try first, the social worker, and what was said so far. Of one who is
    ``protected`` it is said what that asks, and not why."""

    name: str
    mark: str
    callers: Sequence[Caller]
    worker: str = ""
    notes: Sequence[str] = ()
    protected: bool = False


def story(when: str, absent: Sequence[AbsentPupil], imprint: str) -> list[Block]:
    """The sheet; ``when`` is the day and the session."""
    number = _("Absent without a reason by the register: {pupils}.").format(pupils=count_of(len(absent), _("pupil"), _("pupils")))
    blocks: list[Block] = [Heading(1, _("Call sheet")), Para([Run(when, bold=True)], style="lead"), Para(number)]
    if absent:
        header = [_("Pupil"), _("Whom to call, in this order"), _("Time"), _("Who answered, and what was said")]
        blocks.append(Table(caption="", header=header, rows=[_row(pupil) for pupil in absent], widths=_SHARES, room=_ROOM))
    words = _("Enter each call on the page Register afterwards: choose the line under To call, and press F4.")
    return [*blocks, *([Para(words)] if absent else []), Para(imprint, style="small")]


def _row(pupil: AbsentPupil) -> list[Text]:
    lines = [_("{name}: {numbers}").format(name=name, numbers=caller.numbers) for name, caller in numbered(pupil.callers)]
    lines = lines or [_("Nobody with a telephone number is on file.")]
    if pupil.worker:
        lines.append(_("Social worker: {who}").format(who=pupil.worker))
    warning = [Run("\n" + tell_nobody(somebody_is_rung=bool(pupil.callers)), bold=True)] if pupil.protected else []
    return [[Run(pupil.name, bold=True), f"\n{pupil.mark}", *warning], "\n".join(lines), "", "\n".join(pupil.notes)]
