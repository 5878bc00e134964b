"""What Home tells of data protection, as cards.

A breach whose clock runs, an erasure to decide, a hold to look at.

Exports: those not confirmed as delivered, and files kept of one whose day has come.

Requests and complaints: one line each, the most pressing first, with the days that are left.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import Literal

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date, show_date
from pupil_desk.basics.text import begun_small, capital
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.requests.clock import Pressing
from pupil_desk.services import holds
from pupil_desk.services.desk import Desk
from pupil_desk.services.erasure import cases
from pupil_desk.services.erasure.cases import State
from pupil_desk.services.exports.kept.frozen import ContentKept
from pupil_desk.services.exports.listing import PastExport
from pupil_desk.services.governance import breaches
from pupil_desk.services.home.home import Tasks
from pupil_desk.services.packs.restricted import ToAdd
from pupil_desk.services.requests.looking import CaseRow
from pupil_desk.ui.kit.context import Place
from pupil_desk.ui.pages.home.cards import CardLine, Go, HomeCard

_GOVERNANCE_PAGE = "data-protection"


def data_protection_cards(desk: Desk, go: Go) -> list[HomeCard]:
    """A card a list; those without a line are left out by the page."""
    breach_clocks = [(breach, breaches.clock(desk, breach)) for breach in breaches.pressing(desk)]
    running = [
        CardLine(
            _("{breach}: {clock}").format(breach=breaches.title(breach), clock=clock.words),
            partial(go, _GOVERNANCE_PAGE, str(Place("", "breaches", "breach", breach.id))),
            "bad" if clock.pressing else "check",
            breach.due.astimezone().date(),
        )
        for breach, clock in breach_clocks
    ]
    decide = [
        CardLine(
            _DECIDE[line.state].format(name=line.name, ref=line.ref),
            partial(go, _GOVERNANCE_PAGE, line.pupil_id),
            "check",
            desk.today,
            line.pupil_id,
        )
        for line in cases.to_decide(desk)
    ]
    looks = [
        CardLine(
            _("{whom}: look at the hold again, it was due on {day}").format(whom=row.name or _("Everybody’s data"), day=show_date(day)),
            partial(go, _GOVERNANCE_PAGE, str(Place("", "keeping", "legal_hold", row.id))),
            "check",
            day,
            row.hold.pupil_id or "",
        )
        for row in holds.to_look_at(desk)
        if (day := row.hold.review_on) is not None
    ]
    return [
        HomeCard(
            _("Breaches"), running, all=partial(go, _GOVERNANCE_PAGE, "breaches"), several=_("{count} breaches: decide on the report")
        ),
        HomeCard(
            _("Keeping and erasing"),
            [*decide, *_due(desk, go), *looks],
            all=partial(go, _GOVERNANCE_PAGE, "keeping"),
            several=_("{count} things: look, and decide"),
        ),
    ]


def _due(desk: Desk, go: Go) -> list[CardLine]:
    number = cases.due_today(desk)
    if not number:
        return []
    words = _("Something held of {pupils} is due: look, and propose to erase it").format(pupils=count_of(number, _("pupil"), _("pupils")))
    return [CardLine(words, partial(go, _GOVERNANCE_PAGE, "keeping"), "check", desk.today)]


_DECIDE = {
    State.AGREE: _("{name} ({ref}): somebody proposed to erase what is held; say whether you agree"),
    State.READY: _("{name} ({ref}): the erasure may be carried out"),
}


_EXPORTS_PAGE = "exports"


def exports_cards(tasks: Tasks, go: Go) -> list[HomeCard]:
    """One line an export, which leads to it."""
    within = timedelta(days=tasks.confirm_days)
    confirm_lines = [
        CardLine(_unconfirmed(export), partial(go, _EXPORTS_PAGE, export.export_id), "check", export.made_on + within)
        for export in tasks.unconfirmed
    ]
    kept_lines = [
        CardLine(_kept_words(export), partial(go, _EXPORTS_PAGE, export.export_id), "check", export.until) for export in tasks.files_kept
    ]
    made = partial(go, _EXPORTS_PAGE, "made")
    return [
        HomeCard(
            _("Exports to confirm"), confirm_lines, all=made, several=_("{count} exports: confirm that they arrived, and delete the copies")
        ),
        HomeCard(_("Files kept"), kept_lines, all=made, several=_("{count} exports: delete the files kept here")),
    ]


def _unconfirmed(export: PastExport) -> str:
    return _("{title}, made on {day}: confirm that it arrived, and delete the copy").format(
        title=export.title, day=show_date(export.made_on)
    )


def _kept_words(export: ContentKept) -> str:
    return _("{title}, made on {day}: delete the files kept here").format(
        title=export.title, day=show_date(local_time(export.made_at).date())
    )


_TONES: dict[Pressing, Literal["bad", "check"]] = {Pressing.LATE: "bad", Pressing.SOON: "check"}


def requests_card(rows: Sequence[CaseRow], today: date, go: Go) -> HomeCard:
    """One line a case that is not answered, which leads to it."""
    lines = [
        CardLine(
            _words(row, today),
            partial(go, "requests", row.id),
            _TONES.get(row.seen.clock.pressing(today), "accent"),
            row.seen.clock.due,
            row.seen.case.pupil_id or "",
        )
        for row in rows
    ]
    several = _("{count} requests or complaints: take the next step")
    return HomeCard(_("Requests"), lines, all=partial(go, "requests"), several=several)


def notes_card(packs: Sequence[ToAdd], today: date, go: Go) -> HomeCard:
    """For who is named to read restricted notes: one line a copy that waits for them, which leads to that step."""
    words = _("{name}: {notes} to be added to a copy")
    lines = [
        CardLine(
            words.format(name=pack.pupil.full_name, notes=count_of(pack.notes, _("restricted note"), _("restricted notes"))),
            partial(go, "requests", pack.pack_id),
            "check",
            today,
            pack.pupil.id,
        )
        for pack in packs
    ]
    return HomeCard(
        _("Restricted notes for a copy"),
        lines,
        _("Only someone named to read them can do this."),
        all=partial(go, "requests"),
        several=_("{count} copies: add the restricted notes"),
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
