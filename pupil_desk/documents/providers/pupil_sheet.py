"""The sheet that tells a provider of a pupil who goes there: what it needs to teach and keep the pupil safe, and no more. A paper for each pupil."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, FactList, Heading, NoticeBox, Para, Run


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderSheet:
    """One pupil in words: ``facts`` are labels and words, ``alerts`` what is grave, each a line with what to do, ``callers`` name and numbers.

    ``nothing_grave`` is said where no alert stands; ``unit`` and ``phone`` are whom to call here, empty for no number; ``foot`` says who may see it and
    when it goes."""

    pupil: str
    provider: str
    facts: Sequence[tuple[str, str]]
    alerts: Sequence[str]
    nothing_grave: str
    callers: Sequence[tuple[str, str]]
    unit: str
    phone: str
    foot: str


def story(sheet: ProviderSheet) -> list[Block]:
    """One pupil's: the emergency and whom to call first, read from arm's length."""
    call = _("Then call us, {unit}: {phone}") if sheet.callers else _("Call us, {unit}, who have the family’s numbers: {phone}")
    call = call.format(unit=sheet.unit, phone=sheet.phone) if sheet.phone else _("Ask the unit for the number to call.")
    return [
        Heading(1, sheet.pupil),
        Para(_("For {provider}").format(provider=sheet.provider)),
        Heading(2, _("In an emergency")),
        NoticeBox([Para(alert) for alert in sheet.alerts]) if sheet.alerts else Para(sheet.nothing_grave),
        *([FactList(list(sheet.callers))] if sheet.callers else []),
        Para([Run(call, bold=True)], style="lead"),
        Heading(2, _("The place")),
        FactList(list(sheet.facts)),
        Para(sheet.foot, style="small"),
    ]
