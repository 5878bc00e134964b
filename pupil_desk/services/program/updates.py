"""An update looked at, copied to this PC, and handed to what puts it in place: looked at whole before the copy, and the copy after it.

Nothing of the version that runs is touched here. On Windows the installer in the update does the rest, once the program has ended: it tries
the new version before anything is turned to it. On Linux the new version goes into a folder beside this one, and is tried there first.
"""

import contextlib
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO

from pupil_desk import __version__
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.files import cannot_write, check_room, make_folder, take_name
from pupil_desk.basics.pc import installed, own_program
from pupil_desk.basics.places import home_of_preferences
from pupil_desk.basics.words import _
from pupil_desk.services.desk import Desk
from pupil_desk.services.program.update_file import MOST_HEADER, Payload, Update, UpdateRefused, altered, numbers_of, read_header
from pupil_desk.services.roles import Action

WINDOWS, LINUX = "windows", "linux"
SYSTEM = WINDOWS if sys.platform == "win32" else LINUX
_STEP = 1024 * 1024  # bytes read at a time
_ANOTHER = _("Ask whoever sent it for the newest.")
type Report = Callable[[int, int], None]
"""Told how many bytes of how many are done; what it raises ends the work."""


@dataclass(frozen=True, slots=True)
class UpdateSeen:
    """An update that was looked at whole and may be put in place here."""

    path: Path
    update: Update
    start: int  # where what is to be installed begins

    @property
    def payload(self) -> Payload:
        """What this system installs."""
        return self.update.files[SYSTEM]

    @property
    def words(self) -> str:
        """What it is, for the question before it is taken."""
        lines = [
            _("Pupil Desk {new} of {day} takes the place of {old}. The makers of Pupil Desk signed it, and it is whole.").format(
                new=self.update.version, day=show_date(self.update.day), old=__version__
            ),
            *(f"– {change}" for change in self.update.changes),
            _(
                "The records are not touched. When somebody first signs in to the new version, a backup is made and proved before it changes anything."
            ),
        ]
        return "\n".join(lines)


def look(path: Path, *, today: date, schema: int | None = None, report: Report = lambda _done, _of: None) -> UpdateSeen:
    """Look at an update on a stick, to its last byte. ``schema`` is the shape of the unit's file here.

    Raises UpdateRefused, in a sentence for each reason, and WrongUse for a file that cannot be read.
    """
    try:
        with open(path, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            update, start = read_header(file.read(MOST_HEADER), size)
            _require_fitting(update, today, schema)
            require_whole(file, update, start, report)
    except UpdateRefused as refusal:
        raise refusal.named(path.name) from refusal
    except OSError as error:
        words = _("{file} cannot be read. Put the stick back in, check that you may open the file, and try again.")
        raise WrongUse(words.format(file=path.name)) from error
    return UpdateSeen(path, update, start)


def _require_fitting(update: Update, today: date, schema: int | None) -> None:
    new, here = numbers_of(update.version), numbers_of(__version__)
    if new == here:
        raise UpdateRefused(_("is the update to {version}, which runs here already").format(version=update.version))
    if new < here:
        words = _("is the update to {version}, which is older than the {here} that runs here").format(
            version=update.version, here=__version__
        )
        raise UpdateRefused(words, _("An older program may not understand what a newer one wrote."))
    if today > update.expires:
        words = _("is an update that was good until {day}").format(day=show_date(update.expires))
        raise UpdateRefused(words, _ANOTHER)
    if today < update.day:
        words = _("is an update of {day}, and this PC says that today is {today}").format(day=show_date(update.day), today=show_date(today))
        raise UpdateRefused(words, _("Put the clock of this PC right, and try again."))
    if here < numbers_of(update.least):
        words = _("goes over Pupil Desk {least} or later, and {here} runs here").format(least=update.least, here=__version__)
        raise UpdateRefused(words, _("Ask for the update to {least} first.").format(least=update.least))
    if schema is not None and not update.schema[0] <= schema <= update.schema[1]:
        raise UpdateRefused(_("is an update whose program does not know the form of this unit’s file"), _ANOTHER)
    if SYSTEM not in update.files:
        raise UpdateRefused(_("is an update for another kind of PC"), _("Ask for the one for this PC."))


def require_whole(file: IO[bytes], update: Update, start: int, report: Report = lambda _done, _of: None) -> None:
    """Each thing to install against its digest: one altered for another system, too, is no file that was signed. Raises UpdateRefused."""
    done = 0
    for system, payload in sorted(update.files.items()):
        file.seek(start + update.place_of(system))
        digest = hashlib.sha256()
        for piece in _pieces(file, payload.size):
            digest.update(piece)
            done += len(piece)
            report(done, update.size)
        if digest.hexdigest() != payload.digest:
            raise altered()


def _pieces(file: IO[bytes], size: int) -> Iterator[bytes]:
    """So many bytes, piece by piece; fewer where the file ends before."""
    while size > 0 and (piece := file.read(min(_STEP, size))):
        size -= len(piece)
        yield piece


def take(seen: UpdateSeen, folder: Path | None = None, report: Report = lambda _done, _of: None) -> Path:
    """Copy what this system installs to this PC, and look at the copy; returns it. Raises UpdateRefused, CannotWrite.

    ``folder`` is the program's own for updates unless told; that holds one at a time.
    """
    place = (folder or _own_folder()) / seen.payload.name
    part = place.with_name(place.name + ".part")
    try:
        check_room(place.parent, seen.payload.size)
        with open(seen.path, "rb") as stick, open(part, "wb") as copy:
            stick.seek(seen.start + seen.update.place_of(SYSTEM))
            for number, piece in enumerate(_pieces(stick, seen.payload.size), 1):
                copy.write(piece)
                report(min(number * _STEP, seen.payload.size), seen.payload.size)
            copy.flush()
            os.fsync(copy.fileno())
        with open(part, "rb") as copy:
            if hashlib.file_digest(copy, "sha256").hexdigest() != seen.payload.digest:
                words = _("was copied to this PC, and the copy is not what was signed")
                raise UpdateRefused(words, _("Try again, or use another stick."), name=seen.path.name)
        take_name(part, place)
    except OSError as error:
        raise cannot_write(error, place.parent) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return place


def _own_folder() -> Path:
    folder = home_of_preferences() / "updates"
    make_folder(folder)
    for old in folder.iterdir():
        with contextlib.suppress(OSError):  # an installer that still runs
            old.unlink()
    return folder


def form_of_file(desk: Desk) -> int | None:
    """The shape of the unit's file, as a number."""
    row = desk.vault.first_row("PRAGMA user_version")
    return int(str(row[0])) if row else None


def note_taken(desk: Desk, seen: UpdateSeen) -> None:
    """Log that a person takes an update. Raises NotAllowed."""
    desk.log(Action.EDIT_SETTINGS, "program", seen.update.version, _("update from {old}").format(old=__version__))


def refusal_here() -> str:
    """Why no update can be put in place by this copy of the program; empty if one can."""
    return "" if installed.program_folder() is not None else _("This copy runs from its source, and is updated there")


# -- putting it in place


def installer_words(installer: Path) -> tuple[list[str], bool]:
    """What starts the installer, which waits until this process has ended; and whether Windows is to ask for an administrator."""
    folder = installed.program_folder()
    shared = [Path(os.environ[name]) for name in ("PROGRAMFILES", "PROGRAMW6432") if name in os.environ]
    for_all = folder is not None and any(folder.is_relative_to(place) for place in shared)
    return [str(installer), f"/WAIT={os.getpid()}", *(["/ALLUSERS"] if for_all else [])], for_all


def put_beside(
    archive: Path, version: str, on_progress: Callable[[str], None] = lambda _line: None, *, program: Path | None = None
) -> Path:
    """Unpack the new version in a folder beside the one that runs, if it finds itself in order there; returns that folder.

    ``program`` is the folder of the version that runs, unless told. Raises WrongUse, CannotWrite; what runs here is then as it was, and nothing of the other is left.
    """
    import tarfile  # not at the top: the page that offers this is read at each start
    from lzma import LZMAError

    program = program or installed.program_folder()
    if program is None:
        raise WrongUse(_("{why}.").format(why=refusal_here()))
    target = program.parent / f"pupil-desk-{version}"
    if target.exists():
        raise WrongUse(_("{folder} is there already. Start Pupil Desk from there, or move it away first.").format(folder=target))
    try:
        stage = Path(tempfile.mkdtemp(prefix=".pupil-desk-update-", dir=program.parent))
    except OSError as error:
        raise cannot_write(error, program.parent) from error
    try:
        with tarfile.open(archive) as packed:
            packed.extractall(stage, filter="data")
        (unpacked,) = stage.iterdir()
        _require_in_order(unpacked, on_progress)
        unpacked.rename(target)
    except (tarfile.TarError, LZMAError, EOFError, ValueError) as error:
        raise altered() from error
    except OSError as error:
        raise cannot_write(error, program.parent) from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return target


def _require_in_order(folder: Path, on_progress: Callable[[str], None]) -> None:
    answer = own_program.answer_of([str(folder / "pupil-desk"), "self-test", "--steps"], on_progress)
    if answer.status != 0:
        raise WrongUse(
            _("The new program checked itself on this PC and found a fault, so it was not put in place. What was here before is as it was.")
        )
