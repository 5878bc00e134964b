"""How a consent stands, in words and signs: state is told by both, and by colour where there is one.

What was asked and said, in words for the timeline.
"""

from collections.abc import Iterable, Sequence

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date, show_date
from pupil_desk.basics.words import _, any_of, count_of
from pupil_desk.domain.consents.case import ConsentStatus, Verdict
from pupil_desk.domain.consents.consent import GIVEN, REQUEST, WITHDRAWN, ConsentEvent, ConsentType, fill_places
from pupil_desk.domain.sharing.choice import PUPIL
from pupil_desk.services.consents import standings
from pupil_desk.services.consents.standings import PupilConsent
from pupil_desk.services.consents.timeline import ConsentTimeline
from pupil_desk.ui.kit.lists.timeline import TimelineEvent, Tone

SIGNS = {
    ConsentStatus.GIVEN: "check-circle",
    ConsentStatus.REFUSED: "x-circle",
    ConsentStatus.WITHDRAWN: "arrow-u-up-left",
    ConsentStatus.LAPSED: "hourglass",
    ConsentStatus.WAITING: "clock",
    ConsentStatus.NOT_ASKED: "question",
}


def standing_words(consent_type: ConsentType, verdict: Verdict) -> str:
    """«Yes», «No», «Asked, no reply»; of a request «Left out», «Takes part»."""
    code_list = "consent_request_standing" if consent_type.basis == REQUEST else "consent_standing"
    words = codelist(code_list).label_of(verdict.standing.value)
    return _("{words}; parents differ").format(words=words) if verdict.differ else words


def if_it_was(names: Sequence[str], words: str, end: str) -> str:
    """How it stands where one of ``names`` said it, which is not chosen yet: ``words``, and the sentence ``end`` that says until when, if any."""
    return _("If it was {names}, it then stands: {words}. {end}").format(names=any_of(list(names)), words=words, end=end).rstrip()


def why_words(row: PupilConsent) -> str:
    """Why it stands so; after a no also what the pupil gets instead, and what the form promised for when a yes ends."""
    lines = [row.verdict.reason]
    is_no = row.verdict.standing in (ConsentStatus.REFUSED, ConsentStatus.WITHDRAWN)
    places = {"forename": row.pupil.preferred_forename or row.pupil.forename, "occasion": row.subject_words}
    if is_no and row.type.alternative and row.type.basis != REQUEST:
        lines.append(_("Instead: {words}").format(words=fill_places(row.type.alternative, places)))
    if (is_no or row.verdict.standing is ConsentStatus.LAPSED) and row.was_given and row.type.withdrawal:
        lines.append(_("Now do: {words}").format(words=fill_places(row.type.withdrawal, places)))
    return "\n".join(lines)


def until_words(verdict: Verdict) -> str:
    """The last day of a yes; empty where there is none."""
    return short_date(verdict.until) if verdict.in_force and verdict.until else ""


def together_words(rows: Sequence[PupilConsent]) -> str:
    """How several uses stand together: the words they share, else how many of each."""
    words = [standing_words(row.type, row.verdict) for row in rows]
    if len(set(words)) == 1:
        return words[0] if len(rows) == 1 else _("{words}, all {number}").format(words=words[0], number=len(words))
    return ", ".join(f"{words.count(standing_text)} {standing_text.lower()}" for standing_text in dict.fromkeys(words))


def together_sign(rows: Sequence[PupilConsent]) -> str:
    """The sign that they share; that of what is still open, where they differ."""
    standings_present = {row.verdict.standing for row in rows}
    order = (
        ConsentStatus.NOT_ASKED,
        ConsentStatus.WAITING,
        ConsentStatus.LAPSED,
        ConsentStatus.WITHDRAWN,
        ConsentStatus.REFUSED,
        ConsentStatus.GIVEN,
    )
    return SIGNS[next(standing for standing in order if standing in standings_present)]


def counts_words(rows: Iterable[Sequence[PupilConsent]]) -> str:
    """«12 pupils: 7 yes, 3 not asked. 1 protected»: of each pupil's rows the most open one."""
    rows = list(rows)
    first = [min(pupil_rows, key=lambda row: row.verdict.in_force) for pupil_rows in rows]
    numbers = standings.count_by_standing(first)
    parts = [
        f"{number} {standing_words(first[0].type, Verdict(standing=standing, reason='')).lower()}" for standing, number in numbers.items()
    ]
    words = _("{pupils}: {parts}").format(pupils=count_of(len(rows), _("pupil"), _("pupils")), parts=", ".join(parts) or _("none"))
    protected = sum(pupil_rows[0].protected for pupil_rows in rows)
    return _("{words}. {number} protected").format(words=words, number=protected) if protected else words


def event_tone(event: ConsentEvent) -> Tone:
    """The colour of an event: a yes, a no, anything else."""
    return {GIVEN: "good", "refused": "check", WITHDRAWN: "check"}.get(event.what, "plain")  # type: ignore[return-value]  # each is a tone


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
