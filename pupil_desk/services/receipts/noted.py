"""The seals that this PC noted as exports were made on it: so a receipt can be checked here while nobody opens the unit's file.

They lie with the preferences of whoever sat at the PC, in the form in which a seal is given away. What is not there cannot prove
anything, and no export fails for it: what a kill leaves half written is written again by the next one.
"""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pupil_desk.basics.places import home_of_preferences
from pupil_desk.services.desk import Desk
from pupil_desk.services.receipts.seals import Seal, seal_text, seals, seals_in


@dataclass(frozen=True, slots=True)
class NotedSeals:
    """The seals of one unit's file as this PC noted them; ``title`` says whose."""

    title: str
    seals: Sequence[Seal]


def _folder() -> Path:
    return home_of_preferences() / "seals"


def note(desk: Desk) -> None:
    """Note the seals of a unit's file, where they are not noted yet."""
    path, text = _folder() / f"{desk.vault.vault_id}.txt", seal_text(desk.settings.name, seals(desk.vault))
    with contextlib.suppress(OSError):
        if not path.is_file() or path.read_text(encoding="utf-8", errors="replace") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


def noted() -> list[NotedSeals]:
    """The seals noted on this PC, unit by unit."""
    found: list[NotedSeals] = []
    for path in sorted(_folder().glob("*.txt")):
        with contextlib.suppress(OSError):
            text = path.read_text(encoding="utf-8", errors="replace")
            if seals_there := seals_in(text):
                found.append(NotedSeals(text.partition("\n")[0], seals_there))
    return found
