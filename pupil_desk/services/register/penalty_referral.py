"""The paper that asks the authority for a penalty notice: the pupil, the parent, each session missed without leave, what was tried, and earlier referrals.

It follows a step about absence that says that the authority was told, which has its line in the log of disclosures: so the print itself
tells nobody anew. What the authority needs by its own code of conduct is on its form; this has what the record holds of it.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _, count_of
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.papers import authority_return as layout
from pupil_desk.documents.papers.authority_return import ReturnForm
from pupil_desk.domain.pupils.protection import is_place_secret
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.absence_steps import OF_A_PARENT, AbsenceStep, AbsenceStepKind, not_settled, referrals_that_count
from pupil_desk.domain.register.attendance import CODES
from pupil_desk.domain.register.calendar import school_year
from pupil_desk.domain.register.penalty import missed_lately, penalty_rule
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils.pupils import pupil_of
from pupil_desk.services.register import absence_steps, without_leave
from pupil_desk.services.register.totals import counts
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import contacts, protections, standing

type Facts = Sequence[tuple[str, str]]


def paper(desk: Desk, step_id: str) -> tuple[list[Block], str]:
    """The paper of a referral on file, and its title. Raises NotAllowed, and WrongUse for what is no referral that stands."""
    step = _referral(desk, step_id)
    desk.require(Action.PRINT_FORM, "pupil", step.pupil_id)
    pupil, title = pupil_of(desk.vault, step.pupil_id), _("Referral for a penalty notice")
    sessions = _sessions(desk, step)
    form = ReturnForm(
        title=title,
        unit=desk.settings.name,
        recipient=desk.settings.authority or _("the local authority"),
        law=_("Education Act 1996, sections 444 to 444B. Referred on {day}.").format(day=show_date(step.on)),
        parts=(
            (_("The pupil"), _of_pupil(desk, pupil)),
            (_("The parent"), _of_parent(desk, step)),
            (_("Sessions missed without leave"), sessions or _no_session(step)),
            (_("What was done before"), _done_before(desk, step)),
            (_("Referrals of this parent before, and what came of them"), _referred_before(desk, step)),
        ),
        head=desk.settings.head or "",
        reach=", ".join(filter(None, (*desk.settings.address_lines, desk.settings.phone, desk.settings.email))),
        lacking=() if step.parent else (_("which parent"),),
        against="" if sessions else _NO_SESSION,
    )
    return layout.story(form), title


def log_print(desk: Desk, step_id: str) -> None:
    """Log that the paper was printed. Raises WrongUse where the referral was taken back meanwhile."""
    step = _referral(desk, step_id)
    desk.log(Action.PRINT_FORM, "pupil", step.pupil_id, "penalty referral")


def _referral(desk: Desk, step_id: str) -> AbsenceStep:
    step = absence_steps.standing(desk, step_id)
    if step.kind != AbsenceStepKind.REFERRED:
        raise WrongUse(_("Choose a referral: the paper is made of it."))
    return step


def _of_pupil(desk: Desk, pupil: Pupil) -> Facts:
    is_secret = is_place_secret(protections.by_pupil(desk.vault, desk.today).get(pupil.id, ()))
    facts = [
        (_("Name"), pupil.legal_name),
        (_("Date of birth"), show_date(pupil.dob)),
        (_("UPN"), pupil.upn or ""),
        (_("Address"), _("Withheld: ask the head of the unit") if is_secret else ", ".join(pupil.address_lines)),
    ]
    this_year = date(school_year(desk.today), 8, 1)
    totals = counts(desk, this_year, desk.today, [pupil.id]).get(pupil.id)
    if totals is not None and totals.attendance_pct is not None:
        words = _("{percent} % of {possible} sessions this school year")
        facts.append((_("Attendance"), words.format(percent=totals.attendance_pct, possible=totals.possible)))
    return facts


def _of_parent(desk: Desk, step: AbsenceStep) -> Facts:
    facts = [(_("Name"), step.parent or "")]
    for contact in contacts.of_pupil(desk.vault, step.pupil_id):
        if step.parent and fold(contact.full_name) == fold(step.parent):
            lives = _("yes") if contact.lives_with else _("no") if contact.lives_with is False else ""
            facts += [(_("Relationship"), codelist("relationship").label_of(contact.relationship)), (_("Lives with the pupil"), lives)]
    return facts


def _sessions(desk: Desk, step: AbsenceStep) -> Facts:
    weeks = without_leave.weeks_until(desk, step.on)
    missed_by_day = without_leave.by_pupil(desk, weeks, [step.pupil_id]).get(step.pupil_id, {})
    codes_by_day = not_settled(missed_by_day, absence_steps.of_pupil(desk, step.pupil_id), step)
    missed = missed_lately(codes_by_day, weeks)
    if missed is None:
        return ()
    words = _("{sessions} in {weeks}")
    number = words.format(
        sessions=count_of(missed.sessions, _("session"), _("sessions")),
        weeks=count_of(penalty_rule().weeks, _("school week"), _("school weeks")),
    )
    marks = standing.by_pupil(desk.vault, missed.first, missed.last, codes=penalty_rule().codes, ids=[step.pupil_id]).get(step.pupil_id, ())
    sessions_by_day = grouped((date.fromisoformat(day), _session(half, code)) for day, half, code, *_minutes_and_note in marks)
    by_day = [(show_date(day), ", ".join(sessions_by_day[day])) for day in sorted(sessions_by_day) if day in codes_by_day]
    return [(_("In all"), number), *by_day]


_NO_SESSION = _(
    "Not to be signed: the register has no session missed without leave in those weeks that was not dealt with before. If that is right, take the referral back."
)


def _no_session(step: AbsenceStep) -> Facts:
    weeks = count_of(penalty_rule().looked_back, _("school week"), _("school weeks"))
    words = _("none, by the register, in the {weeks} up to {day} that was not dealt with before")
    return [(_("In all"), words.format(weeks=weeks, day=show_date(step.on)))]


def _session(half: str, code: str) -> str:
    """«morning: O (absent without leave)»."""
    half_words, label = codelist("session").label_of(half).lower(), codelist(CODES).label_of(code)
    return _("{half}: {code} ({label})").format(half=half_words, code=code, label=label)


def _done_before(desk: Desk, step: AbsenceStep) -> Facts:
    steps = [
        (show_date(recorded_step.on), _told(recorded_step))
        for recorded_step in absence_steps.of_pupil(desk, step.pupil_id)
        if recorded_step.kind not in OF_A_PARENT and recorded_step.on <= step.on
    ]
    return steps or [(_("Steps"), _("none on our record up to {day}").format(day=show_date(step.on)))]


def _referred_before(desk: Desk, step: AbsenceStep) -> Facts:
    steps = absence_steps.of_pupil(desk, step.pupil_id)
    other_steps = [recorded_step for recorded_step in steps if recorded_step.id != step.id]
    number = len(referrals_that_count(other_steps, step.parent, step.on))
    rule = penalty_rule()
    words = _("{number} of at most {most} in {years} years")
    facts = [(_("Counted, by our record"), words.format(number=number, most=rule.most_notices, years=rule.years))]
    return [*facts, *_of_the_parent(other_steps, step)]


def _of_the_parent(steps: Sequence[AbsenceStep], step: AbsenceStep) -> Iterator[tuple[str, str]]:
    for recorded_step in steps:
        if (
            recorded_step.kind in OF_A_PARENT
            and recorded_step.on <= step.on
            and step.parent
            and recorded_step.parent
            and fold(recorded_step.parent) == fold(step.parent)
        ):
            yield show_date(recorded_step.on), _told(recorded_step)


def _told(step: AbsenceStep) -> str:
    words = codelist("absence_step").label_of(step.kind)
    if step.until is not None:
        words = _("{what}, with time until {day}").format(what=words, day=show_date(step.until))
    return _("{what}: {note}").format(what=words, note=step.note) if step.note else words
