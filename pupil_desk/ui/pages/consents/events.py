"""What was asked and said, in words for the timeline."""

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.consents.consent import ConsentEvent
from pupil_desk.domain.sharing.sharing import PUPIL
from pupil_desk.services.consents.standings import Stands
from pupil_desk.services.consents.timeline import Timeline as Told
from pupil_desk.ui.kit.lists.timeline import TimelineEvent
from pupil_desk.ui.pages.consents.words import event_tone


def about(told: Told, rows: list[Stands]) -> list[ConsentEvent]:
    """The events about the consents chosen; all of them where none is."""
    wanted = {(row.type.consent_type, row.occasion.occasion_id if row.occasion else None) for row in rows}
    uses = {row.use or (row.medicine.id if row.medicine else "") for row in rows}
    return [one for one in told.events if not rows or ((one.consent_type, one.occasion_id) in wanted and (not one.use_key or one.use_key in uses))]


def events_of(told: Told | None, rows: list[Stands]) -> list[TimelineEvent]:
    """The same in words, for the timeline."""
    return [_event(one, told) for one in about(told, rows)] if told else []


def _event(one: ConsentEvent, told: Told) -> TimelineEvent:
    step = codelist("consent_step").label_of(one.what)
    who = _("{giver}, the pupil").format(giver=one.giver) if one.by == PUPIL else one.giver or _("Somebody not named")
    parts = [who]
    if one.channel:
        parts.append(codelist("channel").label_of(one.channel))
    if one.valid_to:
        parts.append(_("holds until {day}").format(day=show_date(one.valid_to)))
    if one.note:
        parts.append(one.note.rstrip("."))
    row = told.recordings[one.id]
    when = local_time(row["at"])
    parts.append(_("Words of edition {number}. Entered {day} {time} by {name}").format(
        number=row["wording"], day=show_date(when.date()), time=when.strftime("%H:%M"), name=row["name"] or _("someone who has left")))  # fmt: skip
    struck = bool(row["back_because"])
    if struck:
        gone = local_time(row["back_at"])
        parts.append(_("Taken back {day} by {name}, and counts for nothing: {why}").format(
            day=show_date(gone.date()), name=row["back_by"] or _("someone who has left"), why=row["back_because"]))  # fmt: skip
    return TimelineEvent(one.on, f"{step}: {one.asked_about}", ". ".join(parts) + ".", "plain" if struck else event_tone(one), one.id, struck)
