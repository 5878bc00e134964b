"""What exports there are, what was made, and whether the files of a receipt are still the same."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.words import _
from pupil_desk.documents.papers.receipt import FileMade, files_named, is_receipt
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import all_exports
from pupil_desk.services.exports.export import Period
from pupil_desk.services.roles import Action, who_may
from pupil_desk.store.file.vault import Row
from pupil_desk.store.rows.rows import of_row
from pupil_desk.store.tables import frozen, ledger
from pupil_desk.store.tables.frozen import DELIVERED, TAKEN_OFF, WRITTEN_AGAIN


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
    desk.require(Action.LIST_EXPORTS)
    return [
        Offer(
            name=e.name,
            title=e.title,
            recipient=e.recipient,
            law=e.law,
            basis=e.basis.value,
            purpose=e.purpose,
            who=who_may(e.action),
            allowed=desk.may(e.action),
        )
        for e in all_exports(desk)
    ]


@dataclass(frozen=True, slots=True)
class DeliveryEvent:
    """What was done about an export: on which day, how (a code of «delivery_way», or «»), to whom, in what words, and by whom it was recorded."""

    kind: str
    day: date
    way: str
    to_whom: str
    note: str
    recorded_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PastExport:
    """An export made. ``made_at`` is the moment as kept, ``judged_on`` an ISO date, ``receipt`` the receipt's whole text.

    ``format`` and ``lock`` are codes of the command line, the lock «» for plain files; ``basis`` and ``spec`` may be «» for one made
    by an older program. ``delivered`` and ``taken_off`` (the copy on the stick or in the folder is deleted) are the last word of their
    kind, that copy being the last that was written; ``rewritten_files`` are the files of each time that those kept were written again;
    ``content_until`` is the day until which the files themselves are kept here. ``frozen``: it can be compared with today.
    """

    export_id: str
    name: str
    title: str
    recipient: str
    law: str
    basis: str
    purpose: str
    spec: str
    reason: str
    judged_on: str
    period: Period | None
    provider: str | None
    made_at: str
    made_by: str
    fields: str
    rows: int
    left_out: int
    plain: bool
    format: str
    lock: str
    files: tuple[FileMade, ...]
    file_name: str
    sha256: str
    receipt: str
    frozen: bool
    delivered: DeliveryEvent | None = None
    taken_off: DeliveryEvent | None = None
    content_until: date | None = None
    rewritten_files: tuple[tuple[FileMade, ...], ...] = ()

    @property
    def made_on(self) -> date:
        """The day it was made, at the office."""
        return local_time(self.made_at).date()


def past_exports(desk: Desk) -> list[PastExport]:
    """The exports made, the latest first."""
    desk.require(Action.LIST_EXPORTS)
    vault = desk.vault
    files = grouped((row["export_id"], row) for row in ledger.files_of_exports(vault))
    last: dict[tuple[str, str], Row] = {}
    rewritten_files: dict[str, list[tuple[FileMade, ...]]] = {}
    for row in frozen.events(vault):
        last[row["export_id"], row["what"]] = row
        if row["what"] == WRITTEN_AGAIN:
            rewritten_files.setdefault(row["export_id"], []).append(tuple(FileMade(*file) for file in json.loads(row["note"])))
            last.pop((row["export_id"], TAKEN_OFF), None)
    content_until = {row["export_id"]: date.fromisoformat(row["until"]) for row in frozen.contents(vault)}
    titles = {export.name: export.title for export in all_exports(desk)}
    comparable_ids = frozen.comparable(vault)
    return [
        _past(
            row,
            titles,
            files.get(row["id"], []),
            last,
            content_until.get(row["id"]),
            rewritten_files=tuple(rewritten_files.get(row["id"], ())),
            frozen=row["id"] in comparable_ids,
        )
        for row in ledger.exports(vault)
    ]


def one_made(desk: Desk, export_id: str) -> PastExport:
    """One export made. Raises WrongUse for an identity that none has."""
    for past in past_exports(desk):
        if past.export_id == export_id:
            return past
    raise WrongUse(_("There is no such export. Look at the list of exports made again."))


def _past(
    row: Row,
    titles: Mapping[str, str],
    files: list[Row],
    last: Mapping[tuple[str, str], Row],
    until: date | None,
    *,
    rewritten_files: tuple[tuple[FileMade, ...], ...],
    frozen: bool,
) -> PastExport:
    files_made = tuple(FileMade(file["name"], file["bytes"], file["sha256"]) for file in files)
    period = Period(date.fromisoformat(row["since"]), date.fromisoformat(row["until"])) if row["since"] else None
    export_id = row["id"]
    return of_row(
        PastExport,
        row,
        export_id=export_id,
        title=row["title"] or titles.get(row["name"], row["name"]),
        period=period,
        made_at=row["at"],
        made_by=row["made_by_name"] or "",
        plain=bool(row["plain"]),
        files=files_made,
        frozen=frozen,
        delivered=_event(last.get((export_id, DELIVERED))),
        taken_off=_event(last.get((export_id, TAKEN_OFF))),
        content_until=until,
        rewritten_files=rewritten_files,
    )


def _event(row: Row | None) -> DeliveryEvent | None:
    return (
        DeliveryEvent(row["what"], date.fromisoformat(row["on"]), row["how"], row["to_whom"], row["note"], recorded_by=row["by_name"])
        if row is not None
        else None
    )


class FileState(Enum):
    """What became of a file that a receipt names."""

    SAME = "same"
    CHANGED = "changed"
    MISSING = "missing"

    @property
    def words(self) -> str:
        return {"same": _("the same as on the receipt"), "changed": _("not the same as on the receipt"), "missing": _("not there")}[
            self.value
        ]


def verify_receipt(text: str, folder: Path) -> list[tuple[str, FileState]]:
    """Each file that a receipt names, and whether the one in the folder still has that SHA-256; none where nothing was due.

    Raises WrongUse for a text that is no receipt of ours. Needs nobody signed in.
    """
    named_files = files_named(text)
    if not named_files and not is_receipt(text):
        raise WrongUse(_("This is not a receipt of Pupil Desk. Choose the file that ends in -receipt.txt."))
    return [(name, _state(folder / name, sha256)) for name, sha256 in named_files]


def lying_in(past: PastExport, folder: Path) -> list[FileMade]:
    """The files of an export as they were made or written again, of each time of which any lies in a folder; as they were made if none does."""
    file_sets = [
        files for files in dict.fromkeys((past.files, *past.rewritten_files)) if any((folder / file.name).is_file() for file in files)
    ]
    return [file for files in file_sets or [past.files] for file in files]


def check_files(past: PastExport, folder: Path) -> list[tuple[str, FileState]]:
    """Each file of an export in a folder, and whether it is still the one that was made, or written again."""
    return [(file.name, _state(folder / file.name, file.sha256)) for file in lying_in(past, folder)] or verify_receipt(past.receipt, folder)


def _state(path: Path, sha256: str) -> FileState:
    try:
        with open(path, "rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return FileState.MISSING
    return FileState.SAME if digest == sha256 else FileState.CHANGED
