"""What was asked and said, in words for the timeline."""

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.consents.consent import ConsentEvent
from pupil_desk.domain.sharing.choice import PUPIL
from pupil_desk.services.consents.standings import PupilConsent
from pupil_desk.services.consents.timeline import ConsentTimeline
from pupil_desk.ui.kit.lists.timeline import TimelineEvent
from pupil_desk.ui.pages.consents.words import event_tone


def events_about(history: ConsentTimeline, rows: list[PupilConsent]) -> list[ConsentEvent]:
    """The events about the consents chosen; all of them where none is."""
    consents = {(row.type.consent_type, row.occasion.occasion_id if row.occasion else None) for row in rows}
    uses = {row.use or (row.medicine.id if row.medicine else "") for row in rows}
    return [
        event
        for event in history.events
        if not rows or ((event.consent_type, event.occasion_id) in consents and (not event.use_key or event.use_key in uses))
    ]


def events_of(history: ConsentTimeline | None, rows: list[PupilConsent]) -> list[TimelineEvent]:
    """The same in words, for the timeline."""
    return [_event(event, history) for event in events_about(history, rows)] if history else []


def _event(event: ConsentEvent, history: ConsentTimeline) -> TimelineEvent:
    step = codelist("consent_step").label_of(event.what)
    giver = _("{giver}, the pupil").format(giver=event.giver) if event.by == PUPIL else event.giver or _("Somebody not named")
    parts = [giver]
    if event.channel:
        parts.append(codelist("channel").label_of(event.channel))
    if event.valid_to:
        parts.append(_("holds until {day}").format(day=show_date(event.valid_to)))
    if event.note:
        parts.append(event.note.rstrip("."))
    row = history.recordings[event.id]
    when = local_time(row["at"])
    parts.append(
        _("Words of edition {number}. Entered {day} {time} by {name}").format(
            number=row["wording"], day=show_date(when.date()), time=when.strftime("%H:%M"), name=row["name"] or _("someone who has left")
        )
    )
    struck = bool(row["back_because"])
    if struck:
        back_moment = local_time(row["back_at"])
        parts.append(
            _("Taken back {day} by {name}, and counts for nothing: {why}").format(
                day=show_date(back_moment.date()), name=row["back_by"] or _("someone who has left"), why=row["back_because"]
            )
        )
    return TimelineEvent(
        event.on, f"{step}: {event.asked_about}", ". ".join(parts) + ".", "plain" if struck else event_tone(event), event.id, struck=struck
    )
