"""The pack that answers a request for a copy, as a story: what is here, and every section under its heading. Its words come ready."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import NOTHING, Block, FactList, Heading, Keep, Para, Table
from pupil_desk.documents.pdf.records import Record, blocks_of, nothing_held


@dataclass(frozen=True, slots=True)
class PackPart:
    """One section: its title, how many records there are, and those that are told. ``instead``: words in place of its records.

    ``in_rows``: they are read one under the other, as in a register.
    """

    title: str
    number: int
    records: Sequence[Record]
    in_rows: bool = False
    instead: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class KindHeld:
    """What Article 15 asks us to say of one kind of information, in words."""

    kind: str
    purpose: str
    basis: str
    how_long: str
    recipients: str


def contents(parts: Sequence[PackPart]) -> list[Block]:
    """The completeness sheet: each section with how many there are, and in one line those in which nothing stands."""
    rows = [(part.title, str(part.number), part.remark or _("All")) for part in parts if part.number]
    return [
        Heading(2, _("What is here")),
        Para(_("Every kind of record that a copy can tell of is named, also where there is nothing.")),
        Table(
            caption=_("What stands in this copy, counted"),
            header=(_("Kind of record"), _("How many"), _("Given")),
            rows=rows,
            widths=(0.46, 0.18, 0.36),
            row_headers=True,
        ),
        *nothing_held([part.title for part in parts if not part.number], _("Nothing stands in this copy about: ")),
    ]


def information(kinds: Sequence[KindHeld]) -> list[Block]:
    """A block for each kind of information: what for, on what basis, how long, and who may be told."""
    return [
        Keep(
            [
                FactList(
                    [
                        (_("What for"), kind_held.purpose),
                        (_("Lawful basis"), kind_held.basis),
                        (_("Kept"), kind_held.how_long),
                        (_("Whom we may tell"), kind_held.recipients),
                    ],
                    caption=kind_held.kind,
                )
            ]
        )
        for kind_held in kinds
    ]


def records(parts: Sequence[PackPart]) -> list[Block]:
    """Every section of which anything is held, under its heading; those with nothing are named among what is here."""
    blocks: list[Block] = []
    for part in parts:
        if part.instead:
            blocks += [Heading(2, part.title), Para(part.instead)]
        elif part.records:
            blocks += [Heading(2, part.title), *blocks_of(part.title, part.records, in_rows=part.in_rows)]
    return blocks


def withheld_list(lines: Sequence[Record], left: Sequence[Record], imprint: str) -> list[Block]:
    """The list that stays with the case: what was withheld and why, and where words like those still stand. It never leaves the unit."""
    blocks: list[Block] = [
        Heading(1, _("What was withheld from a copy")),
        Para(imprint, style="small"),
        Para(_("Keep this with the request. It names other people, and does not go to whoever asked.")),
    ]
    for title, rows, none in ((_("Withheld"), lines, _("Nothing was withheld.")), (_("Where such words still stand"), left, _("Nowhere."))):
        blocks.append(Heading(2, title))
        if rows:
            blocks.append(
                Table(
                    caption="",
                    header=[label for label, _words in rows[0]],
                    rows=[[words or NOTHING for _label, words in row] for row in rows],
                )
            )
        else:
            blocks.append(Para(none))
    return blocks
