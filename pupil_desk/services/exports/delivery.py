"""What becomes of an export's files: confirmed as delivered, asked about until then, and taken off the stick, or out of the folder, again.

Both are events, only ever added; the last one of a kind counts, so that a word given wrongly is put right by another.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.files import cannot_write, remove_within
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem, refuse
from pupil_desk.domain.changes import Changed
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.listing import PastExport, lying_in, one_made, past_exports
from pupil_desk.services.roles import Action
from pupil_desk.store.file.staging import flush_folder
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import frozen as store

TRACES = _(
    "A stick’s memory may keep traces of a deleted file, which no program can reach for certain. That is why the file went locked: "
    "without its password the traces tell nothing."
)
"""Told wherever a copy that may be on a stick is deleted."""
TRACES_PLAIN = _(
    "A stick’s memory may keep traces of a deleted file, which no program can reach for certain. This file was not locked: "
    "keep the stick in the unit, or have it destroyed."
)
_LONGEST = 200  # characters


@dataclass(frozen=True, slots=True)
class Swept:
    """What became of the files of an export in a folder, by name: deleted; not there; there, but not the file of the receipt, and left alone."""

    deleted: tuple[str, ...]
    missing: tuple[str, ...]
    changed: tuple[str, ...]


def traces(past: PastExport) -> str:
    """What is told of the traces that a stick may keep."""
    return TRACES_PLAIN if past.plain else TRACES


def record_delivery(desk: Desk, export_id: str, *, day: date, way: str, to_whom: str, note: str = "") -> Changed:
    """Record that the files reached their receiver: on a day, how (a code of «delivery_way»), to whom by name or office.

    Raises WrongUse (no such export, one without a file), Refused, naming what is wrong.
    """
    past = one_made(desk, export_id)
    if not past.file_name:
        raise WrongUse(_("This export has no file: nothing was due. There is nothing to confirm."))
    to_whom, note = tidy(to_whom), tidy(note)
    refuse(
        (
            *_day_problems(desk, past, day),
            *(() if way in codelist("delivery_way").codes else (Problem("how", "unknown_code", _("Choose how it was delivered.")),)),
            *(() if to_whom else (Problem("to_whom", "missing", _("Enter who took it, by name or office.")),)),
            *(
                Problem(name, "too_long", _("Use at most 200 characters."))
                for name, text in (("to_whom", to_whom), ("note", note))
                if len(text) > _LONGEST
            ),
        )
    )
    return _record(desk, export_id, store.DELIVERED, day, way=way, to_whom=to_whom, note=note)


def record_copy_deleted(desk: Desk, export_id: str, day: date) -> Changed:
    """Record that a person deleted the copy on the stick or in the folder. Raises WrongUse, Refused."""
    refuse(_day_problems(desk, one_made(desk, export_id), day))
    return _record(desk, export_id, store.TAKEN_OFF, day)


def delete_from_stick(desk: Desk, export_id: str, folder: Path) -> Swept:
    """Delete the files of an export in a folder, those alone that are still as they were made, or written again; recorded if any was. The receipt stays.

    Raises WrongUse (no such export, none of its files there), CannotWrite.
    """
    past = one_made(desk, export_id)
    desk.require(Action.RECORD_DELIVERY, "export", export_id)
    deleted: list[str] = []
    missing: list[str] = []
    changed: list[str] = []
    files = lying_in(past, folder)
    for file in files:
        path = folder / file.name
        try:
            with open(path, "rb") as stream:
                is_unchanged = hashlib.file_digest(stream, "sha256").hexdigest() == file.sha256
            if is_unchanged:
                remove_within(folder, path)
        except FileNotFoundError:
            missing.append(file.name)
        except OSError as error:
            raise cannot_write(error, folder) from error
        else:
            (deleted if is_unchanged else changed).append(file.name)
    if not deleted and not changed:
        raise WrongUse(_("None of the files of this export is in that folder. Choose the folder on the stick that holds them."))
    if deleted:
        flush_folder(folder)
        _record(
            desk,
            export_id,
            store.TAKEN_OFF,
            desk.today,
            note=_("by the program: {number} of {all} files").format(number=len(deleted), all=len(files)),
        )
    return Swept(tuple(deleted), tuple(missing), tuple(changed))


def is_delivered(desk: Desk, export_id: str) -> bool:
    """Whether somebody has recorded that an export was delivered. Raises NotAllowed, WrongUse (no such export)."""
    return one_made(desk, export_id).delivered is not None


def unconfirmed(desk: Desk) -> list[PastExport]:
    """The exports with files that nobody has confirmed as delivered so many days after they were made (a setting), the oldest first."""
    last = desk.today - timedelta(days=desk.settings.confirm_days)
    return [past for past in reversed(past_exports(desk)) if past.file_name and past.delivered is None and past.made_on <= last]


def _day_problems(desk: Desk, past: PastExport, day: date) -> tuple[Problem, ...]:
    if day > desk.today:
        return (Problem("on", "future_date", _("That day is still to come. Record it once it is done.")),)
    if day < past.made_on:
        return (Problem("on", "too_early", _("The export was made after that day. Correct the day.")),)
    return ()


def _record(desk: Desk, export_id: str, event_kind: str, day: date, *, way: str = "", to_whom: str = "", note: str = "") -> Changed:
    with desk.act(Action.RECORD_DELIVERY, "export", export_id, event_kind) as work:
        event = {
            "id": new_id(),
            "export_id": export_id,
            "what": event_kind,
            "on": day,
            "how": way,
            "to_whom": to_whom,
            "note": note,
            "at": work.stamp,
            "recorded_by": work.actor,
        }
        store.add_event(desk.vault, event)
    return Changed.of("export")
