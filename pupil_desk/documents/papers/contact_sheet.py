"""The contact sheet: everyone who attends on a day, and whom to call about each, in order. For a fire drill and for first aid."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _, count_of
from pupil_desk.documents.blocks import Block, Heading, NoticeBox, Para, Table
from pupil_desk.documents.pdf.style import A4
from pupil_desk.domain.pupils.protection import kept_at_the_office

LYING = (A4[1], A4[0])
BASE = 11  # points of body text
_SHARES = (3, 0.8, 1.7, 6.2, 0.9)


@dataclass(frozen=True, slots=True)
class OnSheet:
    """One pupil: the name, the year group, the birthday, a word on what to look to; who is called, each with relationship and numbers.

    Of one who is ``is_withheld`` only the name is told.
    """

    name: str
    year: str
    born: str
    heed: str
    calls: Sequence[str]
    is_withheld: bool = False


def story(day: str, pupils: Sequence[OnSheet], withheld_count: int) -> list[Block]:
    """The sheet as blocks: a row a pupil, with room to tick who is here. Of how many the details are kept at the office is said."""
    header = [_("Pupil"), _("Year"), _("Date of birth"), _("Whom to call, in this order"), _("Here")]
    rows = [[_lines(pupil.name, pupil.heed), pupil.year, pupil.born, _calls(pupil), ""] for pupil in pupils]
    pupil_count = count_of(len(pupils), _("pupil"), _("pupils"))
    keep = _("{pupils}. Keep this sheet locked away, and shred it when a newer one is printed.").format(pupils=pupil_count)
    blocks: list[Block] = [Heading(1, _("Contact sheet for {day}").format(day=day)), Para(keep, style="lead")]
    if withheld_count:
        words = _("{pupils} on this sheet by name alone: the details are kept at the office. Ask there whom to call.")
        blocks.append(NoticeBox([Para(words.format(pupils=count_of(withheld_count, _("pupil is"), _("pupils are"))))]))
    return [*blocks, Table(caption="", header=header, rows=rows, widths=_SHARES)] if rows else blocks


def _lines(*lines: str) -> str:
    return "\n".join(filter(None, lines))


def _calls(pupil: OnSheet) -> str:
    if pupil.is_withheld:
        return kept_at_the_office()
    return _lines(*(f"{number}. {call}" for number, call in enumerate(pupil.calls, 1))) or _("Nobody with a number is on file")
