"""What is kept of an export beside its receipt: digests of what it said, and its files where a data officer asks for them.

The digests are for comparing with today (``comparing``); no value is in them. The files hold every value: they are kept
in the unit's file until a day, are read again by a data officer alone, and go by a person's word from the list of what is
due, or with the erasure of anybody who is in them. Then they go whole: they cannot be cut, and what is left would name the others.
"""

import json
import secrets
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import batched, chain
from operator import attrgetter

from pupil_desk.basics.dates import birthday, show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _
from pupil_desk.documents.papers.receipt import Receipt
from pupil_desk.domain.changes import Changed
from pupil_desk.services import holds
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.exports.export import Ask, ExportedPupil, ExportRow, ExportSheet, NewFile, Selection
from pupil_desk.services.exports.kept.differing import SALT, Digests
from pupil_desk.services.roles import Action
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import frozen as store
from pupil_desk.store.tables import ledger, pupils
from pupil_desk.store.tables.frozen import FrozenPupil

TOLD, LEFT_OUT, ASKED = "told", "left-out", "asked"
MOST_KEPT = 20_000_000  # bytes of one export's files: they go into every backup
_AT_ONCE = 2_000  # pupils
MOST_YEARS = 6  # the time in which a claim can be brought, as for what was told


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenExport:
    """What an export leaves in the file. ``files``, not locked, are kept until a day, or not at all without one."""

    export_id: str
    ask: Ask
    selection: Selection
    receipt: Receipt
    files: Sequence[NewFile] = ()
    until: date | None = None


def check_until(desk: Desk, until: date) -> None:
    """Raises NotAllowed, and WrongUse for a day until which no files can be kept."""
    desk.require(Action.KEEP_CONTENT, "export")
    if until <= desk.today:
        raise WrongUse(_("Keep the files until a day to come, or do not keep them."))
    last = birthday(desk.today, MOST_YEARS)
    if until > last:
        raise WrongUse(_("Keep the files until {day} at the latest. What was told is on record anyway.").format(day=show_date(last)))


def check_size(files: Sequence[NewFile]) -> None:
    """Raises WrongUse for files that are too big to be kept."""
    if sum(len(file.data) for file in files) > MOST_KEPT:
        raise WrongUse(
            _("The files are too big to be kept in the unit’s file: {most} MB at most. Make the export without keeping them.").format(
                most=MOST_KEPT // 1_000_000
            )
        )


def keep(work: Work, frozen_export: FrozenExport) -> None:
    """Within the export's transaction: keep its digests, and its files if that was asked for."""
    vault, selection = work.desk.vault, frozen_export.selection
    salt = secrets.token_bytes(SALT)
    sheets = [[sheet.name, [[column.heading, column.item] for column in sheet.columns]] for sheet in selection.sheets]
    of_whole: dict[str, object] = {
        "export_id": frozen_export.export_id,
        "salt": salt,
        "sheets": json.dumps(sheets),
        "by_name": frozen_export.ask.pupils is not None,
        "told": frozen_export.receipt.pupils,
        "receipt": json.dumps(asdict(frozen_export.receipt)),
    }
    number = store.add(vault, of_whole)
    for some in batched(chain(_rows_of_exported(frozen_export, number, salt), _not_told(work.desk, frozen_export, number)), _AT_ONCE):
        store.add_rows(vault, sorted(some, key=attrgetter("pupil_id")))  # as their index lies: by name each row is a jump in it
    if frozen_export.until is not None and frozen_export.files:
        store.add_content(
            vault, frozen_export.export_id, [(file.name, file.data) for file in frozen_export.files], frozen_export.until.isoformat()
        )


def compared_rows(sheets: Sequence[ExportSheet], exported: ExportedPupil) -> Sequence[ExportRow]:
    """A pupil's rows that are compared with those of another day."""
    if all(sheet.is_compared for sheet in sheets):
        return exported.rows
    return [row for row in exported.rows if sheets[row.sheet].is_compared]


def _rows_of_exported(frozen_export: FrozenExport, number: int, salt: bytes) -> Iterator[FrozenPupil]:
    digests = Digests(salt)
    for exported in frozen_export.selection.exported:
        rows, cells = digests.frozen(compared_rows(frozen_export.selection.sheets, exported))
        recipient, confirmed = exported.recipient or "", int(exported.confirmed)
        yield FrozenPupil(number, exported.pupil.id, recipient, TOLD, level=exported.level, confirmed=confirmed, cells=cells, rows=rows)


def _not_told(desk: Desk, frozen_export: FrozenExport, number: int) -> Iterator[FrozenPupil]:
    """Those left out; and who was asked for by name and was neither, so that the same can be asked again."""
    selection = frozen_export.selection
    for left in selection.left_out:
        yield FrozenPupil(number, left.pupil.id, "", LEFT_OUT, reason=left.receipt_reason)
    covered_ids = {entry.pupil.id for entry in selection.exported} | {entry.pupil.id for entry in selection.left_out}
    if frozen_export.ask.pupils is not None and (neither := frozen_export.ask.pupils - covered_ids):
        for pupil in pupils.some(desk.vault, neither):
            yield FrozenPupil(number, pupil.id, "", ASKED)


@dataclass(frozen=True, slots=True)
class ContentKept:
    """An export whose files are kept: what it was, the moment it was made as kept, until when, how many files and bytes."""

    export_id: str
    title: str
    made_at: str
    until: date
    files: int
    bytes: int


def contents(desk: Desk) -> list[ContentKept]:
    """The exports whose files are kept, the first due first."""
    desk.require(Action.LIST_EXPORTS)
    exports_by_id = {row["id"]: row for row in ledger.exports(desk.vault)}
    pairs = [(row, exports_by_id[row["export_id"]]) for row in store.contents(desk.vault)]
    return [
        ContentKept(
            export_row["id"],
            export_row["title"] or export_row["name"],
            export_row["at"],
            date.fromisoformat(row["until"]),
            row["files"],
            bytes=row["bytes"],
        )
        for row, export_row in pairs
    ]


def content_due(desk: Desk, until: date) -> list[ContentKept]:
    """Of those the ones that need not be kept from a day on."""
    return [content_kept for content_kept in contents(desk) if content_kept.until <= until]


def content(desk: Desk, export_id: str, confirmed: Collection[str] = ()) -> list[NewFile]:
    """The files of an export as they were, not locked, to be written again. Logged, with the pupils ``confirmed``, by their ids.

    Raises NotAllowed, WrongUse (they are not kept).
    """
    desk.require(Action.KEEP_CONTENT, "export", export_id)
    files = [NewFile(name, data) for name, data in store.content_of(desk.vault, export_id)]
    if not files:
        raise _not_kept()
    with desk.act(Action.KEEP_CONTENT, "export", export_id, f"files written again: {len(files)}") as work:
        for pupil_id in sorted(confirmed):
            desk.append(work.moment, Action.CONFIRM_PROTECTED, "pupil", pupil_id, "files of an export written again")
        return files


def delete_content(desk: Desk, export_id: str, reason: str) -> Changed:
    """Delete the files kept of an export; its receipt and what it told stay. Raises NotAllowed, WrongUse (no reason, not kept, a hold)."""
    desk.require(Action.KEEP_CONTENT, "export", export_id)
    reason = tidy(reason)
    if not reason:
        raise WrongUse(_("Enter why the files are deleted, such as: their day has come."))
    if not any(content_kept.export_id == export_id for content_kept in contents(desk)):
        raise _not_kept()
    pupil_ids = store.pupils_in(desk.vault, export_id)
    for hold in holds.everything(desk):
        if hold.in_force and (hold.pupil_id is None or hold.pupil_id in pupil_ids):
            holds.refuse_if_held(desk, hold.pupil_id or "")
    with desk.act(Action.KEEP_CONTENT, "export", export_id, f"files deleted; {reason}") as work:
        event = {
            "id": new_id(),
            "export_id": export_id,
            "what": store.CONTENT_DELETED,
            "on": desk.today,
            "note": reason,
            "at": work.stamp,
            "recorded_by": work.actor,
        }
        store.add_event(desk.vault, event)
        store.delete_content(desk.vault, export_id)
    return Changed.of("export")


def _not_kept() -> WrongUse:
    return WrongUse(_("The files of this export are not kept here. Look at the list again."))
