"""What must be done about a pupil's part in an incident, and by when: the account signed, each parent told in writing, the debrief.

Sources and how sure we are: ``resources/incidents/duties.toml``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.basics.dates import age_on
from pupil_desk.basics.rulefiles import by_rules, rule_data
from pupil_desk.basics.words import _
from pupil_desk.domain.incidents.incident import IncidentCase, IncidentEvent, IncidentEventKind, is_ordinary, missing_of
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.register.calendar import SchoolCalendar


@dataclass(frozen=True, slots=True)
class Limits:
    """Since when the law asks for it, from what age no parent is told, and the days of each: calendar days, of the debrief school days."""

    since: date
    adult: int
    signed: int
    reported: int
    debrief: int


@by_rules
def limits() -> Limits:
    """As the file of rules in force has them."""
    data = rule_data("incidents", "duties.toml")
    return Limits(data["since"], data["adult"], data["signed"], data["reported"], data["debrief"])


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to do. ``contact_id`` is the parent whom a report concerns; ``done`` the event that says it was done."""

    event: IncidentEventKind
    words: str
    due: date
    contact_id: str | None = None
    done: IncidentEvent | None = None


@dataclass(frozen=True, slots=True)
class IncidentContext:
    """What decides whom to tell: the pupil's day of birth, and the parents, who has the care of the pupil among them (``addressees.parents_of``);
    ``barred`` are those under an order, by id."""

    dob: date | None
    parents: tuple[Contact, ...]
    calendar: SchoolCalendar
    barred: frozenset[str] = frozenset()


def duties_of(case: IncidentCase, context: IncidentContext) -> tuple[Duty, ...]:
    """What must be done, in the order of doing it; none of what was struck out, of ordinary behaviour and of rewards.

    What came with a file was signed, or not, in the other program: only what the law asks for of a restrictive intervention is asked for here.
    """
    incident = case.now
    if case.struck or is_ordinary(incident.kind) or (case.imported and not incident.restrictive):
        return ()
    by_rule = limits()
    signed = Duty(IncidentEventKind.SIGNED, _sign_words(case), incident.day + timedelta(days=by_rule.signed), done=case.signed)
    if not incident.restrictive or incident.day < by_rule.since:
        return (signed,)
    return (signed, *_reports(case, context, by_rule), *_debriefs(case, context, by_rule))


def still_to_do(duties: Iterable[Duty]) -> list[Duty]:
    """Those that are not done, in the order of doing them: what Home lists, and of which the first is offered next."""
    return [duty for duty in duties if duty.done is None]


def must_report(case: IncidentCase, context: IncidentContext) -> bool:
    """Whether the parents must be told: of a restrictive intervention, unless the pupil was of age for it by the rule."""
    incident, by_rule = case.now, limits()
    if not incident.restrictive or incident.day < by_rule.since:
        return False
    return context.dob is None or age_on(context.dob, incident.day) < by_rule.adult


def must_tell_authority(case: IncidentCase, context: IncidentContext) -> bool:
    """Whether the authority must be told: where the parents must be, and of none it is so that he or she can be told."""
    if not must_report(case, context):
        return False
    return all(case.last(IncidentEventKind.WITHHELD, parent.id) for parent in context.parents)


def _sign_words(case: IncidentCase) -> str:
    if case.last(IncidentEventKind.SIGNED) and case.signed is None:
        return _("Sign the account again: it was amended since")
    if missing_of(case.now):
        return _("Complete the account and sign it: something that the law asks for is missing")
    return _("Sign the account")


def _reports(case: IncidentCase, context: IncidentContext, by_rule: Limits) -> list[Duty]:
    if not must_report(case, context):
        return []
    due = case.now.day + timedelta(days=by_rule.reported)
    duties = [_report(case, parent, due, by_rule, is_barred=parent.id in context.barred) for parent in context.parents]
    if must_tell_authority(case, context):
        words = _WITHHELD_FROM_ALL if context.parents else _NOBODY
        duties.append(Duty(IncidentEventKind.TOLD_AUTHORITY, words, due, done=case.last(IncidentEventKind.TOLD_AUTHORITY)))
    return duties


def _report(case: IncidentCase, parent: Contact, due: date, by_rule: Limits, *, is_barred: bool) -> Duty:
    """What is owed to one parent: the report, and another once the account that it told was amended and signed anew."""
    reported, withheld = (case.last(kind, parent.id) for kind in (IncidentEventKind.REPORTED, IncidentEventKind.WITHHELD))
    words = _DECIDE if is_barred else _REPORT
    if case.signed is not None and case.told_otherwise(parent.id):
        due, reported = case.signed.on + timedelta(days=by_rule.reported), None
        words = _DECIDE if is_barred else _PUT_RIGHT
    return Duty(IncidentEventKind.REPORTED, words.format(parent=parent.full_name), due, parent.id, reported or withheld)


_PUT_RIGHT = _("Tell {parent} what was put right")
_REPORT = _("Give or send the report to {parent}, or decide to withhold it")
_WITHHELD_FROM_ALL = _("Tell the local authority: no parent can be told")
_NOBODY = _("Tell the local authority: nobody with parental responsibility or the care of the pupil is on file")
_DECIDE = _("Decide whether the report is withheld from {parent}, who is under an order or restriction")


def _debriefs(case: IncidentCase, context: IncidentContext, by_rule: Limits) -> list[Duty]:
    due = context.calendar.school_days_or_weekdays_after(case.now.day, by_rule.debrief)
    return [
        Duty(IncidentEventKind.DEBRIEF_PUPIL, _("Talk it over with the pupil"), due, done=case.last(IncidentEventKind.DEBRIEF_PUPIL)),
        Duty(IncidentEventKind.DEBRIEF_STAFF, _("Talk it over with the staff"), due, done=case.last(IncidentEventKind.DEBRIEF_STAFF)),
    ]
