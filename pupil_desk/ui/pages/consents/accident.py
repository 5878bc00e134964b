"""That somebody was badly hurt on a trip: recorded afterwards too, when the trip stands in no list of what is to be asked."""

import dataclasses
from datetime import timedelta

from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.consents.consent import Occasion
from pupil_desk.domain.governance.retention import CONSENT
from pupil_desk.services.consents import occasions
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Choice

_BACK = timedelta(days=400)
_MOST = 12  # trips offered


def record_accident(context: Context) -> bool:
    """Ask of which trip, and once more with what it does; whether anything was recorded."""
    desk, ask = context.desk, context.ask
    begun = [one for one in occasions.occasions(desk) if not one.cancelled and one.start is not None and desk.today - _BACK <= one.start <= desk.today]
    if not begun:
        context.banner.note(_("No trip has begun within the last year."))
        return False
    choices = [Choice(one.occasion_id, _of(one)) for one in sorted(begun, key=lambda one: one.start or desk.today, reverse=True)[:_MOST]]
    key = ask.choose(_("On which trip was somebody badly hurt?"), _("It concerns everybody who was asked about the trip."), [*choices, Choice("", _("Cancel"))], safe="")
    held = next((one for one in begun if one.occasion_id == key), None)
    if held is None:
        return False
    pupils = count_of(len(occasions.listed(desk, held.occasion_id)), _("pupil"), _("pupils"))
    words = _("What was said of {trip} by or for {pupils} is then kept by this: {kept}.") if not held.hurt else _("Nobody was badly hurt on {trip}: what was said of it by or for {pupils} is then kept no longer than of any other. {kept}.")
    text = words.format(trip=_of(held), pupils=pupils, kept=desk.schedule[CONSENT].sentence)
    if not ask.confirm(_("Take it back?") if held.hurt else _("Record that somebody was badly hurt?"), text, _("Take it back") if held.hurt else _("Record it")):
        return False
    return context.keep(lambda: occasions.change(desk, dataclasses.replace(held, hurt=not held.hurt), ask_again=False), _("Recorded."))


def _of(one: Occasion) -> str:
    words = _("{name}, {days}").format(name=one.name, days=one.days)
    return _("{trip} (recorded)").format(trip=words) if one.hurt else words
