"""A page of the accident book: one accident a page, so that one can be shown without the others."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Columns, FactList, Heading, Keep, Para, Spacer, WritingLine

BASE = 10  # points of body text: an entry in which all is said stands on one side, with its signature


@dataclass(frozen=True, slots=True, kw_only=True)
class AccidentPage:
    """What a page says: ``parts`` are headings with labels and words under each, ``decision`` what RIDDOR asks."""

    title: str
    pupil: str
    parts: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    decision: str
    foot: str


def story(page: AccidentPage) -> list[Block]:
    """With room to sign."""
    blocks: list[Block] = [Heading(1, page.title), Para(page.pupil)]
    for heading, facts in page.parts:
        blocks += [Heading(2, heading), FactList(list(facts), labels=0.42)]
    lines = [WritingLine(_("Entry made by (signature)")), WritingLine(_("Day"))]
    signed = Keep([Heading(2, _("Signed")), Spacer(1), Columns(lines)])
    return [*blocks, Para(page.decision), signed, Para(page.foot, style="small")]
