"""What the register asks someone to look at, as cards: each line leads to the register at that pupil and day.

What the authority is to be told of the register, as a card: a line for who came, one for who goes, one for whose file goes to the next school; each leads to its export.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Literal

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.register.authority_returns import DELETION, ENTRY
from pupil_desk.services.home.deadlines import DueReturn, ReturnsDue
from pupil_desk.services.register import Watch, WatchLine
from pupil_desk.ui.pages.home.cards import CardLine, Go, HomeCard

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


CTF = "ctf"


def returns_card(returns: ReturnsDue, today: date, go: Go) -> HomeCard:
    """The card; empty where nothing is due."""
    kinds = (
        (ENTRY, returns.entries, _("new pupil"), _("new pupils")),
        (DELETION, returns.deletions, _("pupil who leaves"), _("pupils who leave")),
        (CTF, returns.transfers, _("Common Transfer File to send"), _("Common Transfer Files to send")),
    )
    lines = [_line(name, due, count_of(len(due), singular, many), today, go) for name, due, singular, many in kinds if due]
    return HomeCard(
        _("The authority and the next school to be told"),
        lines,
        _("Where it was told before this program was used, say from when on under Settings, Cautions."),
        short=_("Returns to the authority"),
    )


def _line(name: str, due: Sequence[DueReturn], count_words: str, today: date, go: Go) -> CardLine:
    first, late = due[0], sum(due_return.due_day < today for due_return in due)
    words = _("{what}: the first is {name}, by {day}") if len(due) > 1 else _("{what}: {name}, by {day}")
    sentence = words.format(what=count_words, name=first.pupil.full_name, day=short_date(first.due_day))
    return CardLine(sentence, partial(go, "exports", name), "bad" if late else "accent")
