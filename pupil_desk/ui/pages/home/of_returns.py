"""What the authority is to be told of the register, as a card: a line for who came, one for who goes, one for whose file goes to the next school; each leads to its export."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.register.authority_returns import DELETION, ENTRY
from pupil_desk.services.home.returns_due import DueReturn, ReturnsDue
from pupil_desk.ui.pages.home.cards import CardLine, HomeCard

CTF = "ctf"

type Go = Callable[..., object]


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
