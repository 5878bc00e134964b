"""What the form of a consent says beside its questions, made from the rule: who signs, what silence means, how long an answer holds, the pupil's own word."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pupil_desk.basics.dates import birthday, show_date
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.consents.case import ConsentCase, ConsentStatus, Verdict
from pupil_desk.domain.consents.consent import ADULT, ANSWERS, OF_MEDICINE, OF_OCCASION, REQUEST, Competence, ConsentType
from pupil_desk.domain.consents.lasting import yes_until
from pupil_desk.domain.consents.rule import judged_on, own_no_counts_from, pupil_decides, standing
from pupil_desk.domain.sharing.choice import PUPIL


@dataclass(frozen=True, slots=True)
class FormFacts:
    """One form: by which rule, of which case, on which day, to whom. ``forename`` is the pupil's; ``to_pupil`` whether the pupil signs.

    ``people_asked`` are the parents whom the form names, by identity and name; none where the pupil signs. ``easy`` is in easy words, which are set larger.
    """

    rule: ConsentType
    case: ConsentCase
    day: date
    forename: str
    to_pupil: bool
    people_asked: tuple[tuple[str, str], ...] = ()
    easy: bool = False


_NOES = (ConsentStatus.REFUSED, ConsentStatus.WITHDRAWN)


def who_signs(form: FormFacts) -> str:
    """Whose signature is wanted, and what another parent's answer does."""
    rule, name = form.rule, form.forename
    if form.to_pupil:
        if pupil_decides(rule, form.case, judged_on(form.day, form.case.occasion)):
            return _("You, {name}. This is your own decision.").format(name=name)
        return (
            _("You, {name}. A parent signs another form.").format(name=name)
            if rule.parents != "none"
            else _("You, {name}.").format(name=name)
        )
    also = _(" {name} signs another form.").format(name=name) if rule.pupil_too else ""
    if len(form.case.holders) < 2:
        return _("A parent or carer.") + also
    if rule.parents == "each":
        return _("Each parent, on a form of their own: every one must say yes.") + also
    if rule.parent_no == "latest":
        return (
            _("One parent. If two differ, the later one counts (no date: the day it came); on the same day, {most}.").format(
                most=_("“takes part”") if rule.basis == REQUEST else _("the no")
            )
            + also
        )
    if may_object(rule, form.case, form.day):
        return _("One parent. Another parent’s or {name}’s no overrides a yes.").format(name=name) + also
    return _("One parent. Another parent’s no overrides a yes.") + also


def silence(form: FormFacts) -> str:
    """What happens where nobody answers, begun small: what stands now by the rule, use by use, goes on; what nobody has said counts as no."""
    rule, case = form.rule, form.case
    if rule.per == OF_MEDICINE:  # only what is not agreed to is asked about, and each medicine by itself
        return _("{no} But we keep what we have, and ask you again.").format(no=_unsaid(form))
    stands = {use: standing(rule, case, form.day, use) for use in rule.use_keys}
    in_force = [use for use, verdict in stands.items() if verdict.in_force]
    if rule.basis == REQUEST:
        return _request_silence(form, in_force)
    if in_force:
        return _as_it_is(form, stands, in_force)
    refusals = [verdict.standing in _NOES for verdict in stands.values()]
    if any(refusals):
        return _refusal_words(form) if all(refusals) else _("it counts as no.")
    return _unsaid(form)


def _refusal_words(form: FormFacts) -> str:
    """A no that holds is its giver's alone to take back (``domain.consents.rule``). One from elsewhere names nobody: the form may go to another household."""
    if form.rule.parent_no == "latest":
        return _("it stays as it is now: no.")
    refusals = {_said_no(form, use) for use in form.rule.use_keys}
    if len(refusals) > 1:
        return _("it stays no. In each line only a yes of whoever said no there changes that.")
    signers_noes, elsewhere = refusals.pop()
    if elsewhere or not signers_noes:
        return _(
            "it stays no. Another person who may decide, and is not asked to sign here, said no. Only that person’s yes changes that: a yes here does not, whoever signs."
        )
    if form.to_pupil:
        return _("it stays no, as you said on {day}. A yes here changes that.").format(day=show_date(signers_noes[0][1]))
    noes = join_words([_("on {day} by {name}").format(name=name, day=show_date(day)) for name, day in signers_noes])
    said_no = [name for name, _day in signers_noes]
    others = [name for _giver, name in form.people_asked if name not in said_no]
    if len(signers_noes) > 1:
        change = _("Only a yes of each of them changes that.")
    elif others:
        change = _("Only that person’s yes changes that, not {name}’s.").format(name=others[0] if len(others) == 1 else _("anybody else"))
    else:
        change = _("Only that person’s yes changes that.")
    return _("it stays no, as said {noes}. {change}").format(noes=noes, change=change)


def _said_no(form: FormFacts, use: str) -> tuple[tuple[tuple[str, date], ...], bool]:
    """Whose no holds of those who sign this form, with the day of each; and whether one of somebody else holds."""

    def holds(*givers: str, by_others: bool = False) -> bool:
        events = [event for event in form.case.said if (event.giver_key in givers) != by_others]
        return standing(form.rule, replace(form.case, said=events), form.day, use).standing in _NOES

    signing = ((PUPIL, form.forename),) if form.to_pupil else form.people_asked
    signers_noes = tuple((name, _last_answer_day(form, giver, use)) for giver, name in signing if holds(giver))
    return signers_noes, holds(*(giver for giver, _name in signing), by_others=True)


def _last_answer_day(form: FormFacts, giver: str, use: str) -> date:
    return max(
        event.on
        for event in form.case.said
        if event.giver_key == giver and event.what in ANSWERS and event.use_key in ("", use) and event.on <= form.day
    )


def _unsaid(form: FormFacts) -> str:
    if form.to_pupil or form.rule.parents != "one" or len(form.case.holders) < 2:
        return _("it counts as no.")
    return _("it counts as no, unless another parent says yes.")


def _as_it_is(form: FormFacts, stands: Mapping[str, Verdict], in_force: Sequence[str]) -> str:
    """What is agreed to now, with the day on which that ends where it is the same of all."""
    ends = {stands[use].until for use in in_force}
    day = next(iter(ends)) if len(ends) == 1 else None
    until = (
        _("until {day}, or until {who} no").format(day=show_date(day), who=_who_says(form))
        if day
        else _("until {who} no").format(who=_who_says(form))
    )
    said = _yes_words(form, in_force) + _pupil_agrees(form)
    if len(in_force) == len(stands):
        now = (
            _("it stays as it is now: yes to all of it, {said}, {until}.")
            if form.rule.use_list
            else _("it stays as it is now: yes, {said}, {until}.")
        )
        return now.format(said=said, until=until)
    uses = join_words([form.rule.use_words(use) for use in in_force])
    return _("it stays as it is now: yes ({uses}), {said}, {until}; and no to the rest.").format(uses=uses, said=said, until=until)


def _yes_words(form: FormFacts, uses: Sequence[str]) -> str:
    """By whom of those who sign, and on which day, a yes that is in force was said; one from elsewhere names nobody, as with a no."""
    signing = ((PUPIL, form.forename),) if form.to_pupil else form.people_asked
    yeses = {(name, _last_answer_day(form, giver, use)) for use in uses for giver, name in signing if _is_in_force(form, giver, use)}
    if len(yeses) != 1:
        return _("as said before")
    name, day = yeses.pop()
    if len(signing) == 1:
        return _("as you said on {day}").format(day=show_date(day))
    words = _("as said on {day}") if form.easy else _("as said on {day} by {name}")  # easy words are set larger
    return words.format(day=show_date(day), name=name)


def _pupil_agrees(form: FormFacts) -> str:
    """That the pupil has said yes too, to a parent: where both must, no yes is in force without the pupil's (``domain.consents.rule``)."""
    return _(", and {name} agrees too").format(name=form.forename) if form.rule.pupil_too and not form.to_pupil else ""


def _is_in_force(form: FormFacts, giver: str, use: str) -> bool:
    """Whether the last answer of a person is a yes that is enough beside the pupil's own; of a pupil, where any yes is in force."""
    events = (
        form.case.said
        if form.to_pupil
        else [event for event in form.case.said if event.giver_key in (giver, PUPIL) or event.what not in ANSWERS]
    )
    has_answered = any(event.giver_key == giver and event.what in ANSWERS for event in events)
    return has_answered and standing(form.rule, replace(form.case, said=events), form.day, use).in_force


def _who_says(form: FormFacts) -> str:
    """Whose no ends a yes, in words."""
    if form.to_pupil:
        return _("you or a parent say") if form.rule.pupil_too and form.rule.parents != "none" else _("you say")
    if form.rule.pupil_too or may_object(form.rule, form.case, form.day):
        return _("a parent or {name} says").format(name=form.forename)
    return _("a parent says")


def unclear(form: FormFacts, *, medicines: int = 1) -> str:
    """What is not clear enough to be kept, and what holds instead: a form is kept only with an answer and with who gave it.

    A no needs no signature: any word to the office is one. Of several lines without a signature each is taken by itself, so that those with a no
    count. ``medicines`` is how many are asked about.
    """
    rule = form.rule
    has_lines = bool(rule.use_list) or medicines > 1
    if has_lines:
        mistake = _("A line with no box or two ticked") if rule.use_list else _("A medicine with no box or two ticked")
    elif not form.to_pupil and may_object(rule, form.case, form.day):  # the pupil's own box is another
        mistake = _("None or both of a parent’s boxes ticked")
    else:
        mistake = _("Neither box ticked, or both")
    counts, other_answer = (
        (_("“leave out”"), _("“I take part”") if form.to_pupil else _("“takes part”")) if rule.basis == REQUEST else (_("no"), _("yes"))
    )
    if has_lines:
        words = _("{what}: {then}. Not signed: each {counts} counts all the same, each {other} is as if its line had no tick.")
        return words.format(what=mistake, then=_until_asked(form, _(" there")), counts=counts, other=other_answer)
    words = _("{what}, or an unsigned {other}: {then}. An unsigned {counts} counts.")
    return words.format(what=mistake, then=_until_asked(form, ""), counts=counts, other=other_answer)


def _until_asked(form: FormFacts, place: str) -> str:
    """What holds until a family has been asked what it meant: the answer of before, where there is one."""
    rule = form.rule
    stands = [] if rule.per == OF_MEDICINE else [standing(rule, form.case, form.day, use) for use in rule.use_keys]
    in_force = [verdict.in_force for verdict in stands]
    if rule.basis == REQUEST and not any(in_force):
        words = _("you take part{there}") if form.to_pupil else _("{name} takes part{there}")
    elif in_force and all(in_force) and rule.basis != REQUEST:
        words = _("the earlier yes goes on{there}")
    elif any(in_force):
        words = _("the earlier answer goes on{there}")
    elif stands and all(verdict.standing in _NOES for verdict in stands):
        return _("the earlier no goes on{there}, and we ask you what you meant").format(
            there=place
        )  # which may be another’s alone to take back
    else:
        return _("as if you had not answered{there}, and we ask you").format(there=place)
    return _("{words} until you tell us what you meant: we ask you").format(words=words.format(name=form.forename, there=place))


def _request_silence(form: FormFacts, out: Sequence[str]) -> str:
    words, name = form.rule.use_words, form.forename
    if out and len(out) < len(form.rule.use_keys):
        left = join_words([words(use) for use in out])
        if form.to_pupil:
            return _("it stays as it is now: you are left out of {left}, and take part in the rest.").format(left=left)
        return _("it stays as it is now: {name} is left out of {left}, and takes part in the rest.").format(name=name, left=left)
    if out:
        return (
            _("it stays as it is now: you are left out.")
            if form.to_pupil
            else _("it stays as it is now: {name} is left out.").format(name=name)
        )
    return _("it stays as it is now: you take part.") if form.to_pupil else _("it stays as it is now: {name} takes part.").format(name=name)


def how_long(form: FormFacts) -> str:
    """How long an answer holds, as a sentence or two: a parent’s no longer than until the pupil decides."""
    return " ".join(filter(None, (_holds(form), _pupils_own_later(form))))


def _holds(form: FormFacts) -> str:
    rule = form.rule
    until = yes_until(rule, form.case, form.day)
    if rule.per == OF_MEDICINE:
        return _("A yes holds until the medicine, its dose or its time changes; a no until you change it.")
    if rule.per == OF_OCCASION:
        if until is not None:
            return _("A yes is for this alone, until {day}; a no until you change it.").format(day=show_date(until))
        return _("Your answer is for this alone, and holds until you change it.")
    if until is not None and rule.basis != REQUEST:
        return _("A yes holds until {day}, a no until you change it.").format(day=show_date(until))
    return (
        _("Your answer holds until you change it, or until you leave us.")
        if form.to_pupil
        else _("Your answer holds until you change it, or until {name} leaves us.").format(name=form.forename)
    )


def _pupils_own_later(form: FormFacts) -> str:
    """From when the pupil alone decides, where that comes while a parent’s answer would still hold."""
    rule, case = form.rule, form.case
    day, until = birthday(case.dob, rule.own_age), yes_until(rule, case, form.day)
    if (
        form.to_pupil
        or rule.own_age >= ADULT
        or rule.own_competence != "presumed"
        or day <= form.day
        or (until is not None and day > until)
    ):
        return ""
    words = (
        _("But from {day}, at {age}, {name} decides instead: your answer ends, and {name} takes part until {name} asks to be left out.")
        if rule.basis == REQUEST
        else _("But from {day}, at {age}, {name} decides instead: your answer ends, and it is no until {name} says yes.")
    )
    return words.format(day=show_date(day), age=rule.own_age, name=form.forename)


def in_what_way(rule: ConsentType) -> str:
    """In what way a changed answer may come; empty where any way will do for both."""
    return _("A yes must come in writing; a no may come in any way.") if rule.written else ""


def may_ever_object(rule: ConsentType) -> bool:
    """Whether the form of a parent may ask for the pupil's own no at all, whatever the pupil's age."""
    return rule.pupil_no != "own" and not rule.pupil_too


def may_object(rule: ConsentType, case: ConsentCase, day: date) -> bool:
    """Whether the form of a parent asks for the pupil's own no: only where it would count on the day."""
    if not may_ever_object(rule) or (rule.pupil_no == "competent" and case.competent(day) is False):
        return False
    return day >= own_no_counts_from(rule, case)


def objection_words(form: FormFacts, *, easy: bool) -> str:
    """What the pupil's own box says, with what it does by the rule."""
    rule = form.rule
    if rule.basis == REQUEST:
        words = _("I, {name}, want to take part. (Then {name} takes part, whatever a parent ticks. This tick needs no signature.)")
    else:
        scope = _("all of this") if rule.use_list else _("this")
        after = _("Then we do not do it, whatever a parent ticks. This tick needs no signature.")
        if rule.pupil_no != "always":
            after += (
                _(" Only if we find in a talk that {name} does not understand this, do parents decide: {then}.")
                if easy
                else _(" Only if we find in a talk that {name} does not understand the question, do parents decide: {then}.")
            ).replace("{then}", _if_not_understood(form))
        words = _("I, {name}, say no to {what}. ({after})").replace("{what}", scope).replace("{after}", after)
    return words.format(name=form.forename)


def _if_not_understood(form: FormFacts) -> str:
    """What then holds of a pupil’s no, asked of the rule: a parent’s yes was never taken back by it, so that it goes on until a parent says otherwise."""
    not_competent = Competence(asked_about=form.rule.name, finding="not-competent", on=form.day, reason="")
    case = replace(form.case, found=[*form.case.found, not_competent])
    in_force = [standing(form.rule, case, form.day, use).in_force for use in form.rule.use_keys]
    if all(in_force):
        return _("without a new answer of theirs the earlier yes goes on")
    if any(in_force):
        return _("without a new answer of theirs the earlier one goes on")
    return _("without a yes of theirs it is no")


def own_say(form: FormFacts) -> str:
    """From when the pupil's wish to take part decides, as a sentence: said of a day to come only while it is to come."""
    first = own_no_counts_from(form.rule, form.case)
    if first <= form.day:
        return _("{name} is now old enough to choose to take part, even if a parent asks otherwise.").format(name=form.forename)
    return _("From {day} {name} may choose to take part, even if a parent asks otherwise.").format(name=form.forename, day=show_date(first))
