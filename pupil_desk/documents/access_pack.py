"""The pack that answers a request for a copy, as a story: what is here, and every section under its heading. Its words come ready."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import NOTHING, Block, FactList, Heading, Keep, Para, Table

type Record = Sequence[tuple[str, str]]
"""Label and words, fact by fact."""


@dataclass(frozen=True, slots=True)
class PackPart:
    """One section: its title, how many records there are, and those that are told. ``instead``: words in place of its records."""

    title: str
    number: int
    records: Sequence[Record]
    in_rows: bool = False
    instead: str = ""
    remark: str = ""


def contents(parts: Sequence[PackPart]) -> list[Block]:
    """The completeness sheet: each section with how many there are, or that nothing is held."""
    rows = [(part.title, str(part.number) if part.number else _("Nothing held"), part.remark or _given(part)) for part in parts]
    return [
        Heading(2, _("What is here")),
        Para(_("Every kind of record that our system can hold about a pupil is named, also where there is nothing.")),
        Table(caption=_("Everything we hold, counted"), header=(_("Kind of record"), _("How many"), _("In this copy")), rows=rows,
              widths=(0.46, 0.18, 0.36), row_headers=True),
    ]  # fmt: skip


def _given(part: PackPart) -> str:
    return NOTHING if not part.number else _("All")


def records(parts: Sequence[PackPart]) -> list[Block]:
    """Every section under its heading."""
    blocks: list[Block] = []
    for part in parts:
        blocks.append(Heading(2, part.title))
        if part.instead:
            blocks.append(Para(part.instead))
        elif not part.records:
            blocks.append(Para(_("Nothing is held.")))
        elif part.in_rows:
            blocks.append(_table(part))
        else:
            blocks += _one_by_one(part)
    return blocks


def _table(part: PackPart) -> Table:
    """The columns in which anything is said; what is said of all records once needs no column of dashes."""
    labels = [label for label, _words in part.records[0]]
    used = [at for at in range(len(labels)) if any(record[at][1] for record in part.records)]
    rows = [[record[at][1] or NOTHING for at in used] for record in part.records]
    return Table(caption="", header=[labels[at] for at in used], rows=rows)


def _one_by_one(part: PackPart) -> list[Block]:
    blocks: list[Block] = []
    for number, record in enumerate(part.records, start=1):
        caption = _("{title}, {number} of {all}").format(title=part.title, number=number, all=len(part.records))
        facts = [fact for fact in record if fact[1]]
        blocks.append(Keep([FactList(facts, caption=caption if len(part.records) > 1 else "")]))
    return blocks


def withheld_list(lines: Sequence[Record], left: Sequence[Record], made: str) -> list[Block]:
    """The list that stays with the case: what was withheld and why, and where words like those still stand. It never leaves the unit."""
    blocks: list[Block] = [Heading(1, _("What was withheld from a copy")), Para(made, style="small"),
                           Para(_("Keep this with the request. It names other people, and does not go to whoever asked."))]  # fmt: skip
    for title, rows, none in ((_("Withheld"), lines, _("Nothing was withheld.")), (_("Where such words still stand"), left, _("Nowhere."))):
        blocks.append(Heading(2, title))
        if rows:
            blocks.append(Table(caption="", header=[label for label, _words in rows[0]], rows=[[words or NOTHING for _label, words in row] for row in rows]))
        else:
            blocks.append(Para(none))
    return blocks
