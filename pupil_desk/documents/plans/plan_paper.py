"""A plan on paper, for those who work with the pupil; of a kind that is to fit on a page, one page of few words."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Bullets, FactList, Heading, Keep, PageBreak, Para, Spacer, Table
from pupil_desk.documents.papers.signing import dated


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPaper:
    """What it says. ``facts`` are labels and words; ``parts`` headings and the lines under each; ``elsewhere`` the same, of what the record holds elsewhere.

    ``steps`` are rows: day, what, with whom. ``signers`` are who may sign it; «» for none. ``is_short`` leaves all but the parts to the foot.
    """

    title: str
    pupil: str
    facts: Sequence[tuple[str, str]]
    parts: Sequence[tuple[str, Sequence[str]]]
    agreed: Sequence[str]
    foot: str
    elsewhere: Sequence[tuple[str, Sequence[str]]] = ()
    steps: Sequence[Sequence[str]] = ()
    signers: Sequence[str] = ()
    is_short: bool = False


def story(papers: Sequence[PlanPaper]) -> list[Block]:
    """Each on a page of its own."""
    blocks: list[Block] = []
    for paper in papers:
        blocks += [PageBreak()] if blocks else []
        blocks += _short(paper) if paper.is_short else _whole(paper)
    return blocks


def _short(paper: PlanPaper) -> list[Block]:
    return [Heading(1, paper.pupil), Para(paper.title, style="small"), *_close(paper.parts), Para(paper.foot, style="small")]


def _whole(paper: PlanPaper) -> list[Block]:
    blocks: list[Block] = [Heading(1, _("{plan}: {pupil}").format(plan=paper.title, pupil=paper.pupil)), FactList(list(paper.facts))]
    blocks += [*_parts(paper.parts), *_parts(paper.elsewhere)]
    blocks += [
        Heading(2, _("Who agreed")),
        *([Bullets(paper.agreed)] if paper.agreed else [Para(_("Nothing is recorded for this version."))]),
    ]
    if paper.steps:
        header = (_("Day"), _("What was done"), _("With whom"))
        blocks += [Heading(2, _("Reviews and steps")), Table(caption="", header=header, rows=paper.steps, widths=(1, 3, 2))]
    signatures: list[Block] = [Heading(2, _("Signed")), Spacer(0.5), *map(dated, paper.signers)] if paper.signers else []
    return [*blocks, Keep([*signatures, Para(paper.foot, style="small")])]


def _close(parts: Sequence[tuple[str, Sequence[str]]]) -> list[Block]:
    """The lines of a part close together."""
    return [Keep([Heading(2, heading), Para("\n".join(lines))]) for heading, lines in parts if lines]


def _parts(parts: Sequence[tuple[str, Sequence[str]]]) -> list[Block]:
    """A heading, and a paragraph for each line; a part of which nothing is written is left out."""
    blocks: list[Block] = []
    for heading, lines in parts:
        if lines:
            blocks += [Keep([Heading(2, heading), Para(lines[0])]), *map(Para, lines[1:])]
    return blocks
