"""The record of one breach on paper: what the law wants documented, and what a report to the Commissioner asks for."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, FactList, Heading, Keep, Para


@dataclass(frozen=True, slots=True)
class BreachPaper:
    """What is printed, all of it in words. ``events``: the words for each, when and by whom it was recorded, and its facts."""

    title: str
    unit: str
    imprint: str
    facts: Sequence[tuple[str, str]]
    steps: Sequence[tuple[str, str]]
    events: Sequence[tuple[str, str, Sequence[tuple[str, str]]]]


def story(paper: BreachPaper) -> list[Block]:
    """The record as blocks."""
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
