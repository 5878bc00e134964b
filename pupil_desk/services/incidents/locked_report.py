"""A report about an incident as a file for e-mail, under a lock of its own, as a copy of a record and the files of an export have it.

The password is made up and shown to whoever sends the file, who tells it by another way. It is kept nowhere.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pupil_desk.documents.files.locked_pdf import locked_pdf
from pupil_desk.services.exports.export import Lock
from pupil_desk.services.exports.locking import new_passphrase
from pupil_desk.services.saving import Saving


@dataclass(frozen=True, slots=True)
class LockedReport:
    """A report as it was written: the file's name, and the password that opens it."""

    name: str
    password: str


def write(file_stem: str, pdf: bytes, folder: Path, log_print: Callable[[], object]) -> LockedReport:
    """Write a report, as it was made and seen, locked into a folder; ``log_print`` logs it as one that is printed, and nothing is left behind where
    that is refused. Raises CannotWrite."""
    password = new_passphrase(Lock.PDF)
    with Saving(folder) as saving:
        saving.keep(file_stem, ".pdf", locked_pdf(pdf, password))
        log_print()
    return LockedReport(saving.files[0].name, password)
