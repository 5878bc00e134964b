"""What exports there are, what was made, and whether the files of a receipt are still the same."""

import hashlib
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.documents.receipt import files_named
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import all_exports
from pupil_desk.services.roles import Action, who_may
from pupil_desk.store import ledger


@dataclass(frozen=True, slots=True)
class Offer:
    """An export there is: for whom, on what law, who may make it (in words), and whether the person at the desk may."""

    name: str
    title: str
    recipient: str
    law: str
    basis: str
    purpose: str
    who: str
    allowed: bool


def exports(desk: Desk) -> list[Offer]:
    """The exports there are."""
    desk.require(Action.LIST_EXPORTS)
    return [
        Offer(e.name, e.title, e.recipient, e.law, e.basis.value, e.purpose, who_may(e.action), desk.may(e.action))
        for e in all_exports(desk)
    ]


@dataclass(frozen=True, slots=True)
class PastExport:
    """An export made. ``at`` is the moment as kept, ``judged_on`` an ISO date, ``receipt`` the receipt's whole text."""

    export_id: str
    name: str
    title: str
    recipient: str
    law: str
    reason: str
    judged_on: str
    at: str
    made_by: str
    fields: str
    rows: int
    left_out: int
    plain: bool
    file_name: str
    sha256: str
    receipt: str


def made(desk: Desk) -> list[PastExport]:
    """The exports made, the latest first."""
    desk.require(Action.LIST_EXPORTS)
    titles = {export.name: export.title for export in all_exports(desk)}
    return [
        PastExport(row["id"], row["name"], row["title"] or titles.get(row["name"], row["name"]), row["recipient"], row["law"], row["reason"], row["judged_on"], row["at"],
                   row["made_by_name"] or "", row["fields"], row["rows"], row["left_out"], bool(row["plain"]), row["file_name"], row["sha256"], row["receipt"])
        for row in ledger.exports(desk.vault)
    ]  # fmt: skip


class FileState(Enum):
    """What became of a file that a receipt names."""

    SAME = "same"
    CHANGED = "changed"
    MISSING = "missing"

    @property
    def words(self) -> str:
        """For a person."""
        return {
            "same": _("the same as on the receipt"),
            "changed": _("not the same as on the receipt"),
            "missing": _("not there"),
        }[self.value]


def verify_receipt(text: str, folder: Path) -> list[tuple[str, FileState]]:
    """Each file that a receipt names, and whether the one in the folder still has that SHA-256.

    Raises WrongUse for a text that names no file: it is no receipt of ours. Needs nobody signed in.
    """
    named = files_named(text)
    if not named:
        raise WrongUse(_("This is not a receipt of Pupil Desk. Choose the file that ends in -receipt.txt."))
    return [(name, _state(folder / name, sha256)) for name, sha256 in named]


def _state(path: Path, sha256: str) -> FileState:
    try:
        with open(path, "rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return FileState.MISSING
    return FileState.SAME if found == sha256 else FileState.CHANGED
