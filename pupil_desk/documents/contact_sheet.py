"""The contact sheet: everyone who attends on a day, and whom to call about each, in order. For a fire drill and for first aid."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _, count_of
from pupil_desk.documents.blocks import Block, Heading, Para, Table
from pupil_desk.documents.style import A4

LYING = (A4[1], A4[0])
BASE = 11  # points of body text
_SHARES = (3, 1, 2, 4, 4)


@dataclass(frozen=True, slots=True)
class OnSheet:
    """One pupil: the name, the year group, the birthday, a word on health if there is something to know; who is called, a line each."""

    name: str
    year: str
    born: str
    health: str
    calls: Sequence[tuple[str, str]]


def story(day: str, pupils: Sequence[OnSheet], left_out: int, made: str) -> list[Block]:
    """The sheet as blocks: a row for each one to call. How many are missing from it is said, and nobody named."""
    header = [_("Pupil"), _("Year"), _("Date of birth"), _("Whom to call, in this order"), _("Telephone")]
    rows = [row for pupil in pupils for row in _rows(pupil)]
    blocks: list[Block] = [Heading(1, _("Contact sheet for {day}").format(day=day))]
    blocks.append(Para(_("{pupils}. Keep this sheet locked away, and shred it when a newer one is printed.").format(pupils=count_of(len(pupils), _("pupil"), _("pupils"))), style="lead"))
    if left_out:
        words = _("{pupils} not on this sheet: a protection stands in the way. Ask the office whom to call.")
        blocks.append(Para(words.format(pupils=count_of(left_out, _("pupil is"), _("pupils are")))))
    blocks.append(Table(caption="", header=header, rows=rows, widths=_SHARES))
    return [*blocks, Para(made, style="small")]


def _rows(pupil: OnSheet) -> list[list[str]]:
    name = f"{pupil.name}\n{pupil.health}" if pupil.health else pupil.name
    first, *rest = pupil.calls or [(_("Nobody with a number is on file"), "")]
    return [[name, pupil.year, pupil.born, *first], *(["", "", "", *call] for call in rest)]
