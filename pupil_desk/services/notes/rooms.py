"""The rooms that a second key opens, in words: restricted notes, and the safeguarding files. Each has a key and readers of its own.

They are two, since who is named to read a note about a family's debts, or a pupil's health, need not be one of those who hold the
child protection files; and since a key that is taken from somebody, or put on sheets, then concerns that room alone.
"""

from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.store.tables.second_keys import RESTRICTED_NOTES, SAFEGUARDING


@dataclass(frozen=True, slots=True)
class Room:
    """What one second key opens. ``name`` is how the file names it; ``texts`` and ``key`` how sentences do; ``log_name`` how the log does.

    ``naming`` is what its readers are, and ``no_key`` says that there is no key yet.
    """

    name: str
    texts: str
    key: str
    log_name: str
    naming: str
    no_key: str

    @property
    def key_at_start(self) -> str:
        """The key at the start of a sentence."""
        return self.key[:1].upper() + self.key[1:]


NOTES = Room(
    RESTRICTED_NOTES,
    texts=_("restricted notes"),
    key=_("the key of the restricted notes"),
    log_name="restricted notes",
    naming=_("named to read restricted notes"),
    no_key=_("Restricted notes have no key of their own yet: it is made once somebody who can sign in is named to read them."),
)
SAFEGUARDING_FILES = Room(
    SAFEGUARDING,
    texts=_("safeguarding files"),
    key=_("the key of the safeguarding files"),
    log_name="safeguarding files",
    naming=_("named as safeguarding lead or deputy"),
    no_key=_(
        "The safeguarding files have no key yet: it is made once somebody who can sign in is named as safeguarding lead. Until then nobody can write a concern."
    ),
)
ROOMS = (NOTES, SAFEGUARDING_FILES)
