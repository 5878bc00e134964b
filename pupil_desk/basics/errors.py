"""The two kinds of error, decided once.

``Known`` is the world's doing: a wrong password, a full disk, a damaged file. It says what happened and what to do,
and becomes a banner in the window or a line on standard error. Anything else that is raised is a bug.
"""

from typing import ClassVar


class Known(Exception):
    """Something the world did. ``status`` is the exit status of the command line."""

    status: ClassVar[int] = 1

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class WrongUse(Known):
    """The request itself is wrong: an unknown pupil, a missing value, a file that is already there."""

    status = 2


def required[T](value: T | None, sentence: str) -> T:
    """The value that what follows rests on. Raises WrongUse with the sentence where there is none."""
    if value is None:
        raise WrongUse(sentence)
    return value


class NotAllowed(Known):
    """The person's role does not include this."""

    status = 3


class WrongPassword(Known):
    """The password, recovery code or user name does not open the file."""

    status = 3


class InUse(Known):
    """Another running copy of the program has the file open."""

    status = 4


class Damaged(Known):
    """The file has been damaged, or is not one of ours."""

    status = 5


class Doubtful(Damaged):
    """The file is not as it was left, though it can be read: it may be looked at, and is not worked on.

    ``acceptable``: only its last changes are missing, and a data officer may go on with a reason.
    """

    def __init__(self, message: str, *, acceptable: bool = False) -> None:
        super().__init__(message)
        self.acceptable = acceptable


class NotOurs(Damaged):
    """The file was never one of ours."""


class OldKeys(Damaged):
    """The sign-in data beside the file, or the password, is not in force: older, put together from several, or altered."""


class NewerVersion(Known):
    """The file was made by a newer version of the program."""

    status = 6


class CannotWrite(Known):
    """Disk full, stick removed, folder read-only."""

    status = 7


class FileClosed(Known):
    """What was done is done and whole, and the unit's file could not be opened again after it: whoever is at the desk signs in anew."""

    status = 7


class MadeClosed(FileClosed):
    """A new unit's file is in its place, with this recovery code, and could not be opened."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code
