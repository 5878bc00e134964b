"""What Home shows, as data: cards of lines; and the same by the day on which each line is due, each card of a group one line that says what one does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum

from pupil_desk.basics.words import _
from pupil_desk.ui.kit.linkline import LinkTone
from pupil_desk.ui.kit.lists.signs_in_view import Sign

type Go = Callable[..., object]
"""What opens a page of the window: its name, and the place in it."""


_WEEK = timedelta(days=7)


class When(Enum):
    """The groups of Home, in their order."""

    OVERDUE = _("Overdue")
    TODAY = _("Today")
    WEEK = _("This week")
    LATER = _("Later, or without a day")


def when(due: date | None, today: date) -> When:
    """The group of what is due on a day; what has none, nobody waits for."""
    if due is None or due > today + _WEEK:
        return When.LATER
    if due < today:
        return When.OVERDUE
    return When.TODAY if due == today else When.WEEK


@dataclass(frozen=True, slots=True)
class LineBadges:
    """The badges of the pupil whom a line names: their signs, and what they say."""

    signs: Sequence[Sign] = ()
    words: str = ""


NO_BADGES = LineBadges()


@dataclass(frozen=True, slots=True)
class CardLine:
    """One thing to do, where it leads, and the day by which the rule wants it; None where it wants it by no day."""

    words: str
    go: Callable[[], object]
    tone: LinkTone = "accent"
    due: date | None = None
    pupil_id: str = ""  # of the one pupil whom it names
    badges: LineBadges = NO_BADGES


@dataclass(frozen=True, slots=True)
class HomeCard:
    """Things of one kind. ``several`` says what one does with more than one of them, ``{count}`` in all. ``all`` leads to their list, where there is
    one that shows them and no others; else such a line leads to the first of them.

    ``title`` is how a line of Home begins, and what the help calls it; ``text`` goes with the lines of the card.
    """

    title: str
    lines: Sequence[CardLine] = field(default=())
    text: str = ""
    all: Callable[[], object] | None = None
    several: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """A line of a group of Home: of one card the things that are due then. ``items`` are those things where they are more than one."""

    name: str
    words: str
    go: Callable[[], object]
    tone: LinkTone
    items: tuple[CardLine, ...] = ()
    text: str = ""
    all: Callable[[], object] | None = None
    badges: LineBadges = NO_BADGES

    @property
    def count(self) -> int:
        """Of how many things it tells."""
        return len(self.items) or 1

    @property
    def as_read(self) -> tuple[object, ...]:
        """All that a person reads of it."""
        return (self.name, self.words, self.tone, self.badges, self.text, tuple((item.words, item.badges) for item in self.items))


def by_day(cards: Sequence[HomeCard], today: date) -> dict[When, list[Duty]]:
    """The duties of every group, those whose colour is red first, else as the cards stand."""
    groups: dict[When, list[Duty]] = {group: [] for group in When}
    for card in cards:
        of_group: dict[When, list[CardLine]] = {}
        for line in card.lines:
            of_group.setdefault(when(line.due, today), []).append(line)
        for group, lines in of_group.items():
            groups[group].append(_duty(card, lines))
    return {group: sorted(duties, key=lambda duty: duty.tone != "bad") for group, duties in groups.items()}


def _duty(card: HomeCard, lines: Sequence[CardLine]) -> Duty:
    tones = {line.tone for line in lines}
    tone: LinkTone = "bad" if "bad" in tones else "check" if "check" in tones else "accent"
    first = lines[0]
    if len(lines) == 1:
        return Duty(card.title, first.words, first.go, tone, text=card.text, badges=first.badges)
    words = (card.several or _("{count} to look at")).format(count=len(lines))
    return Duty(card.title, words, card.all or first.go, tone, tuple(lines), text=card.text, all=card.all)
