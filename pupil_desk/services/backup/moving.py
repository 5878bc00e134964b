"""A unit's file that lies where it may not be worked on, moved to this PC; and a free name for a new one."""

from collections.abc import Iterator
from pathlib import Path

from pupil_desk.basics.files import make_folder
from pupil_desk.basics.pc.placement import is_bad_name
from pupil_desk.basics.pc.placement_check import require_good
from pupil_desk.basics.places import ENDING, UNIT_FILE, home_of_data
from pupil_desk.store.file import errors, moving
from pupil_desk.store.file.moving import Moved
from pupil_desk.store.file.vault import held_here

__all__ = ["Moved", "free_place", "move_to_this_pc", "open_elsewhere"]


def open_elsewhere(path: Path) -> str:
    """What is known of another PC that has the file open, for the question whether it is closed there; empty for nothing."""
    lock = moving.open_elsewhere(path.resolve())
    return lock.message if lock else ""


def move_to_this_pc(path: Path, *, closed_elsewhere: bool = False) -> Moved:
    """Move a unit's file, and all that belongs to it, to the folder for it on this PC, and never over another file.

    ``closed_elsewhere``: the person has said that the PC named by ``open_elsewhere`` has let go of it.
    Raises InUse, WrongUse, Damaged, NotOurs, CannotWrite; the file is then where and as it was.
    """
    path = path.resolve()
    if held_here(path):
        raise errors.in_use(path)
    home = home_of_data()
    preferred = home / path.name
    if is_bad_name(preferred) or preferred.suffix != ENDING:
        preferred = home / UNIT_FILE
    require_good(preferred, new=True)
    make_folder(home)
    sums = moving.sums_of(path)
    place = next(path for path in _names(preferred) if moving.fits(sums, path))
    return moving.move(path, place, closed_elsewhere=closed_elsewhere)


def free_place(preferred: Path) -> Path:
    """The name wanted, or the next one beside it that no file has: nothing goes over a file."""
    return next(place for place in _names(preferred) if not place.exists() and not place.with_name(place.name + ".keys").exists())


def _names(preferred: Path) -> Iterator[Path]:
    yield preferred
    number = 1
    while True:
        number += 1
        yield preferred.with_name(f"{preferred.stem}-{number}{preferred.suffix}")
