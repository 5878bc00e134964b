"""The people who use the program, and their roles."""

from dataclasses import dataclass
from enum import Enum

from pupil_desk.basics.words import _


class Role(Enum):
    """What a member of staff may do follows from the role alone."""

    OFFICE = "office"
    ASSISTANT_HEAD = "assistant-head"
    DATA_OFFICER = "data-officer"

    @property
    def label(self) -> str:
        """The role in words."""
        return {"office": _("Office"), "assistant-head": _("Assistant head"), "data-officer": _("Data officer")}[
            self.value
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """One user of the unit's file. Never deleted, only disabled, since the log names them."""

    id: str
    name: str
    role: Role
    active: bool = True
    must_change_password: bool = False
