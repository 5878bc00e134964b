"""The report on a comparison of two registers: each difference, what either says, and how it was settled. Standing A4."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Heading, Para, Table

BASE = 10  # points of body text


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceRow:
    """One difference in words: whose, which session, what the school system says and what we say, and how it was settled."""

    pupil: str
    day: str
    session: str
    their_words: str
    our_words: str
    settled: str


def story(title: str, sentences: Sequence[str], rows: Sequence[DifferenceRow], imprint: str) -> list[Block]:
    """The report as blocks; ``sentences`` are on what was compared."""
    blocks: list[Block] = [Heading(1, title), *(Para(sentence) for sentence in sentences)]
    if rows:
        header = (_("Pupil"), _("Day"), _("Session"), _("School system"), _("We"), _("Settled"))
        lines = [(row.pupil, row.day, row.session, row.their_words, row.our_words, row.settled) for row in rows]
        blocks.append(Table(caption="", header=header, rows=lines, widths=(2.3, 1.5, 1.4, 1.1, 1, 2.7)))
    return [*blocks, Para(imprint, style="small")]
