"""Locking the files of an export for the road."""

from collections.abc import Sequence

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.documents.locked_zip import locked_zip
from pupil_desk.services.exports.export import Format, Lock, NewFile


def lock_for(form: Format, files: int) -> Lock:
    """The lock that is proposed for so many files of a format."""
    return Lock.ZIP


def locked(files: Sequence[NewFile], lock: Lock, password: str, stem: str) -> list[NewFile]:
    """The files under a lock, opened once with the password to prove it. No files stay no files.

    Raises WrongUse for a lock that these files cannot have.
    """
    if not files:
        return []
    if lock is not Lock.ZIP:
        raise WrongUse(_("These files cannot be locked so. Choose a locked ZIP."))
    return [NewFile(f"{stem}.zip", locked_zip({file.name: file.data for file in files}, password))]
