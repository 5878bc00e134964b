"""The contact sheet: everyone who attends on a day, and whom to call about each, in order. For a fire drill and for first aid."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _, count_of
from pupil_desk.documents.blocks import Block, Heading, NoticeBox, Para, Table
from pupil_desk.documents.style import A4

LYING = (A4[1], A4[0])
BASE = 11  # points of body text
_SHARES = (3, 0.8, 1.7, 6.2, 0.9)


@dataclass(frozen=True, slots=True)
class OnSheet:
    """One pupil: the name, the year group, the birthday, a word on what to look to; who is called, each with relationship and numbers."""

    name: str
    year: str
    born: str
    heed: str
    calls: Sequence[str]


def story(day: str, pupils: Sequence[OnSheet], left_out: int) -> list[Block]:
    """The sheet as blocks: a row a pupil, with room to tick who is here. How many are missing from it is said, and nobody named."""
    header = [_("Pupil"), _("Year"), _("Date of birth"), _("Whom to call, in this order"), _("Here")]
    rows = [[_lines(pupil.name, pupil.heed), pupil.year, pupil.born, _calls(pupil), ""] for pupil in pupils]
    there = count_of(len(pupils), _("pupil"), _("pupils"))
    keep = _("{pupils}. Keep this sheet locked away, and shred it when a newer one is printed.").format(pupils=there)
    blocks: list[Block] = [Heading(1, _("Contact sheet for {day}").format(day=day)), Para(keep, style="lead")]
    if left_out:
        words = _("{pupils} not on this sheet: a protection stands in the way. Ask the office whom to call.")
        blocks.append(NoticeBox([Para(words.format(pupils=count_of(left_out, _("pupil is"), _("pupils are"))))]))
    return [*blocks, Table(caption="", header=header, rows=rows, widths=_SHARES)] if rows else blocks


def _lines(*lines: str) -> str:
    return "\n".join(filter(None, lines))


def _calls(pupil: OnSheet) -> str:
    return _lines(*(f"{number}. {call}" for number, call in enumerate(pupil.calls, 1))) or _("Nobody with a number is on file")
