"""What a record says first: whom to call, what is grave, what is needed, today, the term, where the pupil is, who is told, what is missing and due."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import age_on, short_date
from pupil_desk.basics.text import begun_small, capital, shortened
from pupil_desk.basics.words import _, join_words, some_of
from pupil_desk.domain.care.food_dangers import is_alert
from pupil_desk.domain.care.health import HealthAnswer, HealthItem, Medicine, plan_of
from pupil_desk.domain.care.needs import CarePeriod, SenPeriod, in_force, social_work_on
from pupil_desk.domain.consents.case import ConsentStatus
from pupil_desk.domain.consents.consent import REQUEST
from pupil_desk.domain.pupils.enrolment import Enrolment, on_roll
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.sharing import youth_support_service
from pupil_desk.domain.unit.school_name import school_named
from pupil_desk.services.attachments import photographs
from pupil_desk.services.attachments.photographs import PhotographHeld
from pupil_desk.services.care import health_answers
from pupil_desk.services.care.cards import asks_office_first, office_first, reachable, unbroken
from pupil_desk.services.consents import standings
from pupil_desk.services.consents.standings import PupilConsent
from pupil_desk.services.desk import Desk
from pupil_desk.services.plans import seeing
from pupil_desk.services.pupils.card.attending import CardAttendance, attendance_of
from pupil_desk.services.pupils.card.due import due_of
from pupil_desk.services.pupils.card.facts import CardFact
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.sharing import sharing
from pupil_desk.store.rows import several
from pupil_desk.store.tables import plans

_CALLED = 3  # of the contacts who can be called, so many stand on the card
_NOTES = 90  # characters of the medical notes
_CONSENTS = 2  # that are missing are named; the rest are counted


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilCard:
    """The card of one pupil as on the day: facts in words, in the order in which they are looked for."""

    photograph: PhotographHeld
    calls: Sequence[CardFact]
    health: Sequence[CardFact]
    needs: Sequence[CardFact]
    attendance: CardAttendance
    stays: Sequence[CardFact]
    sharing: Sequence[CardFact]
    consents: Sequence[CardFact]
    due: Sequence[CardFact]


def card_of(desk: Desk, record: PupilRecord) -> PupilCard:
    """The card of a record that was opened: that it is looked at is logged with the opening, once. Raises NotAllowed."""
    pupil = record.pupil
    desk.viewed("pupil", pupil.id)
    consents = standings.of_pupil(desk, pupil.id)
    answer = health_answers.answers(desk.vault, [pupil.id])(pupil, desk.today)
    return PupilCard(
        photograph=photographs.held(desk, pupil.id, consents),
        calls=tuple(_calls(record)),
        health=tuple(_health(answer)),
        needs=tuple(_needs(desk, pupil, answer)),
        attendance=attendance_of(desk, pupil.id, record.stays),
        stays=tuple(_stays(desk, record)),
        sharing=tuple(_sharing(desk, record)),
        consents=tuple(_consents(desk, record, consents)),
        due=tuple(due_of(desk, record)),
    )


def _calls(record: PupilRecord) -> Iterator[CardFact]:
    contacts = reachable(record.contacts, record.protections)[:_CALLED]
    if asks_office_first(record.contacts, record.protections):
        caller = office_first()
        yield CardFact(words=f"{caller.name}: {caller.numbers}", part="contacts", kind="contact", tone="bad")
    for contact in contacts:
        relationship = codelist("relationship").label_of(contact.relationship).lower()
        numbers = unbroken(" / ".join(filter(None, (contact.mobile, contact.phone))))
        words = _("{name}, {relationship}: {numbers}").format(name=contact.full_name, relationship=relationship, numbers=numbers)
        yield CardFact(words=words, part="contacts", kind="contact", row_id=contact.id, item="mobile" if contact.mobile else "phone")
    if not contacts:
        yield CardFact(words=_("Nobody with a telephone number"), part="contacts", kind="contact", tone="bad")


def _health(answer: HealthAnswer) -> Iterator[CardFact]:
    alerts = [item for item in answer.items if is_alert(item)]
    for item in alerts:
        lead, named_item = health_answers.heading_of(item)
        words = _("{how}: {what}").format(how=lead, what=named_item)
        yield CardFact(words=words, part="health", kind="health_item", row_id=item.id, item="what", tone="bad")
    other_items = [item for item in answer.items if item not in alerts]
    if other_items:
        words = capital(some_of([begun_small(health_answers.item_words(item)) for item in other_items], _CALLED))
        yield CardFact(words=words, part="health", kind="health_item", row_id=other_items[0].id, item="what")
    if answer.medicines:
        yield CardFact(words=_medicines(answer.medicines), part="health", kind="medicine", row_id=answer.medicines[0].id, item="name")
    if answer.notes:
        yield CardFact(words=shortened(answer.notes, _NOTES), part="details", kind="pupil", item="medical")
    for disability in answer.disabilities:
        words = capital(health_answers.disability_words(disability))
        yield CardFact(words=words, part="health", kind="disability", row_id=disability.id, item="disability")
    if not answer.held:
        words = health_answers.nothing_recorded_words(answer)
        yield CardFact(words=words, part="health", tone="accent" if answer.none else "check")


def _medicines(medicines: Sequence[Medicine]) -> str:
    return _("Medicine: {names}").format(names=some_of([medicine.name for medicine in medicines], _CALLED))


def _needs(desk: Desk, pupil: Pupil, answer: HealthAnswer) -> Iterator[CardFact]:
    period = in_force(several.of_pupil(desk.vault, SenPeriod, pupil.id), desk.today)
    provision = codelist("sen_provision").label_of(pupil.sen_provision) if pupil.sen_provision else _("Special needs not recorded")
    needs = join_words([codelist("sen_need").label_of(need) for need in (pupil.sen_need_1, pupil.sen_need_2) if need])
    words = _("{provision}: {needs}").format(provision=provision, needs=needs) if needs else provision
    row_id = period.id if period is not None else ""
    yield CardFact(words=words, part="needs", kind="sen_period", row_id=row_id, item="provision")
    yield from (_care_plan(item) for item in answer.items if plan_of(item))
    for case in seeing.seen(desk, plans.of_pupil(desk.vault, pupil.id)):
        if case.now.runs_on(desk.today):
            words = _("{plan}, of {day}").format(plan=codelist("plan_kind").label_of(case.now.kind), day=short_date(case.now.day))
            yield CardFact(words=words, part="plans", kind="plan", row_id=case.now.entry_id)
    work = social_work_on(several.of_pupil(desk.vault, CarePeriod, pupil.id), desk.today)
    if work is not None:
        reach = ", ".join(filter(None, (work.worker, work.worker_reach)))
        label = codelist("care_kind").label_of(work.kind)
        words_of_work = _("{what}: {whom}").format(what=label, whom=reach) if reach else label
        yield CardFact(words=words_of_work, part="needs", kind="care_period", row_id=work.id, item="worker")


def _care_plan(item: HealthItem) -> CardFact:
    words = _("Action plan: {what}").format(what=item.what)
    return CardFact(words=words, part="health", kind="health_item", row_id=item.id, item="plan")


def _stays(desk: Desk, record: PupilRecord) -> Iterator[CardFact]:
    today, schools = desk.today, desk.settings.told_schools
    present = [stay for stay in record.stays if stay.spans(today, today)]
    for stay in present or sorted(record.stays, key=lambda stay: stay.start_date or today)[-1:]:
        yield CardFact(words=_days(stay), part="stays", kind="enrolment", row_id=stay.id, item="status")
        if stay.main_school:
            words = _("Main school: {school}").format(school=school_named(stay.main_school, schools))
            yield CardFact(words=words, part="stays", kind="enrolment", row_id=stay.id, item="main_school")
        if stay.commissioned_by and school_named(stay.commissioned_by, schools) != school_named(stay.main_school, schools):
            words = _("Placed by {whom}").format(whom=school_named(stay.commissioned_by, schools))
            yield CardFact(words=words, part="stays", kind="enrolment", row_id=stay.id, item="commissioned_by")
    if not record.stays:
        yield CardFact(words=_("No stay is on file"), part="stays", tone="check")


def _days(stay: Enrolment) -> str:
    """The days of a stay: how the pupil is registered stands in the head of the record."""
    if stay.start_date and stay.end_date:
        return _("{first} to {last}").format(first=short_date(stay.start_date), last=short_date(stay.end_date))
    return _("Since {day}").format(day=short_date(stay.start_date)) if stay.start_date else _("Since a day not known")


def _sharing(desk: Desk, record: PupilRecord) -> Iterator[CardFact]:
    """What they would be told whom families may limit, by the one rule; nothing of one who is not on roll."""
    limited = sharing.asked_about(age_on(record.pupil.dob, desk.today))
    for recipient in limited or (youth_support_service(),):
        decision = sharing.decision_for(desk, record.pupil.id, recipient.name)
        if decision is None:
            return
        facts = {
            "recipient": codelist("choice_recipient").label_of(recipient.name),
            "level": codelist("level").label_of(decision.level.value).lower(),
            "reason": decision.reason,
        }
        is_open = bool(limited) and decision.decided_by == "rule"
        yield CardFact(words=_("{recipient}: {level}. {reason}").format(**facts), page="sharing", tone="check" if is_open else "accent")


def _consents(desk: Desk, record: PupilRecord, rows: Sequence[PupilConsent]) -> Iterator[CardFact]:
    if not on_roll(record.stays, desk.today):
        return
    asked_for = [row for row in rows if row.type.basis != REQUEST]
    titles = [row.type.name if row.use else row.short_title for row in asked_for if row.verdict.missing]
    if any(row.verdict.standing is ConsentStatus.NOT_ASKED and not row.verdict.missing for row in asked_for):
        yield CardFact(words=_("Not asked: nobody on file has parental responsibility"), part="contacts", tone="check")
    elif not titles:
        yield CardFact(words=_("None is missing"), part="consents")
    if titles:
        words = capital(some_of([begun_small(title) for title in dict.fromkeys(titles)], _CONSENTS))
        yield CardFact(words=words, part="consents", tone="check")
