"""Notes: what happened or was said, with a category and an author. A wording is never written over; a further one follows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, Special, item
from pupil_desk.domain.catalogue.validation import Problem, gathered

_NOTE = Facts(Section.NOTES, Category.NOTES, Purpose.CARE, Basis.PUBLIC_TASK)
_TOLD = Facts(Section.NOTES, Category.NOTES, Purpose.CARE, Basis.PUBLIC_TASK, special=Special.SAFETY)
_LONGEST_TEXT = 8000  # characters: about three pages

SAFEGUARDING = "safeguarding"
SHOWN_IN_FORM = ("category", "text", "day", "follow_up")  # the rest is recorded by a button of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One wording of a note, whole. Those that share ``note_id`` are one note; the last of them counts."""

    id: str = ""
    pupil_id: str = ""
    note_id: str = ""
    category: str = item(_("Category"), Kind.CODE, codes="note_category", facts=_NOTE, required=True)
    text: str = item(
        _("What happened or was said"),
        Kind.LINES,
        facts=_TOLD,
        required=True,
        longest=_LONGEST_TEXT,
        hint=_("Facts, and who said what. The family may ask to read it"),
    )
    day: date = item(_("Day"), Kind.DATE, facts=_NOTE, required=True, hint=_("When it happened"))
    follow_up: date | None = item(_("Look at it again on"), Kind.DATE, facts=_NOTE, hint=_("It then stands on Home until it is done"))
    done_on: date | None = item(_("Looked at again on"), Kind.DATE, facts=_NOTE)
    struck: str | None = item(_("Struck out because"), Kind.TEXT, facts=_TOLD)

    @property
    def open_follow_up(self) -> date | None:
        """The day to look at it again, while that is not done."""
        return self.follow_up if self.done_on is None and self.struck is None else None


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of a note, when it was recorded (as the file keeps a moment), and by whom: the user, and the name."""

    note: Note
    at: str
    by_id: str
    by: str


def always_restricted(category: str) -> bool:
    """Whether a note of that category is read only by those named for it, whoever writes it. Where the unit keeps its safeguarding files in
    another program or on paper, that is all that stands here of a concern."""
    return category == SAFEGUARDING


def belongs_in_file(category: str) -> bool:
    """Whether a note of that category belongs in the safeguarding file, in a unit that keeps these here: then it is written as a concern."""
    return category == SAFEGUARDING


@gathered
def check_note(note: Note, today: date) -> Iterator[Problem]:
    """A note tells of what has been; it is looked at again on that day or after it."""
    if note.day > today:
        yield Problem("day", "future_date", _("This day is still to come. Enter the day when it happened."))
    if note.follow_up is not None and note.follow_up < note.day:
        words = _("That is before the day of the note. Enter a later day.")
        yield Problem("follow_up", "before_day", words)
