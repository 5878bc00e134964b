"""The files that are kept of an export, written once more: the bytes that went out then, whatever the records say today.

Locked ones are locked anew: the password of then is kept nowhere, so that the lock is another, and what is under it the same.
Nothing is told by it, so that the log of disclosures has no new line: it is what was told already.
"""

import contextlib
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from pupil_desk.basics.files import write_whole
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import frozen
from pupil_desk.services.exports.export import Lock
from pupil_desk.services.exports.listing import one_made
from pupil_desk.services.exports.locking import under_lock
from pupil_desk.services.roles import Action


@dataclass(frozen=True, slots=True)
class Reread:
    """The files written; the name of each that is locked with the words that open it, none where they went out plain."""

    paths: tuple[Path, ...]
    secrets: tuple[tuple[str, str], ...] = field(repr=False)


def write_again(desk: Desk, export_id: str, folder: Path) -> Reread:
    """Write the files kept of an export to a folder: all of them, or none. Logged before the first byte.

    Raises NotAllowed, WrongUse (not kept), CannotWrite (as where a file of that name lies there).
    """
    desk.require(Action.KEEP_CONTENT, "export", export_id)
    past = one_made(desk, export_id)
    if past.plain:
        desk.require(Action.EXPORT_PLAIN, "export", export_id)
    secrets: tuple[tuple[str, str], ...] = ()
    files = frozen.content(desk, export_id)
    if not past.plain:
        apart = len(past.files) > 1  # several locked files: each had a lock of its own
        pairs = under_lock(files, Lock(past.lock or Lock.ZIP), PurePath(past.file_name).stem, apart=apart)
        files, secrets = [file for file, _words in pairs], tuple((file.name, words) for file, words in pairs)
    written: list[Path] = []
    try:
        for file in files:
            write_whole(folder / file.name, file.data)
            written.append(folder / file.name)
    except BaseException:
        for path in reversed(written):
            with contextlib.suppress(OSError):  # a stick that was pulled
                path.unlink(missing_ok=True)
        raise
    return Reread(tuple(written), secrets)
