"""What the banner says once, and what can be pressed in it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from pupil_desk.basics.words import _

type Act = tuple[str, Callable[[], object]]
"""What can be pressed in a message: the button's words, and what it does."""


@dataclass(frozen=True, slots=True, eq=False)
class Message:
    """What is said once. «said» is a success that has been seen, or so small a thing that it was never more."""

    kind: Literal["success", "problem", "note", "said"]
    words: str
    act: Act | None = None
    undoes: bool = False  # what can be pressed takes back what is said
    over: "Message | None" = (
        None  # an act that can still be undone, which a mere remark stands before: it comes back when that is dismissed
    )

    @property
    def named(self) -> str:
        """The words with what kind they are of, for those who do not see the sign."""
        kinds = {"success": _("Done"), "problem": _("There is a problem"), "note": _("Note")}
        return f"{kinds[self.kind]}: {self.words}" if self.kind in kinds else self.words
