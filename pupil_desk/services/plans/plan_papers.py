"""Plans on paper, for those who work with the pupil, and one-page profiles for tutors and trips. That they were made is logged, a row for each pupil.

They stay with staff: what a family is given is a copy, or is entered among what was told, and the next school has a paper of its own, with the
parts and who agreed alone. What the record holds elsewhere of health and needs is printed with a plan of a kind that has it beside.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.money import pounds, price_of
from pupil_desk.basics.text import capital
from pupil_desk.basics.words import _, join_words
from pupil_desk.documents.blocks import Block, PageBreak
from pupil_desk.documents.paper_of_pupils import PaperOfPupils
from pupil_desk.documents.plans import plan_paper
from pupil_desk.documents.plans.plan_paper import PlanPaper
from pupil_desk.domain.care.food_dangers import alerts_on_way_of
from pupil_desk.domain.care.health import NO_STEPS, in_one_line, plan_of
from pupil_desk.domain.care.needs import SenNeed, lasts_on
from pupil_desk.domain.catalogue.items import own_items_of
from pupil_desk.domain.catalogue.validation import show
from pupil_desk.domain.plans.annual_review import AnnualReview, Transfer, annual_review
from pupil_desk.domain.plans.kinds import PlanKind, ReviewRule, plan_kind
from pupil_desk.domain.plans.plan import PlanCase, PlanStep, PlanStepKind, PupilPlan
from pupil_desk.domain.plans.reviewing import duties_of, last_review
from pupil_desk.domain.pupils.protection import PaperKind, PaperVisibility, visibility_on
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.recipients import NEXT_SCHOOL, register
from pupil_desk.services.care import cards, health_answers
from pupil_desk.services.consents import giving
from pupil_desk.services.desk import Desk
from pupil_desk.services.plans import invitees, plans_due, seeing
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import several
from pupil_desk.store.tables import plans as store
from pupil_desk.store.tables import protections, pupils

PROFILE = "profile"
"""The kind that is printed for tutors and trips."""
_SIGNERS = {
    PlanStepKind.AGREED_PARENT: _("Parent or carer"),
    PlanStepKind.AGREED_PUPIL: _("Pupil"),
    PlanStepKind.AGREED_STAFF: _("Member of staff"),
}

_AGREED = ("plan_step.kind", "plan_step.who", "plan_step.on")


def paper(desk: Desk, entry_id: str) -> tuple[list[Block], str]:
    """One plan as a story, and its title. Raises NotAllowed, WrongUse."""
    desk.require(Action.READ_RECORD)
    case = store.entry(desk.vault, entry_id)
    people = pupils.some(desk.vault, [case.now.pupil_id]) if case is not None else []
    if case is None or case.now.struck is not None or not people:
        raise WrongUse(_("That plan is no longer on file, or was struck out. Open the pupil again."))
    seeing.require_seen(desk, case.now)
    cards.log_each(desk, people, "plan made")
    return plan_paper.story([_paper(desk, people[0], case)]), _title(case)


def for_next_school(desk: Desk, pupil: Pupil, case: PlanCase, receiver: str) -> tuple[list[Block], tuple[str, ...]]:
    """One plan as the school has it to which the pupil goes, and what it tells, as paths of the catalogue: of its parts, its day and who agreed what the notice names,
    and nothing else. Nothing where the notice names no plan. Whoever makes it has asked whether the plan may be seen, and logs it as told."""
    named_items = frozenset(register()[NEXT_SCHOOL].full)
    if "plan.kind" not in named_items:
        return [], ()
    plan, kind = case.now, plan_kind(case.now.kind)
    day_item = "plan.version_day" if plan.version_day else "plan.made_on"
    days = {day_item: (_("Version of"), show_date(plan.day))} if day_item in named_items else {}
    parts = {
        f"plan.{part.item}": (part.label, lines)
        for part in (kind.parts if kind is not None else ())
        if f"plan.{part.item}" in named_items and (lines := _lines(getattr(plan, part.item)))
    }
    agreed = [_agreed(step) for step in case.agreements] if named_items.issuperset(_AGREED) else []
    onward_paper = PlanPaper(
        title=_title(case),
        pupil=pupil.legal_name,
        facts=((_("For"), receiver), (_("Born"), show_date(pupil.dob)), *days.values()),
        parts=list(parts.values()),
        elsewhere=_not_here(kind),
        agreed=agreed,
        foot=_confidential(desk),
    )
    items = ("pupil.surname", "pupil.forename", "pupil.dob", "plan.kind", *days, *parts, *(_AGREED if agreed else ()))
    return plan_paper.story([onward_paper]), items


def _not_here(kind: PlanKind | None) -> list[tuple[str, list[str]]]:
    """That what the record holds of health, which stands on the paper for our own staff, is not on that for the next school."""
    words = _("What our record holds of conditions and medicines does not stand on this paper. Ask the family, or us.")
    return [(_("Health"), [words])] if kind is not None and "health" in kind.printed_with else []


def profiles(desk: Desk, ids: Collection[str]) -> PaperOfPupils:
    """The one-page profiles of those pupils who have one that runs, a page each, the title, and whose they are. Raises NotAllowed, WrongUse where none has one."""
    desk.require(Action.READ_RECORD)
    protections_by_pupil = protections.by_pupil(desk.vault, desk.today)
    people = [
        pupil
        for pupil in pupils.some(desk.vault, ids)
        if visibility_on(PaperKind.FIRST_AID, protections_by_pupil[pupil.id]) is not PaperVisibility.LEFT_OUT
    ]
    cases = _running_profiles(desk)
    if not (with_profile := [pupil for pupil in people if pupil.id in cases]):
        raise WrongUse(_("None of these pupils has a one-page profile. It is added in the record, under Plans."))
    cards.log_each(desk, with_profile, "one-page profile made")
    story = plan_paper.story([_paper(desk, pupil, cases[pupil.id]) for pupil in with_profile])
    return PaperOfPupils(story, _("One-page profiles"), {pupil.id for pupil in with_profile})


def to_take(desk: Desk, people: Iterable[Pupil], first_day: date, last_day: date) -> list[Block]:
    """The plans that run of these pupils, of the kinds that go on trips, to go behind a list for a trip, with what is so on its days; that is logged with the list."""
    cases = grouped((case.now.pupil_id, case) for case in seeing.seen(desk, store.every(desk.vault)) if _goes_on_trips(desk, case))
    papers = [_paper(desk, pupil, case, first_day, last_day) for pupil in people for case in cases.get(pupil.id, ())]
    return [PageBreak(), *plan_paper.story(papers)] if papers else []


def _goes_on_trips(desk: Desk, case: PlanCase) -> bool:
    kind = plan_kind(case.now.kind)
    return kind is not None and kind.on_trips and case.now.runs_on(desk.today)


def _running_profiles(desk: Desk) -> dict[str, PlanCase]:
    """By pupil; the latest of several."""
    cases = seeing.seen(desk, store.every(desk.vault))
    return {case.now.pupil_id: case for case in cases if case.now.kind == PROFILE and case.now.runs_on(desk.today)}


def _title(case: PlanCase) -> str:
    return codelist("plan_kind").label_of(case.now.kind)


def _paper(desk: Desk, pupil: Pupil, case: PlanCase, first_day: date | None = None, last_day: date | None = None) -> PlanPaper:
    """With what the record holds elsewhere, of today unless told of which days."""
    first_day = first_day or desk.today
    kind, is_short = plan_kind(case.now.kind), _is_short(case)
    steps = [step for step in case.steps if step.kind not in _SIGNERS]
    return PlanPaper(
        title=_title(case),
        pupil=pupil.full_name,
        facts=() if is_short else list(_facts(desk, pupil, case, kind)),
        parts=[(part.label, _lines(getattr(case.now, part.item))) for part in kind.parts] if kind is not None else (),
        elsewhere=list(_from_record(desk, pupil, kind, first_day, last_day or first_day)),
        agreed=[_agreed(step) for step in case.agreements],
        steps=[(show_date(step.on), step_words(step), step.who or "") for step in steps],
        signers=[] if kind is None else [words for step, words in _SIGNERS.items() if step in kind.steps],
        foot=_foot(desk, case) if is_short else _confidential(desk),
        is_short=is_short,
    )


def _is_short(case: PlanCase) -> bool:
    kind = plan_kind(case.now.kind)
    return kind is not None and kind.most_lines is not None


def _confidential(desk: Desk) -> str:
    """Who may read it, and where to ask; then who printed it."""
    ask = _("Questions: {phone}.").format(phone=desk.settings.phone) if desk.settings.phone else ""
    return " ".join(filter(None, (_("Confidential: for those alone who need it for the pupil."), ask, cards.made_by(desk))))


def _foot(desk: Desk, case: PlanCase) -> str:
    agreed = [_agreed(step) for step in case.agreements]
    words = _("Version of {day}.").format(day=show_date(case.now.day))
    return " ".join(filter(None, (words, _("{who}.").format(who="; ".join(agreed)) if agreed else "", cards.made_by(desk))))


def _facts(desk: Desk, pupil: Pupil, case: PlanCase, kind: PlanKind | None) -> Iterator[tuple[str, str]]:
    plan = case.now
    yield _("Born"), show_date(pupil.dob)
    if pupil.year_group:
        yield _("Year group"), codelist("year_group").label_of(pupil.year_group)
    yield _("Version of"), show_date(plan.day)
    if plan.day != plan.made_on:
        yield _("First made on"), show_date(plan.made_on)
    if plan.lead:
        yield _("Led by"), plan.lead
    if plan.ended_on:
        yield _("Ended on"), _("{day}. {why}").format(day=show_date(plan.ended_on), why=plan.ended_because or "").strip()
    yield _("Review"), " ".join(review_sentences(desk, pupil, case))
    if case.spent:
        yield _("Money spent"), _("{amount} in all").format(amount=pounds(case.spent))
    for own_item in own_items_of(PupilPlan):
        if words := show(own_item, getattr(plan, own_item.name)):
            yield own_item.label, words
    if kind is not None:
        yield _("Who has it"), kind.told_to


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _agreed(step: PlanStep) -> str:
    label = codelist("plan_step").label_of(step.kind)
    return _("{what}: {who}, {day}").format(what=label, who=step.who, day=show_date(step.on))


def step_words(step: PlanStep) -> str:
    """A step with what was decided or spent: «Authority’s decision received: Kept as it is»."""
    label = codelist("plan_step").label_of(step.kind)
    if step.invitee:
        return _("{what}: {whom}").format(what=label, whom=invitees.label_of(step.invitee))
    if step.outcome:
        return _("{what}: {outcome}").format(what=label, outcome=codelist("plan_decision").label_of(step.outcome))
    amount = price_of(step.amount)
    return _("{what}: {amount}").format(what=label, amount=pounds(amount)) if amount is not None else label


# -- what stands elsewhere in the record


def _from_record(desk: Desk, pupil: Pupil, kind: PlanKind | None, first_day: date, last_day: date) -> Iterator[tuple[str, list[str]]]:
    for name in kind.printed_with if kind is not None else ():
        if name == "needs":
            needs = [need for need in several.of_pupil(desk.vault, SenNeed, pupil.id) if lasts_on(need, first_day, last_day)]
            yield _("Types of need, from the record"), [codelist("sen_need").label_of(need.need) for need in needs]
        elif name == "health":
            yield _("Health, from the record"), list(_health(desk, pupil, first_day, last_day))


def _health(desk: Desk, pupil: Pupil, first_day: date, last_day: date) -> Iterator[str]:
    """Each condition with what to do in an emergency, then the medicines with where they are kept, disabilities, notes, and what nobody has said."""
    answer = health_answers.answers(desk.vault, [pupil.id])(pupil, first_day, last_day)
    giving_rule, dangers = giving.rule_for(desk, answer.medicines, first_day, last_day), alerts_on_way_of(answer)
    for health_item in answer.items:
        is_danger = health_item in dangers
        cautions = giving_rule.cautions(health_item, answer) if is_danger else ()
        steps = in_one_line([*giving_rule.steps(health_item, answer), plan_of(health_item)]) or (NO_STEPS if is_danger else "")
        words = health_answers.item_with_kind(health_item)
        yield _("{what}. {steps}").format(what=words, steps=" ".join((*cautions, steps))) if steps else words
    for medicine in answer.medicines:
        yield _("Medicine: {name}, {dose}, {taken}. Kept: {place}").format(
            name=medicine.name, dose=medicine.dose, taken=medicine.taken, place=giving_rule.kept_at(medicine)
        )
    yield from (capital(health_answers.disability_words(disability)) for disability in answer.disabilities)
    if answer.notes:
        yield _("Medical notes: {notes}").format(notes=answer.notes)
    if open_words := health_answers.open_words(answer):
        yield _("{words}.").format(words=capital(open_words))
    if not answer.held:
        yield _("Nothing is recorded under Health.")


# -- when it is reviewed


def state_sentences(desk: Desk, pupil: Pupil, case: PlanCase) -> list[str]:
    """How a plan stands: its versions, who agreed, when it is reviewed and what is to be done, what was spent."""
    plan = case.now
    if plan.struck is not None:
        return [_("Struck out, and counts no more: {why}").format(why=plan.struck)]
    sentences = list(review_sentences(desk, pupil, case))
    agreed = [_agreed(step) for step in case.agreements]
    sentences.append(_("{agreed}.").format(agreed="; ".join(agreed)) if agreed else _("Nobody’s agreement to this version is recorded."))
    if len(case.wordings) > 1:
        words = _("Version {number}, kept by {who}; those before it stay on file.")
        sentences.append(words.format(number=len(case.wordings), who=case.wordings[-1].by or _("someone who has left")))
    if case.spent:
        sentences.append(_("Money spent: {amount}.").format(amount=pounds(case.spent)))
    return sentences


def review_sentences(desk: Desk, pupil: Pupil, case: PlanCase) -> Iterator[str]:
    """When it was reviewed, by when it is to be reviewed next, and what of that is to be done."""
    context, kind = plans_due.contexts(desk, [pupil])[pupil.id], plan_kind(case.now.kind)
    if reviewed := last_review(case):
        yield _("Last reviewed on {day}.").format(day=show_date(reviewed))
    due = plans_due.review_day(desk, pupil, case)
    if due is None or kind is None:
        yield (
            _("The pupil has left, so no review is due here.")
            if plans_due.has_left(desk, pupil)
            else _("It does not run, so no review is due.")
        )
        return
    is_annual = kind.rule is ReviewRule.ANNUAL_REVIEW
    review = annual_review(case.now, case.steps, pupil.year_group, desk.today) if is_annual else None
    if review is None or due < review.complete_by:  # by the rule of its kind, or by the day that was set for it sooner
        words = _("Its review is late: it was due by {day}.") if due < desk.today else _("Next review by {day}.")
        yield words.format(day=show_date(due))
    if review is None:
        return
    yield from _annual_sentences(review, desk.today)
    yield from invitees.sentences(case)
    duties = duties_of(case, context)
    if duties:
        yield _("To be done: {what}.").format(what=join_words([plans_due.duty_words(duty) for duty in duties]))


def _annual_sentences(review: AnnualReview, today: date) -> Iterable[str]:
    late = review.complete_by < today
    words = (
        _("The review is late: it was to be complete, with the authority’s decision told, by {day}.")
        if late
        else _("The review is to be complete, with the authority’s decision told, by {day}.")
    )
    yield words.format(day=show_date(review.complete_by))
    if review.meeting is None and not late:
        yield _("That leaves time for a meeting on {day} at the latest.").format(day=show_date(review.meeting_by))
    if review.transfer is not None:
        yield _transfer_sentence(review.transfer)
    if review.comments_by is not None:
        yield _("The family may comment on the amendments until {day}.").format(day=show_date(review.comments_by))


def _transfer_sentence(transfer: Transfer) -> str:
    words = _("{move} on {day}: the plan is to be reviewed and amended by {last}.")
    if transfer.is_assumed:
        words = _("{move}, as we suppose from the year group, on {day}: the plan is to be reviewed and amended by {last}.")
    move = capital(codelist("plan_transfer").label_of(transfer.kind))
    return words.format(move=move, day=show_date(transfer.day), last=show_date(transfer.last_day))
