"""The data-check slip: what we hold, for a family to say that it is right or to correct by pen, sign and send back. It bears codes, as any form."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import (
    NOTHING,
    Block,
    Columns,
    Heading,
    Keep,
    Line,
    NoticeBox,
    Para,
    Run,
    Spacer,
    Table,
    TickRow,
    linked,
)

TITLE = _("Is this still right?")
_ROOM = 2.0  # above and below each fact: more than eight millimetres a row, to write in by hand
_MOST = 9  # facts of one table, which stays on one page with its headings


@dataclass(frozen=True, slots=True)
class Box:
    """One of the two answers: its name within the form, and what ticking it means."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class DataCheck:
    """What one slip says. ``parts`` are tables: a title and its facts as label and what is held, empty where nothing is.

    ``own`` is whether the pupil is asked, from 16; else ``asked`` names the parents of a household.
    """

    unit: str
    pupil: str
    asked: str
    own: bool
    parts: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    asks: str
    boxes: Sequence[Box]
    return_to: str


def story(check: DataCheck) -> list[Block]:
    """The slip as blocks: what to do, each part with room to correct, the two boxes, signature, whom to return it to."""
    return [
        Heading(1, TITLE),
        Para(_("From {unit}, about {pupil}. This is what we hold. Where it is wrong or missing, write what is right beside it. "
               "Then tick a box at the end, sign, and send it back, even if nothing has changed.").format(
                   unit=check.unit, pupil=_("you, {name}").format(name=check.pupil) if check.own else check.pupil)),
        *(block for title, facts in check.parts for block in _part(title, facts)),
        Keep([Heading(2, check.asks), *(TickRow(box.words, key=box.key) for box in check.boxes), Spacer(0.5), *_signature(check)]),
        NoticeBox([Para([Run(_("Return to: "), bold=True), check.return_to])]),
    ]  # fmt: skip


def _part(title: str, facts: Sequence[tuple[str, str]]) -> list[Block]:
    header = [_("What"), _("What we hold"), _("What is right, if it is not")]
    rows = [[label, linked(held) or NOTHING, ""] for label, held in facts]
    pieces = [Table(caption="", header=header, rows=rows[at : at + _MOST], widths=(2, 2.6, 3.4), room=_ROOM) for at in range(0, len(rows), _MOST)]
    return [Keep([Heading(2, title), pieces[0]]), *(Keep([piece]) for piece in pieces[1:])]


def _signature(check: DataCheck) -> list[Block]:
    if check.own:
        return [Columns([Line(_("Your signature")), Line(_("Date"))])]
    return [Line(_("Name of the parent or carer who signs, in capitals")), Columns([Line(_("Signature")), Line(_("Date"))])]
