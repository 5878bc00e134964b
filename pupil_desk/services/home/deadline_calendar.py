"""All deadlines of the next 90 days, and the same as a calendar file: what is due and when, by counts, without a name or anything else that tells of one pupil."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.basics.words import _, count_of
from pupil_desk.documents.files.calendar_file import DeadlineEntry, calendar_bytes
from pupil_desk.domain.register.census import census_on
from pupil_desk.domain.unit.kind import kind_of
from pupil_desk.services.accidents import accidents_due
from pupil_desk.services.desk import Desk
from pupil_desk.services.exams import exams_due
from pupil_desk.services.exams.exams_due import ExamTask
from pupil_desk.services.formats.census import terms
from pupil_desk.services.home import deadlines
from pupil_desk.services.incidents import incidents_due
from pupil_desk.services.letters import coming_of_age
from pupil_desk.services.plans import plans_due
from pupil_desk.services.providers import provider_due
from pupil_desk.services.pupils import pupils
from pupil_desk.services.requests import looking
from pupil_desk.services.roles import Action
from pupil_desk.services.suspensions import suspension_due

AHEAD = timedelta(days=90)

_WORDS = {
    "request": (_("request: something is due"), _("requests: something is due")),
    "suspension": (_("suspension or exclusion: a step is due"), _("suspensions or exclusions: a step is due")),
    "incident": (_("incident: something is still to do"), _("incidents: something is still to do")),
    "accident": (_("accident: something is still to do"), _("accidents: something is still to do")),
    "plan": (_("plan: a step of its review is due"), _("plans: a step of their review is due")),
    "exam": (_("exam of a pupil"), _("exams of pupils")),
    "exam-entry": (_("exam that is still to be entered with the board"), _("exams that are still to be entered with the board")),
    "age-13": (_("pupil reaches 13: the youth support service may ask"), _("pupils reach 13: the youth support service may ask")),
    "age-16": (_("pupil reaches 16: ask for the pupil’s own choice"), _("pupils reach 16: ask for their own choice")),
    "age-18": (_("pupil reaches 18: parental responsibility ends"), _("pupils reach 18: parental responsibility ends")),
    "entry": (_("new pupil: the authority to be told by today"), _("new pupils: the authority to be told by today")),
    "deletion": (_("pupil who leaves: the authority to be told by today"), _("pupils who leave: the authority to be told by today")),
    "transfer": (_("leaver: the Common Transfer File to be sent by today"), _("leavers: the Common Transfer Files to be sent by today")),
    "census": (_("school census: the reference day"), _("school censuses: the reference day")),
    "medicine": (_("medicine to be used up"), _("medicines to be used up")),
    "sen_period": (_("review of special educational needs"), _("reviews of special educational needs")),
    "enrolment": (_("review of a placement"), _("reviews of placements")),
    "timetable": (_("review of a timetable"), _("reviews of timetables")),
    "placement": (_("place at a provider: reviewed, or its last day"), _("places at providers: reviewed, or their last day")),
    "provider": (_("provider: a check runs out"), _("providers: a check runs out")),
    "school_place": (_("agreed place: reviewed, or its last day"), _("agreed places: reviewed, or their last day")),
}


@dataclass(frozen=True, slots=True)
class Deadline:
    """What is due on a day, of one kind: how many, and the words for it."""

    kind: str
    day: date
    count: int

    @property
    def words(self) -> str:
        """Such as «2 reviews of placements»."""
        return count_of(self.count, *_WORDS[self.kind])


def all_deadlines(desk: Desk) -> list[Deadline]:
    """What is due from today on within 90 days, as far as the person at the desk may see it, the earliest first. Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    until = desk.today + AHEAD
    counts = Counter((day, kind) for kind, day in _days(desk) if desk.today <= day <= until)
    return [Deadline(kind, day, count) for (day, kind), count in sorted(counts.items())]


def _days(desk: Desk) -> Iterator[tuple[str, date]]:
    for coming in coming_of_age.coming(desk):
        yield f"age-{coming.age}", coming.day
    yield from _steps_to_do(desk)
    due = deadlines.returns_due(desk)
    for kind, returns in (("entry", due.entries), ("deletion", due.deletions), ("transfer", due.transfers)):
        for due_return in returns:
            yield kind, due_return.due_day
    if kind_of(desk.settings.kind).pupil_census:
        yield "census", census_on(terms(), desk.today + AHEAD, desk.settings.census_day).day
    yield from (("provider", check.due) for check in provider_due.checks_due(desk, AHEAD.days) if check.due is not None)
    yield from deadlines.review_days(desk, pupils.on_roll(desk, desk.today), AHEAD.days)
    if desk.may(Action.READ_REQUESTS):
        for row in looking.open_cases(desk):
            due_day = row.seen.clock.due or row.seen.clock.acknowledge_by
            if due_day is not None:
                yield "request", due_day


def _steps_to_do(desk: Desk) -> Iterator[tuple[str, date]]:
    """What is to be done after something happened, each case on every day on which something of it is due, and the steps of plans."""
    for steps in suspension_due.open_steps(desk):
        yield from (("suspension", day) for day in set(steps.due_days))
    for incident in incidents_due.together(incidents_due.open_incidents(desk)):
        yield from (("incident", day) for day in {duty.due for duty in incident.duties})
    for accident in accidents_due.open_accidents(desk):
        yield from (("accident", day) for day in set(accident.due_days))
    for plan in plans_due.open_plans(desk, ahead=AHEAD.days):
        for duty in plan.duties:
            yield "plan", duty.due
    for exam in exams_due.open_exams(desk, ahead=AHEAD.days):
        if exam.task is not ExamTask.NO_RESULT:
            yield "exam" if exam.task is ExamTask.COMING else "exam-entry", exam.day


def calendar_file(desk: Desk) -> bytes:
    """The deadlines as an iCalendar file; that it was made is logged. Taken in again, it puts new counts in the place of the old. Raises NotAllowed."""
    found, settings = all_deadlines(desk), desk.settings
    entries = [
        DeadlineEntry(
            _uid(desk.vault.vault_id, deadline),
            deadline.day,
            _("{what} (Pupil Desk)").format(what=deadline.words),
            _("Look in Pupil Desk under Home. No names stand here."),
        )
        for deadline in found
    ]
    with desk.act(Action.READ_RECORD, "calendar", "", f"deadlines as a calendar file: {len(entries)} entries") as work:
        return calendar_bytes(_("Deadlines: {unit}").format(unit=settings.name), entries, work.moment)


def _uid(vault_id: str, deadline: Deadline) -> str:
    """The same for the same unit, kind and day, and telling nothing of any."""
    digest = hashlib.sha256(f"{vault_id}|{deadline.kind}|{deadline.day.isoformat()}".encode()).hexdigest()
    return f"{digest[:32]}@pupil-desk"
