"""The sheet that tells a provider of a pupil who goes there: what it needs to teach and keep the pupil safe, and no more. A page for each pupil."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, FactList, Heading, NoticeBox, PageBreak, Para


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderSheet:
    """One pupil in words: ``facts`` are labels and words, ``alerts`` what is grave, each a line with what to do, ``callers`` name and numbers.

    ``nothing_grave`` is said where no alert stands; ``foot`` says who may see it and when it goes."""

    pupil: str
    provider: str
    facts: Sequence[tuple[str, str]]
    alerts: Sequence[str]
    nothing_grave: str
    callers: Sequence[tuple[str, str]]
    foot: str


def story(sheets: Sequence[ProviderSheet]) -> list[Block]:
    """Each on a page of its own."""
    blocks: list[Block] = []
    for sheet in sheets:
        blocks += [PageBreak()] if blocks else []
        blocks += [Heading(1, sheet.pupil), Para(_("For {provider}").format(provider=sheet.provider))]
        blocks += [Heading(2, _("In an emergency"))]
        blocks += [NoticeBox([Para(alert) for alert in sheet.alerts])] if sheet.alerts else [Para(sheet.nothing_grave)]
        blocks += [FactList(list(sheet.callers))] if sheet.callers else [Para(_("Ask the unit whom to call."))]
        blocks += [Heading(2, _("The place")), FactList(list(sheet.facts)), Para(sheet.foot, style="small")]
    return blocks
