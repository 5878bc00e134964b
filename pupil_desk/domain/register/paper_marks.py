"""The register on paper: which boxes a page has for a pupil and a session, and what the ink in them says. Pure.

A mark counts only where the boxes of a session say one thing. What is doubtful is asked, and says why: two boxes marked, one blacked out,
a mark too faint, one beside its box, a box that the scan does not show.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pupil_desk.basics.words import _
from pupil_desk.domain.register.attendance import ILL, LATE, PRESENT_AM, PRESENT_PM, UNSETTLED, Session

MEDICAL = "M"

BLACKED_FROM = 0.62
"""The share of a box that is inked from which it was blacked out: a heavy cross comes to two fifths."""
MARKED_FROM = 0.065
"""The share from which a box is marked: what a single thin stroke across it comes to."""
TRACE_FROM = 0.02
"""The share from which something stands in a box: dust and a scanner's noise stay below."""
_TAIL = 0.4  # of the ink of the box that is marked, the most that a stroke running over from it leaves in another
_ALIKE = 0.02  # by how much the boxes that a fold or a scratch runs across differ at most: it leaves the same in each, and less than a mark
_FAINT_FROM, _BEYOND_FROM = (
    0.028,
    0.022,
)  # by how much darker than the page's other boxes the middle of one is, or the white round it, in shares of black


class SheetSpan(StrEnum):
    """What a page covers: one day, with more codes, or one week."""

    DAY = "day"
    WEEK = "week"

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that have a box, of a morning; others are entered in the register."""
        return (PRESENT_AM, LATE, ILL, MEDICAL, UNSETTLED) if self is SheetSpan.DAY else (PRESENT_AM, LATE, UNSETTLED)


@dataclass(frozen=True, slots=True)
class BoxInk:
    """What was measured of a box: the share of it that is inked, how much darker than paper its middle is, and the white round it."""

    share: float
    middle: float
    beyond: float


@dataclass(frozen=True, slots=True)
class SheetBox:
    """Which box it is: the row of its pupil on the page, the session, and the code."""

    place: int
    day: date
    session: Session
    code: str

    @property
    def key(self) -> str:
        """One text that names it."""
        return f"{self.place} {self.day.isoformat()} {self.session} {self.code}"

    @classmethod
    def of_key(cls, key: str) -> "SheetBox":
        """The same read again. Raises ValueError."""
        place, day, session, code = key.split(" ")
        return cls(int(place), date.fromisoformat(day), Session(session), code)


def boxes_of(place: int, days: Iterable[date], span: SheetSpan) -> list[SheetBox]:
    """The boxes of a pupil's row for these days, session by session."""
    return [SheetBox(place, day, session, code_for(code, session)) for day in days for session in Session for code in span.codes]


def code_for(code: str, session: Session) -> str:
    """The code as it is entered in a session: present has a sign for each half of the day."""
    return PRESENT_PM if code == PRESENT_AM and session is Session.PM else code


class Doubt(StrEnum):
    """Why what stands in the boxes of a session is asked."""

    TWO = "two"
    BLACKED = "blacked"
    FAINT = "faint"
    BESIDE = "beside"
    UNSEEN = "unseen"
    NOT_ON_REGISTER = "not-on-register"
    UNLIKE = "unlike"

    @property
    def words(self) -> str:
        """The same for people."""
        return _DOUBTS[self]


_DOUBTS: Mapping[Doubt, str] = {
    Doubt.TWO: _("Two boxes are marked"),
    Doubt.BLACKED: _("A box is blacked out"),
    Doubt.FAINT: _("The mark is faint"),
    Doubt.BESIDE: _("There is a mark beside the boxes"),
    Doubt.NOT_ON_REGISTER: _("The pupil is not on the register on this day"),
    Doubt.UNLIKE: _("The pupil stands on this page twice, with different marks"),
    Doubt.UNSEEN: _("The scan does not show the boxes well enough"),
}


@dataclass(frozen=True, slots=True)
class ReadMark:
    """What the boxes of a session say: a code, nothing, or with a doubt that a person has to look."""

    code: str = ""
    doubt: Doubt | None = None


type BoxInks = Mapping[SheetBox, BoxInk | None]
type SessionBoxes = dict[tuple[int, date, Session], list[SheetBox]]


def read_marks(inks: BoxInks) -> dict[tuple[int, date, Session], ReadMark]:
    """What a whole page says, by row of the pupil, day and session; None is a box that was not seen for certain.

    How dark an empty box looks differs from scan to scan: most boxes of a register are empty, and the middle one of them is the measure.
    """
    empty = [ink for ink in inks.values() if ink is not None and ink.share < TRACE_FROM]
    level = BoxInk(0.0, _middle([ink.middle for ink in empty]), _middle([ink.beyond for ink in empty]))
    return {key: _read([(box.code, inks[box]) for box in boxes], level) for key, boxes in by_session(inks).items()}


def by_session(boxes: Iterable[SheetBox]) -> SessionBoxes:
    """Boxes by row of the pupil, day and session, in their order."""
    sessions: SessionBoxes = {}
    for box in boxes:
        sessions.setdefault((box.place, box.day, box.session), []).append(box)
    return sessions


def _middle(numbers: Sequence[float]) -> float:
    return sorted(numbers)[len(numbers) // 2] if numbers else 0.0


def _read(boxes: Sequence[tuple[str, BoxInk | None]], level: BoxInk) -> ReadMark:
    certain = [(code, ink) for code, ink in boxes if ink is not None]
    if len(certain) < len(boxes):
        return ReadMark(doubt=Doubt.UNSEEN)
    if any(ink.share >= BLACKED_FROM for _code, ink in certain):
        return ReadMark(doubt=Doubt.BLACKED)
    darkest_first = sorted(certain, key=lambda pair: -pair[1].share)
    (code, darkest), lighter = darkest_first[0], [ink.share for _code, ink in darkest_first[1:]]
    crease = lighter[-1] if lighter and lighter[0] < MARKED_FROM and lighter[0] - lighter[-1] < _ALIKE else 0.0
    if darkest.share - crease >= MARKED_FROM:
        tail = min(MARKED_FROM, (darkest.share - crease) * _TAIL)
        return ReadMark(doubt=Doubt.TWO) if any(share - crease >= tail for share in lighter) else ReadMark(code)
    if darkest.share >= TRACE_FROM or any(ink.middle - level.middle >= _FAINT_FROM for _code, ink in certain):
        return ReadMark(doubt=Doubt.FAINT)
    if any(ink.beyond - level.beyond >= _BEYOND_FROM for _code, ink in certain):
        return ReadMark(doubt=Doubt.BESIDE)
    return ReadMark()
