"""What a pupil's marks come to (domain reference 16): sessions possible, attended and missed, and what they are of a hundred.

Percentages have one decimal, half up; nothing possible gives none, not 0 and not 100.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pupil_desk.domain.register.attendance import ATTENDING, AUTHORISED, ELSEWHERE, UNAUTHORISED, category_of

PERSISTENT, SEVERE = 10, 50  # per cent of the possible sessions


@dataclass(frozen=True, slots=True)
class Totals:
    """The sessions of one pupil, counted; ``rows`` is all that are marked."""

    rows: int = 0
    attended: int = 0
    authorised: int = 0
    unauthorised: int = 0

    @property
    def possible(self) -> int:
        """The sessions the pupil could attend."""
        return self.attended + self.authorised + self.unauthorised

    @property
    def absent(self) -> int:
        """The possible sessions that were missed."""
        return self.authorised + self.unauthorised

    @property
    def attendance_pct(self) -> float | None:
        """Attended, of a hundred possible."""
        return percentage(self.attended, self.possible)

    @property
    def absence_pct(self) -> float | None:
        """Missed, of a hundred possible."""
        return percentage(self.absent, self.possible)

    @property
    def unauthorised_pct(self) -> float | None:
        """Missed without leave, of a hundred possible."""
        return percentage(self.unauthorised, self.possible)

    @property
    def persistent(self) -> bool:
        """At least 10 % of the possible sessions missed; reckoned in whole numbers, not in rounded ones."""
        return self._missed_at_least(PERSISTENT)

    @property
    def severe(self) -> bool:
        """At least half of the possible sessions missed."""
        return self._missed_at_least(SEVERE)

    def _missed_at_least(self, share: int) -> bool:
        return self.possible > 0 and self.absent * 100 >= share * self.possible


def percentage(part: int, total: int) -> float | None:
    """A share of a hundred to one decimal, half up; None of nothing."""
    return (part * 2000 + total) // (total * 2) / 10 if total else None


def totals_of(codes: Iterable[str]) -> Totals:
    """The totals of these codes."""
    rows = attended = authorised = unauthorised = 0
    for code in codes:
        category = category_of(code)
        rows += 1
        attended += category in (ATTENDING, ELSEWHERE)
        authorised += category == AUTHORISED
        unauthorised += category == UNAUTHORISED
    return Totals(rows, attended, authorised, unauthorised)
