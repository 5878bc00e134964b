"""Papers about the unit's own duties: the record of processing, the policy for special category data, the impact assessment.

Their prose is kept in ``resources/words/en/governance``; a line ``[[name]]`` of it is where a table made from the program goes.

The record of one breach on paper: what the law wants documented, and what a report to the Commissioner asks for.

The certificate of an erasure: what went, how much, when and by which order. It names nobody.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Bullets, FactList, Heading, Keep, Para, Table, WritingLine
from pupil_desk.documents.papers.signing import dated
from pupil_desk.documents.pdf.style import A4
from pupil_desk.documents.prose import Filling, blocks_of, kept_together

LYING = (A4[1], A4[0])
BASE = 10.5  # points of body text
SIZES = (10, 9.5, 9, 8.5, 8, 7.5)  # of a paper that is to stand on one side: the largest that fits
_PLACE = re.compile(r"^\[\[([a-z_]+)\]\]$", re.MULTILINE)


def story(prose: str, filling: Mapping[str, Filling], tables: Mapping[str, Sequence[Block]]) -> list[Block]:
    """The prose with its tables in their places. Raises KeyError for a place that nothing fills, which is a bug in the prose."""
    blocks: list[Block] = []
    for number, part in enumerate(_PLACE.split(prose)):
        if number % 2:
            blocks += tables[part]
        elif part.strip():
            blocks += blocks_of(part, filling)
    return kept_together(blocks, _heads)


def _heads(block: Block, following: Block) -> bool:
    """A heading stays with the line after it."""
    return isinstance(block, Heading) and block.level > 1 and isinstance(following, Para | Bullets | FactList)


def activities(rows: Sequence[tuple[str, str, str, str, str, str]]) -> list[Block]:
    """Category; what is held; purpose; lawful basis; how long; who receives it."""
    header = [_("Data"), _("Items"), _("Why"), _("Basis"), _("Kept"), _("Given to")]
    return [Table("", header, rows, widths=(1.6, 3.2, 1.3, 1.3, 1.8, 4), row_headers=True)]


def special(rows: Sequence[tuple[str, str]]) -> list[Block]:
    """What is specially protected, and the condition under which it is held."""
    return [Table("", [_("Data"), _("Condition")], rows, widths=(4, 3))]


def recipients(rows: Sequence[tuple[str, str, str]]) -> list[Block]:
    """Who receives data, on what law, and which."""
    return [Table("", [_("Who"), _("On what law"), _("What")], rows, widths=(2, 2.2, 4.4), row_headers=True)]


def periods(rows: Sequence[tuple[str, str, str, str]]) -> list[Block]:
    """Which parts of the record, how long, how sure we are, and who says so."""
    return [Table("", [_("Kept"), _("Parts"), _("Certainty"), _("Source")], rows, widths=(2.6, 3.6, 1.2, 2.6), row_headers=True)]


def risks(rows: Sequence[tuple[str, str, str, str]]) -> list[Block]:
    """What may happen, how bad, how likely, what lessens it; and room for the unit's own judgement."""
    header = [_("Risk"), _("Harm"), _("Likelihood"), _("Lessened by"), _("Risk left")]
    return [Table("", header, [[*row, ""] for row in rows], widths=(3, 1, 1.2, 3.4, 1.8), row_headers=True)]


def to_write(labels: Sequence[str]) -> list[Block]:
    """Lines to write on by hand."""
    return [WritingLine(label) for label in labels]


def signing(labels: Sequence[str]) -> list[Block]:
    """A line to sign and one for the day, for each person."""
    return [Keep([Para(""), *map(dated, labels)])]


@dataclass(frozen=True, slots=True)
class BreachPaper:
    """What is printed, all of it in words. ``events``: the words for each, when and by whom it was recorded, and its facts."""

    title: str
    unit: str
    imprint: str
    facts: Sequence[tuple[str, str]]
    steps: Sequence[tuple[str, str]]
    events: Sequence[tuple[str, str, Sequence[tuple[str, str]]]]


def breach_record(paper: BreachPaper) -> list[Block]:
    blocks: list[Block] = [
        Heading(1, paper.title),
        Para(paper.unit, style="lead"),
        Para(paper.imprint, style="small"),
        FactList(paper.facts),
        Heading(2, _("Steps")),
        FactList(paper.steps),
        Heading(2, _("What was recorded, in order")),
    ]
    for words, when, facts in paper.events:
        blocks.append(Keep([Heading(3, words), Para(when, style="small"), FactList(facts)]))
    return blocks


@dataclass(frozen=True, slots=True)
class Certificate:
    """All of it in words. ``counts`` are kinds of record with how many went."""

    unit: str
    facts: Sequence[tuple[str, str]]
    counts: Sequence[tuple[str, str]]
    backups: str


def erasure_certificate(certificate: Certificate) -> list[Block]:
    return [
        Heading(1, _("Certificate of erasure")),
        Para(certificate.unit, style="lead"),
        Para(_("The records counted below were deleted from the unit’s file in Pupil Desk. They cannot be brought back from it.")),
        FactList(certificate.facts),
        Heading(2, _("What was deleted")),
        Table("", [_("Kind of record"), _("How many")], certificate.counts, widths=(5, 1.4)),
        Heading(2, _("Backups and papers")),
        Para(certificate.backups),
        Keep([WritingLine(_("Papers and files kept outside the program were destroyed on")), WritingLine(_("Signed"))]),
    ]
