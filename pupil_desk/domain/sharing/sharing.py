"""The rule of sharing: which recipient is told what of a pupil, nothing, the minimum or in full, by age, choices and notices.

Whom there is to tell is the register of ``domain.sharing.recipients``. Sources: Education and Skills Act 2008 sections 68 and 72
(name, address and date of birth may be asked for and cannot be refused from 13; the rest is held back at the word of a parent, from 16 at the pupil's own); the privacy notice; the
command line's section «Who is on roll, and what counts as minimum». Where the law leaves a choice, the caution is a
setting (``Rules``).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from pupil_desk.basics.dates import age_on, birthday, show_date
from pupil_desk.basics.rulefiles import by_rules
from pupil_desk.basics.words import _
from pupil_desk.domain.care.needs import CarePeriod, social_work_on
from pupil_desk.domain.catalogue.items import Basis
from pupil_desk.domain.exams.exam import WITHDRAWN, ExamEntry
from pupil_desk.domain.learning.next_steps import QUALIFICATION, Learning
from pupil_desk.domain.pupils.enrolment import Enrolment, on_roll
from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.schools.school_place import SchoolPlace
from pupil_desk.domain.sharing.choice import (
    OWN_WORD_FROM,
    PUPIL,
    RESTRICT,
    SETTLED,
    Choice,
    WishStep,
    entitled,
    most_protective,
    parents_words,
    settled_on,
)
from pupil_desk.domain.sharing.recipients import Recipient, RulePart, register
from pupil_desk.domain.transport.journey import Journey

YOUTH_SUPPORT_FROM = 13  # years of age


class Level(StrEnum):
    """How much a recipient may be told of one pupil."""

    NONE = "none"
    MINIMUM = "minimum"
    FULL = "full"


@by_rules
def heard_recipients() -> Mapping[str, Recipient]:
    """Those about whom families and pupils are asked, by name."""
    return {name: recipient for name, recipient in register().items() if recipient.heard}


def youth_support_service() -> Recipient:
    """Whom pupils from 13 are told to, by the rules in force."""
    return register()["youth-support"]


def post_16_providers() -> Recipient:
    """Whom pupils from 16 are told to, by the rules in force."""
    return register()["post-16"]


@dataclass(frozen=True, slots=True)
class ConsentWord:
    """How one consent stands of one pupil on the day that is judged: whether there is a yes, who decided, and why in a sentence."""

    in_force: bool
    decided_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class SharingCase:
    """What the rule needs of one pupil. ``notices_given`` are the days a notice was given to a holder of parental responsibility.

    ``protections`` are not the rule's: ``decide`` never reads them. They stand here for the preview and the exports, which
    hold a protected pupil back. ``steps`` are what was done about the wishes: a contradiction that was settled counts by them.

    ``others`` are the same person as further records say it that were found to be of one: the same pupil and stays, with the
    choices and notices of that record. Whatever was recorded since the records are together stands in all of them.
    ``consents`` are those that a recipient asks for, by key: of the person, whatever record they were said in.
    ``learning``, ``exam_entries``, ``care``, ``places``, those agreed with schools, ``placements``, those arranged at providers, and ``journeys`` are read for a
    recipient whose part of the rule asks for them (``RulePart.ENTRIES``, ``CARE``, ``MAIN_SCHOOL``, ``PLACED``, ``TRANSPORT``).
    """

    pupil: Pupil
    enrolments: Sequence[Enrolment]
    choices: Sequence[Choice] = ()
    notices_given: Sequence[date] = ()
    protections: Sequence[Protection] = ()
    others: Sequence["SharingCase"] = ()
    steps: Sequence[WishStep] = ()
    consents: Mapping[str, ConsentWord] = MappingProxyType({})
    learning: Sequence[Learning] = ()
    exam_entries: Sequence[ExamEntry] = ()
    care: Sequence[CarePeriod] = ()
    places: Sequence[SchoolPlace] = ()
    placements: Sequence[Placement] = ()
    journeys: Sequence[Journey] = ()

    def with_consent(self, key: str, word: ConsentWord) -> "SharingCase":
        """The case with how one consent stands, which it does of the person and so in every record."""
        merged_cases = tuple(record_case.with_consent(key, word) for record_case in self.others)
        return replace(self, consents={**self.consents, key: word}, others=merged_cases)

    def with_records(self, **records: Sequence[Any]) -> "SharingCase":
        """The case with what the person learns, is entered for, and the like, by the attribute: it is in every record."""
        return replace(self, **records, others=tuple(record_case.with_records(**records) for record_case in self.others))  # type: ignore[arg-type]  # each attribute takes records of its own type

    def with_choice(self, choice: Choice) -> "SharingCase":
        """The case with one thing said now, which stands in every record of the person."""
        merged_cases = tuple(record_case.with_choice(choice) for record_case in self.others)
        return replace(self, choices=(*self.choices, choice), others=merged_cases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The unit's cautions, where the law leaves the choice."""

    no_notice_13: Level = Level.MINIMUM
    unasked_16: Level = Level.MINIMUM
    unasked_post_16: Level = Level.NONE
    with_parent: bool = False


class Decision(NamedTuple):
    """What may be told: ``level``, who decided (``rule``, ``parent``, ``pupil``), why in a sentence, and the items that go.

    ``in_short`` says of what the rule decides why nothing goes, in words that name nobody, as a receipt may.
    """

    level: Level
    decided_by: str
    reason: str
    items: tuple[str, ...] = ()
    in_short: str = ""


def decide(case: SharingCase, recipient: Recipient, day: date, rules: Rules) -> Decision | None:
    """What that recipient may be told of one pupil on a day; None for one who is not on the unit's roll on it.

    Of several records of one person the strictest decides, and where they differ it is said.
    """
    if not on_roll(case.enrolments, day):
        return None
    if not case.others:
        return _decided(case, recipient, day, rules)
    decisions = [_decided(record_case, recipient, day, rules) for record_case in (case, *case.others)]
    strictest = min(decisions, key=lambda decision: _STRICTNESS[decision.level])
    if any(decision.level is not strictest.level for decision in decisions):
        differ = _("The records of this pupil that were merged say different things, and the strictest holds until it is said anew.")
        return strictest._replace(reason=f"{strictest.reason} {differ}")
    return strictest


def says_all_unasked(pupil: Pupil, notices_given: Sequence[date], recipient: Recipient, day: date, rules: Rules) -> bool:
    """Whether that recipient is told everything of a pupil on roll about whom nobody has said anything."""
    return _decided(SharingCase(pupil, (), notices_given=notices_given), recipient, day, rules).level is Level.FULL


_STRICTNESS = {Level.NONE: 0, Level.MINIMUM: 1, Level.FULL: 2}


def _decided(case: SharingCase, recipient: Recipient, day: date, rules: Rules) -> Decision:
    words = _in_force(case, recipient, day)
    if recipient.basis is Basis.CONSENT:
        decision = _by_consent(case, recipient)
    elif recipient.rule is RulePart.POST_16:
        decision = _post_16(case, words, day, rules)
    elif recipient.rule is RulePart.YOUTH_SUPPORT:
        decision = _youth_support(case, words, day, rules)
    elif recipient.rule in _CONCERNS:
        decision = _whom_it_concerns(case, recipient, day)
    else:  # a law covers it that no choice changes
        decision = Decision(Level.FULL, "rule", _("A law demands or allows it: {law}").format(law=recipient.law))
    return decision._replace(items=items_at(recipient, decision.level, rules))


def _whom_it_concerns(case: SharingCase, recipient: Recipient, day: date) -> Decision:
    """Everything that the notice names of a pupil whom the recipient has to do with, nothing of another."""
    concerns, yes, no = _CONCERNS[recipient.rule]
    if concerns(case, day):
        return Decision(Level.FULL, "rule", yes)
    return Decision(Level.NONE, "rule", no, in_short=_("it does not concern this receiver"))


def _of_a_school(case: SharingCase, day: date) -> bool:
    current_stays = [stay for stay in case.enrolments if stay.on_roll(day)]
    agreed = bool(current_stays) and any(place.spans(day, day) for place in case.places)
    return agreed or any(stay.main_school or stay.commissioned_by for stay in current_stays)


def _in_care(case: SharingCase, day: date) -> bool:
    return bool(case.pupil.looked_after) or social_work_on(case.care, day) is not None


def _entered(case: SharingCase, day: date) -> bool:
    """Whether the pupil works for a qualification: begun by the day, or not said when, and neither ended before it nor with a result.

    Or is entered for an exam, of which a board is told until the year of its series is over: its results are asked after in the autumn.
    """
    is_entered = any(entry.status != WITHDRAWN and day.year <= entry.year for entry in case.exam_entries)
    return is_entered or any(
        learning.kind == QUALIFICATION
        and (learning.start is None or learning.start <= day)
        and (learning.end is None or day <= learning.end)
        and not learning.result
        for learning in case.learning
    )


def _carried(case: SharingCase, day: date) -> bool:
    by_route = any(journey.spans(day) and not journey.is_of_earlier_stay(case.enrolments, day) for journey in case.journeys)
    return by_route or any(stay.on_roll(day) and stay.transport for stay in case.enrolments)


def _placed(case: SharingCase, day: date) -> bool:
    return any(placement.spans(day, day) for placement in case.placements)


def _never(case: SharingCase, day: date) -> bool:
    return False


_CONCERNS: Mapping[RulePart, tuple[Callable[[SharingCase, date], bool], str, str]] = {
    RulePart.MAIN_SCHOOL: (
        _of_a_school,
        _("The pupil has a main school, or was placed here: it is told of its own pupil."),
        _("The stay names no main school, and nobody who placed the pupil; no school agreed a place."),
    ),
    RulePart.CARE: (
        _in_care,
        _("The pupil is looked after by an authority, or has a social worker."),
        _("The pupil is not looked after by an authority, and no social worker is on file."),
    ),
    RulePart.ENTRIES: (
        _entered,
        _("The pupil works for a qualification, or is entered for an exam."),
        _("The pupil works for no qualification that is on file, and no exam entry of this year or later is."),
    ),
    RulePart.TRANSPORT: (
        _carried,
        _("The pupil is carried, by the record."),
        _("The stay names no transport, and no journey by a route is on file."),
    ),
    RulePart.PLACED: (
        _placed,
        _("The pupil has a place at a provider that we arranged: it is told what it needs of its own."),
        _("No place at a provider is arranged for that day."),
    ),
    RulePart.BY_CASE: (
        _never,
        "",
        _("Nothing goes as a routine. Where a case needs it, at most what the notice names is told, and entered by hand."),
    ),
}
"""Whom each part of the rule concerns on a day, and the reason for either answer."""


def _by_consent(case: SharingCase, recipient: Recipient) -> Decision:
    """Everything with a yes, nothing without; that nobody has asked is never a yes."""
    word = case.consents.get(recipient.consent) if recipient.consent else None
    if word is None:
        return Decision(Level.NONE, "rule", _("The consent has not been asked for."), in_short=_("the consent has not been asked for"))
    return Decision(Level.FULL if word.in_force else Level.NONE, word.decided_by, word.reason, in_short=_("there is no consent"))


def items_at(recipient: Recipient, level: Level, rules: Rules) -> tuple[str, ...]:
    """The items that go to a recipient at a level."""
    if level is Level.NONE:
        return ()
    items = recipient.full if level is Level.FULL else recipient.minimum
    return items + recipient.parent_items if rules.with_parent else items


@dataclass(frozen=True, slots=True)
class _WordsInForce:
    parent: Choice | None
    pupil: Choice | None


_NOBODY = _WordsInForce(None, None)
_FOR_AGE = _("because of the pupil’s age on that day")


def _in_force(case: SharingCase, recipient: Recipient, day: date) -> _WordsInForce:
    choices = [c for c in case.choices if c.recipient == recipient.name and c.on <= day and entitled(c, case.pupil.dob)]
    if not choices and not case.steps:  # most pupils
        return _NOBODY
    return _WordsInForce(
        parent=most_protective(parents_words(choices, settled_on(case.steps, recipient.name, day))),
        pupil=most_protective(c for c in choices if c.by == PUPIL),
    )


def _youth_support(case: SharingCase, words: _WordsInForce, day: date, rules: Rules) -> Decision:
    """The youth support service: nothing under 13; at 13 to 15 the minimum or in full, by the parents' word and the notice; from 16 by the pupil's own."""
    age = age_on(case.pupil.dob, day)
    if age < YOUTH_SUPPORT_FROM:
        reason = _("Under 13: nothing is told before {day}.").format(day=show_date(birthday(case.pupil.dob, YOUTH_SUPPORT_FROM)))
        return Decision(Level.NONE, "rule", reason, in_short=_FOR_AGE)
    if age >= OWN_WORD_FROM:
        return _level_of_choice(words.pupil, minimum=Level.MINIMUM) if words.pupil else _unasked(words, rules.unasked_16)
    if words.parent is not None:
        return _level_of_choice(words.parent, minimum=Level.MINIMUM)
    if any(day_given <= day for day_given in case.notices_given):
        return Decision(Level.FULL, "rule", _("13 to 15, the notice has been given and nobody has restricted."))
    reason = _("13 to 15, nobody has said anything, and no parent has been given the privacy notice yet. Give it.")
    return Decision(rules.no_notice_13, "rule", reason, in_short=_("no privacy notice has been given yet"))


def _unasked(words: _WordsInForce, unasked: Level) -> Decision:
    reason = _("From 16 it is the pupil’s own choice. Ask the pupil.")
    if words.parent is not None:
        reason = _("From 16 it is the pupil’s own choice; what is on file was a parent’s. Ask the pupil.")
    return Decision(unasked, "rule", reason, in_short=_("the pupil has not been asked yet"))


def _post_16(case: SharingCase, words: _WordsInForce, day: date, rules: Rules) -> Decision:
    if age_on(case.pupil.dob, day) >= OWN_WORD_FROM:
        return _level_of_choice(words.pupil, minimum=Level.NONE) if words.pupil else _unasked(words, rules.unasked_post_16)
    if words.parent is not None:
        return _level_of_choice(words.parent, minimum=Level.NONE)
    return Decision(Level.NONE, "rule", _("Under 16: nothing is told to providers unless a parent allows it."), in_short=_FOR_AGE)


def _level_of_choice(choice: Choice, minimum: Level) -> Decision:
    if choice.contact_id == SETTLED:
        level, words = (
            (minimum, _("Restricted, as it was settled between the parents on {day}."))
            if choice.choice == RESTRICT
            else (Level.FULL, _("Allowed, as it was settled between the parents on {day}."))
        )
        return Decision(level, choice.by, words.format(day=show_date(choice.on)))
    giver = _("The pupil") if choice.by == PUPIL else (choice.giver or _("A parent"))
    if choice.choice == RESTRICT:
        return Decision(minimum, choice.by, _("{who} restricted it on {day}.").format(who=giver, day=show_date(choice.on)))
    return Decision(Level.FULL, choice.by, _("{who} allowed it on {day}.").format(who=giver, day=show_date(choice.on)))
