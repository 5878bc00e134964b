"""What the register asks someone to look at, as cards: each line leads to the register at that pupil and day."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal

from pupil_desk.basics.words import _
from pupil_desk.services.register import Watch, WatchLine
from pupil_desk.ui.pages.home.cards import CardLine, HomeCard

type Go = Callable[..., object]
type Tone = Literal["accent", "bad", "check"]


def register_cards(watch: Watch, go: Go) -> list[HomeCard]:
    """A card a list; those without a line are left out by the page."""
    note = _("The authority is told of it.")
    return [
        HomeCard(_("Sessions not marked"), _lines(watch.unmarked, go, "check"), all=partial(go, "register")),
        HomeCard(
            _("Absences without a reason for five school days"),
            _lines(watch.unsettled, go, "check"),
            all=partial(go, "register"),
            short=_("Absences without a reason"),
        ),
        HomeCard(
            _("Absent without leave for ten school days"),
            _lines(watch.ten_days, go, "bad"),
            note,
            partial(go, "register"),
            short=_("Absent without leave"),
        ),
        HomeCard(_("Ill for fifteen school days"), _lines(watch.fifteen_days, go, "check"), note, partial(go, "register"), short=_("Ill")),
        HomeCard(
            _("Severe absence: half of the sessions or more"),
            _lines(watch.severe, go, "bad"),
            all=partial(go, "register"),
            short=_("Severe absence"),
        ),
        HomeCard(
            _("Persistent absence: a tenth of the sessions or more"),
            _lines(watch.persistent, go, "check"),
            all=partial(go, "register"),
            short=_("Persistent absence"),
        ),
    ]


def _lines(watch_lines: Sequence[WatchLine], go: Go, tone: Tone) -> list[CardLine]:
    return [
        CardLine(_("{name}: {words}").format(name=line.name, words=line.words), partial(go, "register", _where(line)), tone)
        for line in watch_lines
    ]


def _where(line: WatchLine) -> str:
    """The pupil, and the day and the session where the line is of one, as the register takes them."""
    return "@".join(part for part in (line.pupil_id, line.day.isoformat() if line.day else "", line.session or "") if part)
