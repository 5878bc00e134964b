"""This PC: is it a safe place for the unit's file? Where the file lies, whether the disk is encrypted, who else gets at the folder.

A unit's file that lies where it may not be worked on, moved to this PC.
"""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.files import make_folder
from pupil_desk.basics.pc import access, disk_encryption, placement_check
from pupil_desk.basics.pc.disk_encryption import DiskEncryption
from pupil_desk.basics.pc.placement import Objection, is_bad_name
from pupil_desk.basics.pc.placement_check import require_good
from pupil_desk.basics.places import ENDING, UNIT_FILE, home_of_data
from pupil_desk.basics.words import _, join_words
from pupil_desk.services.backup import backups
from pupil_desk.services.backup.free_names import names_beside
from pupil_desk.services.desk import Desk
from pupil_desk.store.file import errors, moving
from pupil_desk.store.file.moving import Moved
from pupil_desk.store.file.vault import held_here
from pupil_desk.store.tables import settings as settings_store

_WINDOWS = os.name == "nt"


class PcCheck(NamedTuple):
    """One thing looked at: well (True), not well (False) or for a person to find out (None); and what to do."""

    ok: bool | None
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class ThisPc:
    """What was seen. ``other_accounts``: accounts beyond this user, the administrators and the system; None where it cannot be read.
    ``other_owner``: the account whose folder it is, where that is none of these. ``only_listed``: all those others can do is see the names of the files.
    """

    file_path: Path
    objection: Objection | None
    encryption: DiskEncryption
    other_accounts: list[str] | None
    other_owner: str = ""
    only_listed: bool = False

    def checks(self) -> list[PcCheck]:
        """Each thing in words, in the order in which it matters."""
        return [self._place(), self._disk(), self._people()]

    def _place(self) -> PcCheck:
        title = _("Where the file is kept")
        if self.objection is None:
            return PcCheck(True, title, _("On a disk of this PC, where it belongs: {folder}").format(folder=self.file_path.parent))
        return PcCheck(False, title, placement_check.sentence(self.objection, self.file_path))

    def _disk(self) -> PcCheck:
        title = _("The lock of the disk")
        match self.encryption:
            case DiskEncryption.ON:
                return PcCheck(True, title, _("The disk is encrypted. Whoever takes it out of this PC reads nothing on it."))
            case DiskEncryption.OFF:
                return PcCheck(False, title, _disk_off())
            case DiskEncryption.UNDER_WAY:
                words = _("The disk is being encrypted now. Leave the PC on and plugged in until that is done, then look here again.")
                return PcCheck(None, title, words)
            case DiskEncryption.NOT_KNOWN:
                return PcCheck(None, title, _disk_not_known())

    def _people(self) -> PcCheck:
        title = _("Who else can get at the folder")
        if self.other_accounts is None:
            return PcCheck(
                None, title, _("This PC does not say who can open the folder. Ask your technician: only those who use the program should.")
            )
        if self.other_owner:
            words = _(
                "The folder belongs to {name}, who can always open it and let others in. If your technician did not arrange this, ask for it to be made yours."
            )
            others = _("Besides you and the administrators: {names}.").format(names=join_words(self.other_accounts))
            sentences = (words.format(name=self.other_owner), others if self.other_accounts else "")
            return PcCheck(None, title, " ".join(filter(None, sentences)))
        if not self.other_accounts:
            return PcCheck(True, title, _("Nobody but you and the administrators of this PC."))
        if self.only_listed:
            words = _(
                "Besides you and the administrators: {names}. They can see which files lie there, and can neither open, copy nor delete one."
            )
            return PcCheck(True, title, words.format(names=join_words(self.other_accounts)))
        words = _(
            "Besides you and the administrators: {names}. They cannot read the records without a password, but they could copy or delete the file. If your technician did not arrange this for your colleagues, ask for it to be taken away."
        )
        return PcCheck(None, title, words.format(names=join_words(self.other_accounts)))


def look_round(path: Path) -> ThisPc:
    """Look at the PC that holds a unit's file, now."""
    return ThisPc(
        file_path=path,
        objection=placement_check.objection_to(path),
        encryption=disk_encryption.state_of(path),
        other_accounts=access.others_with_access(path.parent),
        other_owner=access.other_owner(path.parent),
        only_listed=access.others_only_list(path.parent),
    )


def backup_of(desk: Desk) -> PcCheck:
    """When the file was last backed up and proved, and whether that will do."""
    title, last = _("The last proved backup"), backups.last(desk)
    if last is None:
        return PcCheck(False, title, _("None yet. Make one on the page Backup: if this PC breaks, a backup is all that is left."))
    when = _("{day} at {time}").format(day=show_date(last.moment.date()), time=last.moment.strftime("%H:%M"))
    days = last.days_old(desk.today)
    if days is None:
        return PcCheck(
            False, title, _("{when}, a day to come: the clock was, or is, wrong. Make one on the page Backup.").format(when=when)
        )
    if days < backups.DUE:
        return PcCheck(True, title, f"{when}.")
    words = _("{when}, {days} days ago. Make one on the page Backup.")
    return PcCheck(False if days >= backups.LATE else None, title, words.format(when=when, days=days))


def disk_is_open(desk: Desk) -> bool:
    """Whether the disk that holds the unit's records is not encrypted, as far as this PC says. Asked once in a sitting.

    Invented pupils need no lock: False for a training unit.
    """
    return not settings_store.is_training(desk.vault) and _encryption(desk.vault.path) == DiskEncryption.OFF


@cache
def _encryption(path: Path) -> DiskEncryption:
    return disk_encryption.state_of(path)


def _disk_off() -> str:
    if _WINDOWS:
        return _(
            "The disk is not encrypted. The unit’s file is, but what Windows keeps beside it is not: pages that wait for the printer, and memory saved when the PC sleeps. Ask your technician to turn on BitLocker."
        )
    return _(
        "The disk is not encrypted. The unit’s file is, but what the system keeps beside it is not: pages that wait for the printer, and memory saved when the PC sleeps. Ask your technician for an encrypted disk."
    )


def _disk_not_known() -> str:
    if _WINDOWS:
        return _(
            "This PC does not say whether its disk is encrypted. Ask your technician: as an administrator, “manage-bde -status” should answer “Protection On”."
        )
    return _("This PC does not say whether its disk is encrypted. Ask your technician: “lsblk” should show “crypt” under its disk.")


__all__ = ["Moved", "move_to_this_pc", "open_elsewhere"]


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
    place = next(path for path in names_beside(preferred) if moving.fits(sums, path))
    return moving.move(path, place, closed_elsewhere=closed_elsewhere)
