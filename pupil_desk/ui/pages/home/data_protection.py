"""What data protection asks someone to do, as cards: a breach whose clock runs, an erasure to decide, a hold to look at."""

from collections.abc import Callable
from functools import partial

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _, count_of
from pupil_desk.services import holds
from pupil_desk.services.desk import Desk
from pupil_desk.services.erasure import cases
from pupil_desk.services.erasure.cases import State
from pupil_desk.services.governance import breaches
from pupil_desk.ui.pages.home.cards import CardLine, HomeCard

type Go = Callable[..., object]
_PAGE = "data-protection"


def data_protection_cards(desk: Desk, go: Go) -> list[HomeCard]:
    """A card a list; those without a line are left out by the page."""
    breach_clocks = [(breach, breaches.clock(desk, breach)) for breach in breaches.pressing(desk)]
    running = [
        CardLine(
            _("{breach}: {clock}").format(breach=breaches.title(breach), clock=clock.words),
            partial(go, _PAGE, "breaches"),
            "bad" if clock.pressing else "check",
        )
        for breach, clock in breach_clocks
    ]
    decide = [
        CardLine(_DECIDE[line.state].format(name=line.name, ref=line.ref), partial(go, _PAGE, line.pupil_id), "check")
        for line in cases.to_decide(desk)
    ]
    looks = [
        CardLine(
            _("{whom}: look at the hold again, it was due on {day}").format(whom=row.name or _("Everybody’s data"), day=show_date(day)),
            partial(go, _PAGE, "keeping"),
            "check",
        )
        for row in holds.to_look_at(desk)
        if (day := row.hold.review_on) is not None
    ]
    return [
        HomeCard(_("Breaches"), running, all=partial(go, _PAGE, "breaches")),
        HomeCard(_("Keeping and erasing"), [*decide, *_due(desk, go), *looks], all=partial(go, _PAGE, "keeping")),
    ]


def _due(desk: Desk, go: Go) -> list[CardLine]:
    number = cases.due_today(desk)
    if not number:
        return []
    words = _("Something held of {pupils} is due: look, and propose to erase it").format(pupils=count_of(number, _("pupil"), _("pupils")))
    return [CardLine(words, partial(go, _PAGE, "keeping"), "check")]


_DECIDE = {
    State.AGREE: _("{name} ({ref}): somebody proposed to erase what is held; say whether you agree"),
    State.READY: _("{name} ({ref}): the erasure may be carried out"),
}
