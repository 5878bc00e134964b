"""What is handed to whoever checks receipts without Pupil Desk: the page that checks them, and the unit's seal."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pupil_desk.basics.places import resource
from pupil_desk.documents.papers.receipt import FileMade
from pupil_desk.services.desk import Desk
from pupil_desk.services.receipts.seals import seal_text, seals
from pupil_desk.services.roles import Action
from pupil_desk.services.saving import Saving


@dataclass(frozen=True, slots=True)
class Handed:
    """The files written; and the groups by which the seal of today is known, to be told another way."""

    files: Sequence[FileMade]
    fingerprint: str


def hand_out(desk: Desk, folder: Path) -> Handed:
    """Write the page and the unit's seal to a folder, and log it. Raises CannotWrite."""
    desk.require(Action.LIST_EXPORTS)
    units_seals = seals(desk.vault)
    with Saving(folder) as saving:
        saving.keep("check-a-receipt", ".html", resource("receipts", "check-a-receipt.html").read_bytes())
        saving.keep(f"seal-{desk.settings.la}-{desk.settings.estab}", ".txt", seal_text(desk.settings.name, units_seals).encode())
        desk.log(Action.PRINT_FORM, "unit", desk.vault.vault_id, "seal")
    return Handed(saving.files, units_seals[-1].fingerprint)
