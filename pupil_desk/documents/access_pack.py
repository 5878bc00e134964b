"""The pack that answers a request for a copy, as a story: what is here, and every section under its heading. Its words come ready."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import NOTHING, Block, FactList, Heading, Keep, Para, Table, linked

_MANY = 4  # records
_SHORT = 40  # characters of a caption's own words

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
        Table(caption=_("Everything we hold, counted"), header=(_("Kind of record"), _("How many"), _("Given")), rows=rows,
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
    rows = [[linked(record[at][1]) or NOTHING for at in used] for record in part.records]
    return Table(caption="", header=[labels[at] for at in used], rows=rows)


def _one_by_one(part: PackPart) -> list[Block]:
    """Each record as a list of what is held of it, kept on one page if it fits. Of several, each is named by what tells it from the others;

    of many, what all have in common stands last.
    """
    tells_apart, same = _tells_apart(part.records), _the_same(part.records) if len(part.records) >= _MANY else frozenset()
    blocks: list[Block] = []
    for number, record in enumerate(part.records, start=1):
        held = [(label, linked(words)) for label, words in record if words]
        facts = sorted(held, key=lambda fact: fact[0] in same)
        said = dict(record).get(tells_apart, "")
        words = _("{title}, {number} of {all}: {what}") if said else _("{title}, {number} of {all}")
        caption = words.format(title=part.title, number=number, all=len(part.records), what=said)
        blocks.append(Keep([FactList(facts, caption=caption if len(part.records) > 1 else "")]))
    return blocks


def _tells_apart(records: Sequence[Record]) -> str:
    """The label of the short fact that differs most from record to record, the first of several such; a bare number or code tells nobody which it is."""
    said: dict[str, list[str]] = {}
    for record in records:
        for label, words in record:
            said.setdefault(label, []).append(words)
    short = {label: len({each for each in words if each}) for label, words in said.items() if all(len(each) <= _SHORT and "\n" not in each for each in words) and any(map(_has_words, words))}
    return max(short, key=lambda label: short[label], default="")


def _has_words(text: str) -> bool:
    return any(letter.islower() for letter in text)


def _the_same(records: Sequence[Record]) -> frozenset[str]:
    """The labels of which every record says the same."""
    said: dict[str, set[str]] = {}
    for record in records:
        for label, words in record:
            said.setdefault(label, set()).add(words)
    return frozenset(label for label, words in said.items() if len(words) == 1)


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
