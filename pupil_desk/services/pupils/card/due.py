"""What is due of one pupil: the duties that Home lists, of this pupil alone, each with the place where it is done."""

from collections.abc import Iterator, Sequence
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.text import begun_small, capital
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.pupils.enrolment import on_roll
from pupil_desk.services.accidents import accidents_due
from pupil_desk.services.desk import Desk
from pupil_desk.services.home import deadlines
from pupil_desk.services.home.home import lacking
from pupil_desk.services.incidents import incidents_due
from pupil_desk.services.learning import next_steps
from pupil_desk.services.letters import coming_of_age
from pupil_desk.services.notes import notes
from pupil_desk.services.notices import notices
from pupil_desk.services.plans import plans_due
from pupil_desk.services.pupils.card.facts import CardFact, FactTone
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.requests import looking
from pupil_desk.services.requests.looking import CaseStanding
from pupil_desk.services.roles import Action
from pupil_desk.services.sharing import wish_waiting
from pupil_desk.services.suspensions import suspension_due
from pupil_desk.store.tables import cases, choices, wish_steps

_PARTS = {
    "medicine": "health",
    "sen_period": "needs",
    "enrolment": "stays",
    "timetable": "timetables",
    "school_place": "school-places",
    "placement": "placements",
}
_REVIEWS = {
    "medicine": _("Medicine to be used up or replaced"),
    "sen_period": _("Plan to be reviewed"),
    "enrolment": _("Placement to be reviewed"),
    "timetable": _("Part-time timetable to be reviewed"),
    "school_place": _("Place agreed with a school: a review, or its last day"),
    "placement": _("Place at a provider: a review, or its last day"),
}
_RETURNS = (
    ("entries", _("The authority to be told that the pupil came")),
    ("deletions", _("The authority to be told that the pupil leaves")),
    ("transfers", _("Common Transfer File to send")),
)


def due_of(desk: Desk, record: PupilRecord) -> list[CardFact]:
    """What is due, what has a day first and the earliest of it. Whoever asks has asked the role."""
    dated = sorted(_dated(desk, record), key=lambda pair: pair[0])
    return [*(fact for _day, fact in dated), *_undated(desk, record)]


def _fact(day: date, today: date, words: str, *, page: str = "pupils", place: Sequence[str] = ()) -> tuple[date, CardFact]:
    part, kind, row_id, item = (*place, "", "", "", "")[:4]
    words = _("{what} by {day}").format(what=words, day=short_date(day))
    return day, CardFact(words=words, page=page, part=part, kind=kind, row_id=row_id, item=item, tone="bad" if day < today else "check")


def _dated(desk: Desk, record: PupilRecord) -> Iterator[tuple[date, CardFact]]:
    today, pupil = desk.today, record.pupil
    for steps in suspension_due.open_steps(desk, pupil.id):
        words = _("{subject}: {what}").format(subject=capital(steps.subject), what=join_words(steps.words))
        tone: FactTone = "bad" if steps.late else "check"
        yield steps.due, CardFact(words=words, part="suspensions", kind="suspension", row_id=steps.decision, tone=tone)
    for incident in incidents_due.open_incidents(desk, pupil.id):
        words = _("{subject}: {what}").format(subject=incident.subject, what=join_words(incident.words))
        yield incident.due, CardFact(words=words, page="incidents", of=incident.incident_id, tone="bad" if incident.late else "check")
    for accident in accidents_due.open_accidents(desk, pupil.id):
        words = _("Accident of {day}: {what}").format(day=short_date(accident.day), what=join_words(accident.words))
        tone = "bad" if accident.late else "check"
        yield accident.due, CardFact(words=words, part="accidents", kind="accident", row_id=accident.accident_id, tone=tone)
    for plan in plans_due.open_plans(desk, [pupil]):
        words = _("{plan}: {what}").format(plan=capital(plan.kind), what=join_words(plan.words))
        yield plan.due, CardFact(words=words, part="plans", kind="plan", row_id=plan.entry_id, tone="bad" if plan.late else "check")
    for kind, item, row in deadlines.reviews_of(desk, pupil.id):
        yield _fact(getattr(row, item), today, _REVIEWS[kind], place=(_PARTS[kind], kind, row.id, item))
    returns = deadlines.returns_to_make(desk, pupil.id)
    for name, words in _RETURNS:
        for due_return in getattr(returns, name):
            yield _fact(due_return.due_day, today, words, page="exports")
    for note in notes.notes_due(desk):
        if note.pupil_id == pupil.id:
            category = codelist("note_category").label_of(note.category) if note.category else _("Restricted note")
            place = ("notes", "restricted_note" if note.restricted else "note", note.note_id, "text")
            yield _fact(note.since, today, _("Look again at a note ({about})").format(about=begun_small(category)), place=place)
    yield from _requests(desk, pupil.id)


def _requests(desk: Desk, pupil_id: str) -> Iterator[tuple[date, CardFact]]:
    """The requests and complaints that are not answered, for who may read them."""
    if not desk.may(Action.READ_REQUESTS):
        return
    for state in looking.of_pupil(desk, pupil_id):
        if state.standing is CaseStanding.OPEN:
            words = codelist("request_kind").label_of(state.case.kind)
            day = state.clock.due or state.clock.acknowledge_by
            yield (
                _fact(day, desk.today, words, page="requests") if day else (date.max, CardFact(words=words, page="requests", tone="check"))
            )


def _undated(desk: Desk, record: PupilRecord) -> Iterator[CardFact]:
    pupil, today = record.pupil, desk.today
    if not on_roll(record.stays, today):
        return
    if notices.is_due(desk, pupil.id):
        yield CardFact(words=_("Privacy notice to be given"), page="notices", tone="check")
    waiting = wish_waiting.of_pupil(desk, pupil.id)
    if any(row.disagree for row in waiting):
        is_settled = any(row.is_settled for row in waiting)
        words = _("Parents now allow what was settled otherwise") if is_settled else _("Two parents disagree about sharing")
        yield CardFact(words=words, page="sharing", tone="check")
    elif wish_waiting.to_remind(waiting, today):
        yield CardFact(words=_("Answer about sharing not back yet"), page="sharing", tone="check")
    said, steps = choices.of_pupil(desk.vault, pupil.id), wish_steps.of_pupil(desk.vault, pupil.id)
    by_record = cases.said_by_record(desk.vault, desk.settings.rules, pupil.id).get(pupil.id, ())
    for birthday in coming_of_age.of_pupil(pupil, today, said, steps, by_record):
        words = _("{age} years old on {day}").format(age=birthday.age, day=short_date(birthday.day))
        yield CardFact(words=words, page="sharing", tone="check" if birthday.to_tell else "accent")
    if next_steps.without_offer(desk, [pupil]):
        yield CardFact(words=_("No offer of a place after Year 11 or 12"), part="destinations", tone="check")
    if lacks := lacking(pupil, record.contacts):
        yield CardFact(
            words=_("Missing: {what}").format(what=join_words([begun_small(word.partition(" (")[0]) for word in lacks])),
            part="details",
            tone="check",
        )
