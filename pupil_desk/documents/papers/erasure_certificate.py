"""The certificate of an erasure: what went, how much, when and by which order. It names nobody."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, FactList, Heading, Keep, Para, Table, WritingLine


@dataclass(frozen=True, slots=True)
class Certificate:
    """All of it in words. ``counts`` are kinds of record with how many went."""

    unit: str
    facts: Sequence[tuple[str, str]]
    counts: Sequence[tuple[str, str]]
    backups: str


def story(certificate: Certificate) -> list[Block]:
    """The certificate as blocks."""
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
