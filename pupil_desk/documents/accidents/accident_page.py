"""A page of the accident book: one accident a page, so that one can be shown without the others."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Columns, FactList, Heading, Keep, PageBreak, Para, Spacer, WritingLine


@dataclass(frozen=True, slots=True, kw_only=True)
class AccidentPage:
    """What a page says: ``parts`` are headings with labels and words under each, ``decision`` what RIDDOR asks."""

    title: str
    pupil: str
    parts: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    decision: str
    foot: str


def story(pages: Sequence[AccidentPage]) -> list[Block]:
    """Each on a page of its own, with room to sign."""
    blocks: list[Block] = []
    for page in pages:
        blocks += [PageBreak()] if blocks else []
        blocks += [Heading(1, page.title), Para(page.pupil)]
        for heading, facts in page.parts:
            blocks += [Heading(2, heading), FactList(list(facts), labels=0.34)]
        blocks.append(Para(page.decision))
        lines = [WritingLine(_("Signed by who made the entry")), WritingLine(_("Day"))]
        blocks.append(Keep([Heading(2, _("Signed")), Spacer(1), Columns(lines)]))
        blocks.append(Para(page.foot, style="small"))
    return blocks
