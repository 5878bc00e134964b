"""What every page is handed when it is made.

Carries news of what changed from the page that changed it to all the others.

A place within a record, as one text that ``go`` carries to a page: whose record, which part, which record of it, which field.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import Known
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem, Refused
from pupil_desk.domain.changes import Changed
from pupil_desk.services.desk import Desk
from pupil_desk.services.unit import clock_doubt
from pupil_desk.ui.kit.jobs import Jobs
from pupil_desk.ui.kit.talk.ask import Ask
from pupil_desk.ui.kit.talk.banner import Banner
from pupil_desk.ui.kit.watch.making import Making
from pupil_desk.ui.kit.watch.memory import Memory

if TYPE_CHECKING:
    from pupil_desk.ui.kit.talk.passphrase import ShownSecret

LOOKING_ONLY = _("You are only looking. Nothing is changed, printed or saved, since none of it could be logged.")
"""Why what changes, prints or saves cannot be done with a file, or a backup, that is looked at alone."""


class News(QObject):
    """One signal for everybody: ``changed`` carries a domain ``Changed``."""

    changed = Signal(object)

    def tell(self, changed: Changed) -> None:
        self.changed.emit(changed)


def _stays() -> None:
    """A page that stands alone comes from nowhere."""


def _nowhere(name: str, object_id: str | None = None) -> bool:
    """A page that stands alone, as in its own tests, leads nowhere."""
    return False


@dataclass(slots=True)
class Context:
    """The open file and the window's services to a page. ``go(page, id)`` leads to another page by its name; the id may be a ``Place``.

    ``back`` leads to the page that one came from. In ``making`` is made what takes long.
    ``not_kept`` are passwords that were shown apart from their page, are not noted, and could not be kept in the file, or that nobody has seen
    as the window went first.
    """

    desk: Desk
    jobs: Jobs
    ask: Ask
    news: News
    banner: Banner
    memory: Memory
    go: Callable[..., bool] = _nowhere
    back: Callable[[], object] = _stays
    making: Making = field(default_factory=Making)
    not_kept: list["ShownSecret"] = field(default_factory=list)

    def attempt[T](self, work: Callable[[], T], *, on_refusal: Callable[[tuple[Problem, ...]], object] | None = None) -> T | None:
        """Do something at once; what the world refuses goes to the banner, and the answer is None.

        ``on_refusal`` says what is wrong with what was typed where it was typed, such as ``Form.show_problems``; without it that
        goes to the banner too.
        """
        try:
            return work()
        except Refused as error:
            self.ask.end_answer(refused=True)
            if on_refusal is None:
                self.banner.problem(error)
            else:
                on_refusal(error.problems)
        except Known as error:
            self.ask.end_answer(refused=True)
            self.banner.problem(error)
        return None

    def lets_out(self) -> bool:
        """Whether a paper or a file may leave the screen: not while one is only looking. The banner says so then."""
        if self.desk.vault.read_only:
            self.banner.problem(LOOKING_ONLY)
        return not self.desk.vault.read_only

    def clock_is_right(self) -> bool:
        """Whether what bears the day may be made: while the clock is in doubt that is asked, and a yes is logged and ends the doubt."""
        doubt = "" if self.desk.vault.read_only else clock_doubt.standing(self.desk)
        if not doubt:
            return True
        text = _(
            "{doubt} What is made now would be judged by {day}, and bear that day. If it is not today, cancel, and set the date and the time of the PC right. If it is, go on: the log says that you said so."
        )
        if not self.ask.confirm(
            _("Is today {day}?").format(day=show_date(self.desk.today)),
            text.format(doubt=doubt, day=show_date(self.desk.today)),
            _("The day is right: make it"),
            danger=True,
        ):
            return False
        clock_doubt.believe(self.desk)
        return True

    def keep(self, work: Callable[[], Changed], message: str = "") -> bool:
        """Do something that changes the file, tell everybody, and say so; False when it was refused, which the banner says."""
        changed = self.attempt(work)
        if changed is None:
            return False
        self.news.tell(changed)
        if message:
            self.banner.success(message)
        return True


_WITHIN, _BETWEEN = "#", "/"


@dataclass(frozen=True, slots=True)
class Place:
    """``object_id`` alone is the record as a whole.

    ``part`` is a part of it, such as «contacts»; ``kind`` the catalogue's name of a record there, and ``row_id`` its identity,
    empty for one that is not on file yet; ``item`` the field.
    """

    object_id: str
    part: str = ""
    kind: str = ""
    row_id: str = ""
    item: str = ""

    def __str__(self) -> str:
        if not self.part:
            return self.object_id
        return self.object_id + _WITHIN + _BETWEEN.join((self.part, self.kind, self.row_id, self.item))


NEW = "new"
"""The part of a place that is a record still to be made, of whoever the place names."""


SEVERAL = "several"
"""The part of a place that is a thing done with pupils who are chosen: ``kind`` names it, ``row_id`` what is wanted of it, such as a letter."""


def new_with(pupil_id: str) -> str:
    """The place of a record of a pupil that is to be made now: what ``go`` carries to a page that records such."""
    return str(Place(pupil_id, NEW))


def place_of(text: str) -> Place:
    """The place that a text means; an identity alone is the record as a whole."""
    object_id, _sign, part_text = text.partition(_WITHIN)
    parts = part_text.split(_BETWEEN)
    return Place(object_id, *parts) if part_text and len(parts) == 4 else Place(object_id)
