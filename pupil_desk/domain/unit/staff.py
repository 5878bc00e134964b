"""The people who use the program, and their roles."""

from dataclasses import dataclass
from enum import Enum

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import control_character, tidy
from pupil_desk.basics.words import _

_LONGEST_NAME = 100  # characters


class Role(Enum):
    """What a member of staff may do follows from the role alone."""

    OFFICE = "office"
    ASSISTANT_HEAD = "assistant-head"
    DATA_OFFICER = "data-officer"

    @property
    def label(self) -> str:
        """The role in words."""
        return {"office": _("Office"), "assistant-head": _("Assistant head"), "data-officer": _("Data officer")}[self.value]


class SecondRole(Enum):
    """What a member of staff is named for beside their role: a second role, which no role includes and which includes none.

    In a small unit the safeguarding lead is the assistant head, or teaches: so it is held beside one of the three, and not in place of it.
    """

    SAFEGUARDING_LEAD = "safeguarding-lead"

    @property
    def label(self) -> str:
        """The second role in words."""
        return _("Designated safeguarding lead or deputy")


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """One user of the unit's file. Never deleted, only disabled, since the log names them."""

    id: str
    name: str
    role: Role
    active: bool = True
    must_change_password: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """A user's role, and whether they may sign in."""

    role: Role
    active: bool = True


def checked_name(text: str) -> str:
    """The name of a user, tidied. Raises WrongUse for none, one too long, or one with a character that is not text."""
    name = tidy(text)
    if not name or len(name) > _LONGEST_NAME or control_character(text):
        raise WrongUse(_("Enter the user’s name, at most 100 characters."))
    return name
