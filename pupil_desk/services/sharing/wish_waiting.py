"""Who may choose for each pupil on roll, who of them has not answered, and when a reminder is due."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from pupil_desk.basics.dates import age_on
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.calendar import SchoolCalendar
from pupil_desk.domain.sharing.recipients import Recipient
from pupil_desk.domain.sharing.wish import Giver, Reply
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.services.sharing.sharing import SharingRecord, asked_about
from pupil_desk.services.unit import calendars
from pupil_desk.store.tables import cases, choices, contacts, enrolments, protections, pupils, wish_steps


@dataclass(frozen=True, slots=True)
class GiverRow:
    """One person who may choose for a pupil on roll, and how it stands with them. ``about`` are the recipients without an answer of theirs.

    ``due`` is the day on which a reminder is due, None where nobody waits for one; ``disagree`` says that two parents contradict each other,
    or a settlement, ``is_settled`` that it is nothing but settlements that their words contradict.
    """

    pupil: Pupil
    giver: Giver
    about: tuple[str, ...]
    due: date | None
    disagree: bool
    is_settled: bool = False

    @property
    def reply(self) -> Reply:
        """How far the asking has come."""
        return self.giver.reply if self.about else Reply.ANSWERED


def waiting(desk: Desk, day: date | None = None) -> list[GiverRow]:
    """Everyone who may choose for a pupil on roll of 13 or more, by the pupil's name, those who have answered among them."""
    desk.require(Action.PREVIEW_SHARING)
    day = day or desk.today
    return [*desk.remember("waiting", lambda: _waiting(desk, day), day)]


def _waiting(desk: Desk, day: date) -> list[GiverRow]:
    vault = desk.vault
    people, choices_by_pupil, steps_by_pupil = contacts.by_pupil(vault), choices.by_pupil(vault), wish_steps.by_pupil(vault)
    stays, protected = enrolments.by_pupil(vault), protections.by_pupil(vault, desk.today)
    clock = _Clock(calendars.school_calendar(vault), desk.settings.reminder_days)
    said_by_record, rows = cases.said_by_record(vault, desk.settings.rules) if choices_by_pupil else {}, list[GiverRow]()
    for pupil in pupils.all_pupils(vault):
        recipients = asked_about(age_on(pupil.dob, day))
        if recipients and any(stay.on_roll(day) for stay in stays[pupil.id]):
            said, steps = choices_by_pupil[pupil.id], steps_by_pupil[pupil.id]
            record = SharingRecord(pupil, people[pupil.id], protected[pupil.id], said, steps, by_record=said_by_record.get(pupil.id, ()))
            rows += _of_pupil(record, recipients, day, clock)
    return rows


def of_pupil(desk: Desk, pupil_id: str) -> list[GiverRow]:
    """The same of one pupil, who is taken to be on roll; nobody of one under 13."""
    desk.require(Action.PREVIEW_SHARING, "pupil", pupil_id)
    record = SharingRecord.of(desk, pupil_id)
    recipients = asked_about(age_on(record.pupil.dob, desk.today))
    clock = _Clock(calendars.school_calendar(desk.vault), desk.settings.reminder_days)
    return list(_of_pupil(record, recipients, desk.today, clock)) if recipients else []


def _of_pupil(record: SharingRecord, recipients: Sequence[Recipient], day: date, clock: "_Clock") -> Iterable[GiverRow]:
    by_recipient = {recipient.name: record.wish(recipient.name, day) for recipient in recipients}
    contradictions = [wish.contradiction for wish in by_recipient.values() if wish.contradiction]
    is_settled = bool(contradictions) and all(contradiction.settled for contradiction in contradictions)
    for place, first in enumerate(by_recipient[recipients[0].name].givers):
        givers = {name: wish.givers[place] for name, wish in by_recipient.items()}
        open_ = tuple(name for name, giver in givers.items() if giver.said is None)
        giver = givers[open_[0]] if open_ else first
        due = clock.due(giver.silent_since) if giver.silent_since else None
        yield GiverRow(record.pupil, giver, open_, due, bool(contradictions), is_settled=is_settled)


@dataclass(frozen=True, slots=True)
class _Clock:
    """When a reminder is due: so many school days after the last asking; where the terms on file do not reach, so many weekdays."""

    calendar: SchoolCalendar
    days: int
    known: dict[date, date] = field(default_factory=dict)  # many were asked on one day

    def due(self, since: date) -> date:
        if since not in self.known:
            self.known[since] = self.calendar.school_days_or_weekdays_after(since, self.days)
        return self.known[since]


def to_remind(rows: Iterable[GiverRow], day: date) -> list[GiverRow]:
    """Those of them who were asked, are silent, and are to be reminded by the day."""
    return [row for row in rows if row.due is not None and row.due <= day]
