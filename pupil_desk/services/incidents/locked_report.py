"""The report to a parent as a file for e-mail, under a lock of its own, as a copy of a record and the files of an export have it.

The password is made up and shown to whoever sends the file, who tells it by another way. It is kept nowhere.
"""

from dataclasses import dataclass
from pathlib import Path

from pupil_desk.documents.files.locked_pdf import locked_pdf
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.export import Lock
from pupil_desk.services.exports.locking import new_passphrase
from pupil_desk.services.households import HouseholdPaper
from pupil_desk.services.incidents import report
from pupil_desk.services.saving import Saving


@dataclass(frozen=True, slots=True)
class LockedReport:
    """A report as it was written: the file's name, and the password that opens it."""

    name: str
    password: str


def write(desk: Desk, entry_id: str, paper: HouseholdPaper, pdf: bytes, folder: Path) -> LockedReport:
    """Write a report, as it was made and seen, locked into a folder, and log it as one that is printed. Raises NotAllowed, CannotWrite, WrongUse."""
    password = new_passphrase(Lock.PDF)
    with Saving(folder) as saving:
        saving.keep(paper.file_stem, ".pdf", locked_pdf(pdf, password))
        report.log_print(desk, entry_id, [paper.letter])
    (written,) = saving.files
    return LockedReport(written.name, password)
