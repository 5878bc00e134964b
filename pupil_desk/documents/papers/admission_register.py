"""The admission register on paper: for each pupil what the regulations have it show (SI 2024/208, regulation 8)."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, FactList, Heading, Keep, Para


@dataclass(frozen=True, slots=True)
class AdmissionEntry:
    """One entry: the pupil's name as the register has it, and its facts as label and words, in the order of the regulation."""

    name: str
    facts: Sequence[tuple[str, str]]


def story(unit: str, days: str, entries: Sequence[AdmissionEntry], imprint: str) -> list[Block]:
    """The register as blocks; an entry stays together on a page. What is not known is shown as missing, not left out."""
    blocks: list[Block] = [
        Heading(1, _("Admission register")),
        Para(_("{unit}. Pupils on roll {days}.").format(unit=unit, days=days), style="lead"),
        Para(imprint, style="small"),
    ]
    if not entries:
        blocks.append(Para(_("Nobody was on roll in these days.")))
    return blocks + [Keep([Heading(2, entry.name), FactList(entry.facts)]) for entry in entries]
