"""What Home tells of requests and complaints: one line each, the most pressing first, with the days that are left."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Literal

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.text import begun_small, capital
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.requests.clock import Pressing
from pupil_desk.services.packs.restricted import ToAdd
from pupil_desk.services.requests.looking import CaseRow
from pupil_desk.ui.pages.home.cards import CardLine, HomeCard
from pupil_desk.ui.pages.home.coming_up import Go

_TONES: dict[Pressing, Literal["bad", "check"]] = {Pressing.LATE: "bad", Pressing.SOON: "check"}


def requests_card(rows: Sequence[CaseRow], today: date, go: Go) -> HomeCard:
    """One line a case that is not answered, which leads to it."""
    lines = [
        CardLine(_words(row, today), partial(go, "requests", row.id), _TONES.get(row.seen.clock.pressing(today), "accent")) for row in rows
    ]
    return HomeCard(_("Requests and complaints to answer"), lines, all=partial(go, "requests"), short=_("Requests"))


def notes_card(packs: Sequence[ToAdd], go: Go) -> HomeCard:
    """For who is named to read restricted notes: one line a copy that waits for them, which leads to that step."""
    words = _("{name}: {notes} to be added to a copy")
    lines = [
        CardLine(
            words.format(name=pack.pupil.full_name, notes=count_of(pack.notes, _("restricted note"), _("restricted notes"))),
            partial(go, "requests", pack.pack_id),
            "check",
        )
        for pack in packs
    ]
    title = _("Restricted notes to be added to a copy: {count}").format(count=len(packs))
    return HomeCard(
        title, lines, _("Only someone named to read them can do this."), all=partial(go, "requests"), short=_("Restricted notes for a copy")
    )


def _words(row: CaseRow, today: date) -> str:
    """Whose it is, what is asked for, by when, and the next step."""
    overview = row.seen
    request_kind = begun_small(codelist("request_kind").label_of(overview.case.kind))
    pattern = _("{name}: {what}, {when}") if row.name else _("{what}, {when}")
    words = capital(pattern.format(name=row.name, what=request_kind, when=_when(row, today)))
    return _("{words}. Next: {step}").format(words=words, step=begun_small(overview.next_step.words)) if overview.next_step else words


def _when(row: CaseRow, today: date) -> str:
    clock = row.seen.clock
    left = clock.days_left(today)
    if clock.due is None or left is None:
        return _("the clock stands still") if clock.still_since else _("no day is set")
    if left < 0:
        return _("{days} late").format(days=count_of(-left, _("day"), _("days")))
    return _("by {day}").format(day=short_date(clock.due))
