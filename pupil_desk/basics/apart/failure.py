"""Why a file could not be read apart, in words."""

from enum import StrEnum

from pupil_desk.basics.errors import Known
from pupil_desk.basics.words import _

MOST_SECONDS = 5.0
"""That a file may take, or one page of a stack: on an office PC an ordinary one takes a tenth."""
MOST_MEMORY = 320_000_000
"""Bytes that the reader of a file may take beside the file itself."""


class Failure(StrEnum):
    """What ended the reader."""

    TIME = "too_slow"
    MEMORY = "too_much_memory"
    BROKEN = "broken"

    @property
    def words(self) -> str:
        """A sentence about the file."""
        return _WORDS[self]


_WORDS = {
    Failure.TIME: _("The file takes far longer to read than any of its kind does. It is not read. Ask for another, or save it again."),
    Failure.MEMORY: _(
        "The file would fill the memory of this PC, as none of its kind does. It is not read. Ask for another, or save it again."
    ),
    Failure.BROKEN: _(
        "The file is damaged in a way that stops whatever reads it. It is not read. Open it in the program that it is from, and save it again."
    ),
}


class ReaderFailed(Known):
    """No reader could read the file."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.words)
        self.failure = failure
