"""What the page does about one trip.

That somebody was badly hurt on a trip: recorded afterwards too, when the trip stands in no list of what is to be asked.

The list for the leader of a trip: made in memory, and seen before it is printed.
"""

import dataclasses
from datetime import timedelta

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.consents.consent import Occasion
from pupil_desk.domain.governance.retention import CONSENT
from pupil_desk.services.consents import occasions, standings, trip_papers
from pupil_desk.services.guard import guard
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.papers.coded_forms import Show
from pupil_desk.ui.kit.talk.ask import Choice

_BACK = timedelta(days=400)
_MOST = 12  # trips offered


def record_accident(context: Context) -> bool:
    """Ask of which trip, and once more with what it does; whether anything was recorded."""
    desk, ask = context.desk, context.ask
    trips = [
        occasion
        for occasion in occasions.occasions(desk)
        if not occasion.cancelled and occasion.start is not None and desk.today - _BACK <= occasion.start <= desk.today
    ]
    if not trips:
        context.banner.note(_("No trip has begun within the last year."))
        return False
    choices = [
        Choice(occasion.occasion_id, _trip_words(occasion))
        for occasion in sorted(trips, key=lambda occasion: occasion.start or desk.today, reverse=True)[:_MOST]
    ]
    key = ask.choose(
        _("On which trip was somebody badly hurt?"),
        _("It concerns everybody who was asked about the trip."),
        [*choices, Choice("", _("Cancel"))],
        safe="",
    )
    trip = next((occasion for occasion in trips if occasion.occasion_id == key), None)
    if trip is None:
        return False
    pupils = count_of(len(occasions.pupils_listed(desk, trip.occasion_id)), _("pupil"), _("pupils"))
    words = (
        _("What was said of {trip} by or for {pupils} is then kept by this: {kept}.")
        if not trip.hurt
        else _("Nobody was badly hurt on {trip}: what was said of it by or for {pupils} is then kept no longer than of any other. {kept}.")
    )
    text = words.format(trip=_trip_words(trip), pupils=pupils, kept=desk.schedule[CONSENT].sentence)
    if not ask.confirm(
        _("Take it back?") if trip.hurt else _("Record that somebody was badly hurt?"),
        text,
        _("Take it back") if trip.hurt else _("Record it"),
        stay=_("Keep it") if trip.hurt else "",
    ):
        return False
    return context.keep(lambda: occasions.change(desk, dataclasses.replace(trip, hurt=not trip.hurt), ask_again=False), _("Recorded."))


def _trip_words(occasion: Occasion) -> str:
    words = _("{name}, {days}").format(name=occasion.name, days=occasion.days)
    return _("{trip} (recorded)").format(trip=words) if occasion.hurt else words


def leader(owner: QWidget, context: Context, occasion_id: str, show: Show) -> None:
    """The list for the leader, seen first. Where somebody on it is protected, the paper asks before it is printed or saved."""
    from pupil_desk.documents.pdf.page import build_pdf

    rows = context.attempt(lambda: standings.of_occasion(context.desk, occasion_id))
    story_and_title = context.attempt(lambda: trip_papers.paper(context.desk, occasion_id))
    if rows is None or story_and_title is None:
        return
    (story, title), guarded = story_and_title, guard(context.desk, {row.pupil.id for row in rows}, "list for the leader of a trip")
    context.jobs.run(
        owner,
        lambda _job: build_pdf(
            story, title=title, page_size=trip_papers.LYING, base_size=trip_papers.BASE, stamp=guarded.stamp, box_unprintable=True
        ),
        lambda data: show(title, data, lambda: trip_papers.log_printed(context.desk, rows), guarded),
        title=_("Making the list"),
    )
