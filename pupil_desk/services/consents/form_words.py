"""What the form of a consent says beside its questions, made from the rule: who signs, what silence means, how long an answer holds, the pupil's own word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _, listed
from pupil_desk.domain.consent import OF_MEDICINE, OF_OCCASION, REQUEST, ConsentType
from pupil_desk.domain.consent_ages import own_no_counts_from, pupil_decides
from pupil_desk.domain.consent_case import ConsentCase
from pupil_desk.domain.consent_rule import standing, yes_until


@dataclass(frozen=True, slots=True)
class Spoken:
    """One form: by which rule, of which case, on which day, to whom. ``forename`` is the pupil's; ``own`` whether the pupil signs."""

    rule: ConsentType
    case: ConsentCase
    day: date
    forename: str
    own: bool


def who_signs(form: Spoken) -> str:
    """Whose signature is wanted, and what another parent's answer does."""
    rule, name = form.rule, form.forename
    if form.own:
        if pupil_decides(rule, form.case, form.day):
            return _("You, {name}. This is your own decision.").format(name=name)
        return _("You, {name}. A parent signs a form of their own.").format(name=name) if rule.parents != "none" else _("You, {name}.").format(name=name)
    also = _(" {name} signs a form of their own.").format(name=name) if rule.pupil_too else ""
    if len(form.case.holders) < 2:
        return _("A parent or carer.") + also
    if rule.parents == "each":
        return _("Each parent, on a form of their own: every one must say yes.") + also
    if rule.parent_no == "latest":
        return _("One parent. If two differ, the later answer counts.") + also
    if may_object(rule, form.case, form.day):
        return _("One parent. Another parent’s or {name}’s no overrides.").format(name=name) + also
    return _("One parent. Another parent’s no overrides a yes.") + also


def silence(form: Spoken) -> str:
    """What happens where nobody answers, begun small: with a request, and where there is a yes, all stays as it stands by the rule."""
    rule, case = form.rule, form.case
    in_force = [use for use in rule.use_keys if standing(rule, case, form.day, use).in_force] if rule.per != OF_MEDICINE else []
    if rule.basis == REQUEST:
        return _request_silence(form, in_force)
    if in_force:
        return _("nothing changes. What you agreed to before still holds.") if form.own else _("nothing changes. What was agreed to before still holds.")
    if form.own or rule.parents != "one" or len(case.holders) < 2:
        return _("it counts as no.")
    return _("it counts as no, unless another parent says yes.")


def _request_silence(form: Spoken, out: Sequence[str]) -> str:
    words, name = form.rule.use_words, form.forename
    if out and len(out) < len(form.rule.use_keys):
        left = listed([words(use) for use in out])
        if form.own:
            return _("it stays as it is now: you are left out of {left}, and take part in the rest.").format(left=left)
        return _("it stays as it is now: {name} is left out of {left}, and takes part in the rest.").format(name=name, left=left)
    if out:
        return _("it stays as it is now: you are left out.") if form.own else _("it stays as it is now: {name} is left out.").format(name=name)
    return _("it stays as it is now: you take part.") if form.own else _("it stays as it is now: {name} takes part.").format(name=name)


def how_long(form: Spoken) -> str:
    """How long an answer holds, as a sentence."""
    rule = form.rule
    until = yes_until(rule, form.case, form.day)
    if rule.basis == REQUEST:
        return _("Your answer holds until you change it, or until you leave us.") if form.own else _("Your answer holds until you change it, or until {name} leaves us.").format(name=form.forename)
    if rule.per == OF_MEDICINE:
        return _("A yes holds until the medicine, its dose or its time changes; a no until you change it.")
    if rule.per == OF_OCCASION and until is None:
        return _("Your answer is for this alone, and holds until you change it.")
    if until is not None:
        return _("A yes holds until {day}, a no until you change it.").format(day=show_date(until)) if rule.per != OF_OCCASION else _("Your answer is for this alone.")
    return _("Your answer holds until you change it, or until you leave us.") if form.own else _("Your answer holds until you change it, or until {name} leaves us.").format(name=form.forename)


def in_what_way(rule: ConsentType) -> str:
    """In what way a changed answer may come; empty where any way will do for both."""
    return _("A yes must come in writing; a no may come in any way.") if rule.written else ""


def may_object(rule: ConsentType, case: ConsentCase, day: date) -> bool:
    """Whether the form of a parent asks for the pupil's own no: only where it would count on the day."""
    if rule.pupil_no == "own" or rule.pupil_too or (rule.pupil_no == "competent" and case.competent(day) is False):
        return False
    return day >= own_no_counts_from(rule, case)


def objection_words(form: Spoken, *, easy: bool) -> str:
    """What the pupil's own box says, with what it does by the rule."""
    rule = form.rule
    if rule.basis == REQUEST:
        words = _("{name} wants to take part. (Then {name} takes part, even if a parent asks otherwise.)")
    else:
        what = _("all of this") if rule.use_list else _("this")
        if rule.pupil_no == "always":
            after = _("Then we do not do it, even if a parent says yes.")
        else:
            after = _("Then we do not do it.") if easy else _("Then we do not do it, even if a parent says yes, unless a talk with {name} shows that it was misunderstood.")
        words = _("{name} says no to {what}. ({after})").replace("{what}", what).replace("{after}", after)
    return words.format(name=form.forename)


def own_say(form: Spoken) -> str:
    """From when the pupil's wish to take part decides, as a sentence: said of a day to come only while it is to come."""
    first = own_no_counts_from(form.rule, form.case)
    if first <= form.day:
        return _("{name} is now old enough to choose to take part, even if a parent asks otherwise.").format(name=form.forename)
    return _("From {day} {name} may choose to take part, even if a parent asks otherwise.").format(name=form.forename, day=show_date(first))
