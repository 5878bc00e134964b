"""A sheet on which a provider says of each session of a week whether the pupil came: to be signed, sent back, and entered under *Sessions*.

It goes to whoever the notice names, names those of whom the rule of sharing lets the provider be told, and is logged as told when printed.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.basics.dates import short_date, show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.providers import return_sheet as layout
from pupil_desk.documents.typography.fonts import named_with_boxes
from pupil_desk.domain.catalogue.items import item_named
from pupil_desk.domain.pupils.enrolment import on_roll
from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Session
from pupil_desk.domain.sharing.recipients import PROVIDERS
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import disclosures
from pupil_desk.services.guard import Guard, guard
from pupil_desk.services.providers import pupil_sheet
from pupil_desk.services.providers.providers import ProviderStanding, in_week
from pupil_desk.services.unit import calendars
from pupil_desk.store.tables import enrolments

_DAYS = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
_HALVES = {Session.AM: _("morning"), Session.PM: _("afternoon")}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnSheet:
    """The sheet of a week for one provider: its story, title and guard, and whom it names. ``left_out`` says of whom it does not, and why."""

    provider: str
    story: Sequence[Block]
    title: str
    guard: Guard
    pupil_ids: Sequence[str]
    left_out: Sequence[str]


def sheet(desk: Desk, standing: ProviderStanding, day: date, confirm: Collection[str] = ()) -> ReturnSheet:
    """The sheet of the week of a day; of a protected pupil only where ``confirm`` has the pupil. Raises NotAllowed; WrongUse for a provider that the
    notice does not name, or where nobody is expected there in that week of whom it may be told."""
    standing = in_week(desk, standing, day)
    judged_pupils = pupil_sheet.judged(desk, standing, confirm)
    people = [each.pupil for each in pupil_sheet.told_of(judged_pupils)]
    monday = day - timedelta(days=day.weekday())
    days = calendars.school_calendar(desk.vault).school_days(monday, monday + timedelta(days=6))
    stays = enrolments.by_pupil(desk.vault, [pupil.id for pupil in people])
    expected = [
        (open_day, session, pupil)
        for open_day in days
        for session in Session
        for pupil in people
        if on_roll(stays[pupil.id], open_day)
        and any(place.expects(open_day, session) for place in standing.placements if place.pupil_id == pupil.id)
    ]
    if not expected:
        raise WrongUse(_("Nobody of whom it may be told is expected there in that week."))
    rows = [
        (
            named_with_boxes(pupil.full_name, pupil.ref),
            _("{day} {date}").format(day=_DAYS[on.weekday()], date=short_date(on)),
            _HALVES[half],
        )
        for on, half, pupil in expected
    ]
    pupil_ids = list(dict.fromkeys(pupil.id for _day, _session, pupil in expected))
    reach = " / ".join(filter(None, (desk.settings.phone, desk.settings.email)))
    return ReturnSheet(
        provider=standing.name,
        story=layout.story(
            standing.name,
            _("{first} to {last}").format(first=show_date(days[0]), last=show_date(days[-1])),
            rows,
            _("{unit}, {reach}").format(unit=desk.settings.name, reach=reach) if reach else desk.settings.name,
        ),
        title=_("Sessions to return"),
        guard=guard(desk, set(pupil_ids), "sessions to return", is_handed_out=True),
        pupil_ids=pupil_ids,
        left_out=[each.left_out for each in judged_pupils if each.left_out],
    )


def log_print(desk: Desk, return_sheet: ReturnSheet) -> None:
    """Log that the sheet went to the printer, and what it tells of whom."""
    labels = [item_named(Pupil, "surname").label, item_named(Pupil, "forename").label, item_named(Placement, "sessions").label]
    items_by_pupil = dict.fromkeys(return_sheet.pupil_ids, labels)
    told = disclosures.of_paper(PROVIDERS, return_sheet.provider, return_sheet.title, items_by_pupil)
    disclosures.keep_printed(desk, "sessions to return printed", told)
