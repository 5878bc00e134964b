"""The files that are kept of an export, written once more: the bytes that went out then, whatever the records say today.

Locked ones are locked anew: the password of then is kept nowhere, so that the lock is another, and what is under it the same.
So they have another name, and are known again by digests of their own. Nothing is told by it, so that the log of disclosures
has no new line: it is what was told already. Of whom a protection was set since, or who was not confirmed by name then, is
confirmed by name now, as for an export.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import astuple, dataclass, field
from pathlib import Path, PurePath

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.documents.papers.receipt import FileMade
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.export import Lock, NewFile
from pupil_desk.services.exports.kept import frozen
from pupil_desk.services.exports.listing import one_made
from pupil_desk.services.exports.locking import under_lock
from pupil_desk.services.roles import Action
from pupil_desk.services.saving import Saving
from pupil_desk.services.unit import clock_doubt
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import frozen as store
from pupil_desk.store.tables import protections, pupils


@dataclass(frozen=True, slots=True)
class Reread:
    """The files written; the name of each that is locked with its password, none where they went out plain."""

    paths: tuple[Path, ...]
    secrets: tuple[tuple[str, str], ...] = field(repr=False)


def to_confirm(desk: Desk, export_id: str) -> list[tuple[Pupil, Sequence[Protection]]]:
    """The pupils in the files of an export who are protected today and were not so when it was made, by name, each with the protections."""
    past, protections_by_pupil = one_made(desk, export_id), protections.by_pupil(desk.vault, desk.today)
    later = protections.set_since(desk.vault, past.made_at)
    pupil_ids = {
        row["pupil_id"]
        for row in store.rows_of(desk.vault, export_id)
        if row["kind"] == frozen.TOLD and (not row["confirmed"] or row["pupil_id"] in later)
    }
    return [(pupil, protections_by_pupil[pupil.id]) for pupil in pupils.some(desk.vault, pupil_ids & protections_by_pupil.keys())]


def write_again(desk: Desk, export_id: str, folder: Path, confirm: Collection[str] = ()) -> Reread:
    """Write the files kept of an export to a folder: all of them, or none. Logged before the first byte.

    Raises NotAllowed, WrongUse (not kept, or a pupil ``to_confirm`` is not in ``confirm``, by id), CannotWrite (as where a file of that name lies there).
    """
    desk.require(Action.KEEP_CONTENT, "export", export_id)
    clock_doubt.require_possible_year(desk)
    clock_doubt.require_no_doubt(desk)
    past = one_made(desk, export_id)
    if past.plain:
        desk.require(Action.EXPORT_PLAIN, "export", export_id)
    secrets: tuple[tuple[str, str], ...] = ()
    waiting = {pupil.id for pupil, _protections in to_confirm(desk, export_id)}
    if waiting:
        desk.require(Action.CONFIRM_PROTECTED, "export", export_id)
    if waiting - set(confirm):
        raise WrongUse(
            _("A protection was set since, of a pupil in these files. Confirm each by name, or make the export anew without them.")
        )
    files = frozen.content(desk, export_id, waiting)
    if not past.plain:
        separately = len(past.files) > 1  # several locked files: each had a lock of its own
        pairs = under_lock(files, Lock(past.lock or Lock.ZIP), PurePath(past.file_name).stem, separately=separately)
        pairs = [(NewFile(_another_name(file.name, len(past.rewritten_files)), file.data), words) for file, words in pairs]
        files, secrets = [file for file, _words in pairs], tuple((file.name, words) for file, words in pairs)
    with Saving(folder) as saving:
        for file in files:
            saving.keep_as(file.name, file.data)
        _keep(desk, export_id, saving.files)
    return Reread(tuple(folder / file.name for file in files), secrets)


def _another_name(name: str, times: int) -> str:
    """Locked anew it is another file than the one of the receipt, and so has another name. A plain one is the same."""
    path = PurePath(name)
    return f"{path.stem}-again{f'-{times + 1}' if times else ''}{path.suffix}"


def _keep(desk: Desk, export_id: str, files: Sequence[FileMade]) -> None:
    """Keep which files were written, so that they can be checked, and deleted from the stick, as the first ones."""
    with desk.act(Action.KEEP_CONTENT, "export", export_id, store.WRITTEN_AGAIN) as work:
        event = {
            "id": new_id(),
            "export_id": export_id,
            "what": store.WRITTEN_AGAIN,
            "on": desk.today,
            "note": json.dumps([astuple(file) for file in files]),
            "at": work.stamp,
            "recorded_by": work.actor,
        }
        store.add_event(desk.vault, event)
