"""A register to be marked by hand and read back: one page for a group and a day or a week, with a box for each code, pupil and session."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, CodedPages, Columns, Heading, NoticeBox, Para, Run, TickGrid, TickRow, WritingLine

BASE = 10  # points of body text: a week of three codes a session goes into the width of a page


@dataclass(frozen=True, slots=True)
class SheetBoxWords:
    """One box: the key by which it is read back, and what marking it means, in full, to be read out. Without a key there is no box."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class SheetRowWords:
    """One row: whom and which half of the day it is about, and its boxes, as many as each other row has."""

    heading: str
    boxes: Sequence[SheetBoxWords]


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """What stands on the page. ``groups`` head the columns, ``codes`` are their letters, ``meanings`` say what each code means, in the same order."""

    group: str
    when: str
    unit: str
    groups: Sequence[str]
    codes: Sequence[str]
    meanings: Sequence[tuple[str, str]]
    rows: Sequence[SheetRowWords]


def coded(page: RegisterPage, number: str) -> CodedPages:
    """The page with its number, to be printed."""
    title = _("Register, {group}, {when}").format(group=page.group, when=page.when)
    return CodedPages((number,), story(page), BASE, title)


def story(page: RegisterPage) -> list[Block]:
    """The page as blocks."""
    key: list[str | Run] = []
    for code, meaning in page.meanings:
        key += ["; " if key else "", Run(code, bold=True), f"\N{NO-BREAK SPACE}{meaning}"]
    rows = [(row.heading, [TickRow(box.words, key=box.key) for box in row.boxes]) for row in page.rows]
    return [
        Heading(1, _("Register: {group}").format(group=page.group)),
        Para([Run(page.when, bold=True), f", {page.unit}"]),
        Para(_("Put a cross into one box for each session. To correct: black out the wrong box whole, and cross the right one.")),
        Para(key, style="small"),
        TickGrid(_("Pupil"), page.codes, rows, page.groups),
        NoticeBox([Columns([WritingLine(_("Signed (tutor or driver)")), WritingLine(_("Day and time"))])]),
        Para(
            _(
                "Any other code, and minutes late: tell the office. The codes in the corners hold a number and no name. Please do not write on them."
            ),
            style="small",
        ),
    ]
