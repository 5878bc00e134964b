"""The files read in, with whether each can be undone, and why not."""

from dataclasses import dataclass
from typing import Any

from pupil_desk.basics.words import _
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports import IMPORTS
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import acts
from pupil_desk.store.rows.rows import of_row
from pupil_desk.store.tables import ledger


@dataclass(frozen=True, slots=True)
class PastImport:
    """One file read in: of which kind, when, by whom, with what counts; when and by whom it was undone. ``why_not`` says why it cannot be.

    ``not_taken`` is how many values of it are kept with pupils that no other record says, ``not_decided`` and ``rows_left_out`` are the
    numbers of rows of which nothing was taken. ``file_name`` is empty of a file from before it was kept, and once somebody named in it is erased.
    """

    id: str
    kind: str
    moment: str
    actor: str
    read: int
    added: int
    changed: int
    unchanged: int
    refused: int
    not_taken: int = 0
    file_name: str = ""
    not_decided: tuple[int, ...] = ()
    rows_left_out: tuple[int, ...] = ()
    undone_at: str = ""
    undone_by: str = ""
    why_not: str = ""

    @property
    def same(self) -> int:
        """How many rows said what was held already."""
        return self.unchanged - len(self.not_decided) - len(self.rows_left_out)


def past_imports(desk: Desk) -> list[PastImport]:
    """The files read in, the newest first. Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    labels = {kind.name: kind.label for kind in IMPORTS}
    undone = {row["import_id"]: row for row in ledger.imports_undone(desk.vault)}
    imports = []
    for row in ledger.imports(desk.vault):
        back = undone.get(row["id"])
        imports.append(
            of_row(
                PastImport,
                row,
                kind=labels.get(row["kind"], row["kind"]),
                moment=row["at"],
                actor=row["made_by_name"] or _("Someone who has left"),
                undone_at=back["at"] if back else "",
                undone_by=(back["by_name"] or _("Someone who has left")) if back else "",
                why_not=why_not(desk, row),
                not_decided=_numbers(row["not_decided"]),
                rows_left_out=_numbers(row["rows_left_out"]),
            )
        )
    return imports


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, filter(None, text.split(","))))


def why_not(desk: Desk, row: Any) -> str:
    """Why the import of a row of the ledger cannot be undone; empty where it can."""
    if not row["act"]:
        return _("It was read in before the program kept what belongs together. Put the records right one by one.")
    if not row["added"] + row["changed"] and not acts.rows_of(desk.vault, row["act"]):
        return _("This file changed nothing.")
    if row["made_by"] != desk.user.id and not desk.may(Action.UNDO_OTHERS):
        return _("Another person read it in. An assistant head or a data officer may undo it.")
    return ""
