"""What a person has decided and corrected of a file that is open, so that it can be kept while the window is locked, and done again."""

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from pupil_desk.services.imports.kinds import THEIRS
from pupil_desk.services.imports.proposal import Proposal, mend_rows


def decided(proposal: Proposal) -> dict[str, Any]:
    """Whose word is kept, cell by cell where it was said so, what was said of rows, and the cells of the rows that were corrected; as JSON holds it."""
    return {
        "sha256": proposal.sha256,
        "accept": proposal.accept,
        "takes_unknown": proposal.takes_unknown,
        "picks": [[number, column, accept] for (number, column), accept in proposal.picks.items()],
        "answers": [[number, said] for number, said in proposal.answers.items()],
        "mended": [[row.number, dict(row.read.texts)] for row in proposal.rows if row.number in proposal.mended],
    }


def is_worked_on(kept: Mapping[str, Any]) -> bool:
    """Whether ``decided`` gave anything that a person decided or corrected."""
    return kept["accept"] != THEIRS or bool(kept["takes_unknown"]) or any(kept[name] for name in ("picks", "answers", "mended"))


def is_of(proposal: Proposal, kept: Mapping[str, Any]) -> bool:
    """Whether what ``decided`` gave was decided of this very file, as it still is."""
    return bool(proposal.sha256 == kept["sha256"])


def decide_again(proposal: Proposal, kept: Mapping[str, Any]) -> Proposal:
    """The proposal, of the same file and nothing decided yet, with what ``decided`` gave."""
    proposal = dataclasses.replace(
        proposal,
        accept=kept["accept"],
        takes_unknown=kept["takes_unknown"],
        picks=MappingProxyType({(number, column): accept for number, column, accept in kept["picks"]}),
        answers=MappingProxyType(dict(kept["answers"])),
    )
    return mend_rows(proposal, dict(kept["mended"]))
