"""Who may be told what: the choices as they come in, and the preview that every export obeys."""

import dataclasses
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Self

from pupil_desk.basics.dates import age_on, birthday, show_date
from pupil_desk.basics.errors import WrongUse, required
from pupil_desk.basics.text import fold, tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.care.needs import CarePeriod
from pupil_desk.domain.catalogue.validation import Problem, problems_of, refuse
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.exams.exam import ExamEntry
from pupil_desk.domain.learning.next_steps import Learning
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.schools.school_place import SchoolPlace
from pupil_desk.domain.sharing.choice import OWN_WORD_FROM, PUPIL, RESTRICT, Choice, WishStep, entitled
from pupil_desk.domain.sharing.recipients import NoticeUse, Recipient, RulePart, register
from pupil_desk.domain.sharing.sharing import (
    YOUTH_SUPPORT_FROM,
    Decision,
    Level,
    Rules,
    SharingCase,
    decide,
    heard_recipients,
    items_at,
    post_16_providers,
    youth_support_service,
)
from pupil_desk.domain.sharing.unit_recipients import chosen_recipients
from pupil_desk.domain.sharing.wish import SaidOnRecord, Wish, wish_on
from pupil_desk.domain.transport.journey import Journey
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.disclosures import disclosures
from pupil_desk.services.pupils.pupils import pupil_of
from pupil_desk.services.roles import Action
from pupil_desk.store.file.vault import Row
from pupil_desk.store.rows import several
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import cases, choices, contacts, protections, wish_steps


@dataclass(frozen=True, slots=True)
class SharingRecord:
    """What is on file about the wishes of one pupil; ``by_record`` is what each record says, where there are several."""

    pupil: Pupil
    contacts: Sequence[Contact]
    protections: Sequence[Protection]
    choices: Sequence[Choice]
    steps: Sequence[WishStep]
    by_record: Sequence[SaidOnRecord] = ()

    @classmethod
    def of(cls, desk: Desk, pupil_id: str) -> Self:
        """Of one pupil. Raises WrongUse where there is none."""
        vault, pupil = desk.vault, pupil_of(desk.vault, pupil_id)
        return cls(
            pupil,
            contacts.of_pupil(vault, pupil.id),
            protections.of_pupil(vault, pupil.id, desk.today),
            choices.of_pupil(vault, pupil.id),
            wish_steps.of_pupil(vault, pupil.id),
            by_record=cases.said_by_record(vault, desk.settings.rules, pupil.id).get(pupil.id, ()),
        )

    def wish(self, recipient: str, day: date) -> Wish:
        """The wish about a recipient on a day."""
        return wish_on(
            self.pupil, self.contacts, self.protections, self.choices, self.steps, recipient=recipient, day=day, by_record=self.by_record
        )


class PreviewRow(NamedTuple):
    """What one recipient would be told of one pupil, what would be withheld, the protections that stand in the way, and the pupil's stays."""

    pupil: Pupil
    decision: Decision
    withheld: tuple[str, ...]
    protections: tuple[Protection, ...]
    stays: Sequence[Enrolment]


def previewed(desk: Desk) -> dict[str, Recipient]:
    """The recipients of whom the rule says who is told as a routine: those whom families may limit, and those with whom the unit works."""
    return dict(heard_recipients()) | {recipient.name: recipient for recipient in chosen_recipients(desk.settings)}


def recipient_named(desk: Desk, name: str) -> Recipient:
    """The recipient of that name, if the notice names it. Raises WrongUse."""
    known_recipients = previewed(desk)
    if name in known_recipients:
        return known_recipients[name]
    if name in register() and register()[name].use is NoticeUse.CHOSEN:
        raise WrongUse(disclosures.not_named(desk, name))
    raise WrongUse(_("There is no recipient of that name. There are: {names}.").format(names=", ".join(known_recipients)))


_FURTHER: Mapping[RulePart, Mapping[type, str]] = {
    RulePart.ENTRIES: {Learning: "learning", ExamEntry: "exam_entries"},
    RulePart.CARE: {CarePeriod: "care"},
    RulePart.MAIN_SCHOOL: {SchoolPlace: "places"},
    RulePart.PLACED: {Placement: "placements"},
    RulePart.TRANSPORT: {Journey: "journeys"},
}
"""By part of the rule, the records that it asks for, and where they stand in a case."""


def _cases(desk: Desk, recipient: Recipient, day: date) -> Iterator[SharingCase]:
    """Everybody, with what the recipient's part of the rule asks for."""
    names_by_type = _FURTHER.get(recipient.rule, {})
    records_by_name: dict[str, Mapping[str, Sequence[Any]]] = {
        name: several.by_pupil(desk.vault, record_type) for record_type, name in names_by_type.items()
    }
    for case in cases.all_cases(desk.vault, day, desk.today):
        records = {name: by_pupil.get(case.pupil.id, ()) for name, by_pupil in records_by_name.items()}
        yield case.with_records(**records) if records else case


def preview(desk: Desk, name: str, day: date | None = None) -> list[PreviewRow]:
    """Who on roll would be told what, and why, by name."""
    desk.require(Action.PREVIEW_SHARING)
    recipient, day = recipient_named(desk, name), day or desk.today
    row_of = _judge(desk, recipient)
    return [row for case in _cases(desk, recipient, day) if (row := row_of(case, day)) is not None]


def restricted_since(desk: Desk, name: str, day: date, pupil_ids: Collection[str]) -> int:
    """Of how many of these pupils, leavers too, they or a parent restricted after a day what a recipient is told, and hold to it."""
    choices_by_pupil = choices.by_pupil(desk.vault)
    return sum(_is_restricted_since(choices_by_pupil.get(pupil_id, ()), name, day) for pupil_id in pupil_ids)


def _is_restricted_since(pupil_choices: Iterable[Choice], name: str, day: date) -> bool:
    about_recipient = sorted((choice for choice in pupil_choices if choice.recipient == name), key=lambda choice: (choice.on, choice.seq))
    last_words = {choice.giver_key: choice for choice in about_recipient}.values()
    return any(choice.choice == RESTRICT and choice.on > day for choice in last_words)


def judge(desk: Desk, name: str, day: date) -> Callable[[str, date], PreviewRow | None]:
    """What says of a pupil, by identity, what a recipient would be told by the stays of a day of the pupil's own; None for one not on roll on it.

    The protections are those of ``day`` or of today. Raises NotAllowed, WrongUse.
    """
    desk.require(Action.PREVIEW_SHARING)
    recipient = recipient_named(desk, name)
    row_of, cases_by_id = _judge(desk, recipient), {case.pupil.id: case for case in _cases(desk, recipient, day)}
    return lambda pupil_id, own_day: row_of(cases_by_id[pupil_id], own_day)


def _judge(desk: Desk, recipient: Recipient) -> Callable[[SharingCase, date], PreviewRow | None]:
    rules = desk.settings.rules
    go = {level: items_at(recipient, level, rules) for level in Level}
    withheld = {level: tuple(item for item in go[Level.FULL] if item not in go[level]) for level in Level}

    def row_of(case: SharingCase, day: date) -> PreviewRow | None:
        decision = decide(case, recipient, day, rules)
        if decision is None:
            return None
        return PreviewRow(case.pupil, decision, withheld[decision.level], tuple(case.protections), case.enrolments)

    return row_of


def decision_for(desk: Desk, pupil_id: str, name: str, day: date | None = None) -> Decision | None:
    """What a recipient would be told of one pupil; None for one who is not on roll."""
    desk.require(Action.PREVIEW_SHARING, "pupil", pupil_id)
    day = day or desk.today
    case = cases.of_pupil(desk.vault, pupil_id, day, desk.today)
    recipient = recipient_named(desk, name)
    if case is None:
        return None
    names_by_type = _FURTHER.get(recipient.rule, {})
    case = case.with_records(
        **{name: several.of_pupil(desk.vault, record_type, case.pupil.id) for record_type, name in names_by_type.items()}
    )
    return decide(case, recipient, day, desk.settings.rules)


def decision_with(desk: Desk, choice: Choice, day: date | None = None) -> Decision | None:
    """What the recipient of a choice would be told if this were said too: shown before it is recorded. Nothing is kept."""
    desk.require(Action.PREVIEW_SHARING, "pupil", choice.pupil_id)
    day = day or desk.today
    case = cases.of_pupil(desk.vault, choice.pupil_id, day, desk.today)
    if case is None:
        return None
    all_choices = (choice for record_case in (case, *case.others) for choice in record_case.choices)
    latest = dataclasses.replace(choice, seq=max((choice.seq for choice in all_choices), default=0) + 1)
    return decide(case.with_choice(latest), recipient_named(desk, choice.recipient), day, desk.settings.rules)


def asked_about(age: int) -> tuple[Recipient, ...]:
    """About whom somebody is asked for a pupil of that age: from 13 youth support, from 16 the pupil about providers too."""
    if age >= OWN_WORD_FROM:
        return (youth_support_service(), post_16_providers())
    return (youth_support_service(),) if age >= YOUTH_SUPPORT_FROM else ()


def check_choice(choice: Choice, dob: date, today: date) -> tuple[Problem, ...]:
    """What is wrong with a choice: its own items, its day, and whether it was the giver's to choose."""
    problems = list(problems_of(choice, today))
    if choice.on > today:
        problems.append(Problem("on", "future_date", _("The day lies in the future. Enter the day it was said or signed.")))
    elif not entitled(choice, dob):
        sixteenth = show_date(birthday(dob, OWN_WORD_FROM))
        message = (
            _("From {day}, the 16th birthday, the choice is the pupil’s own.")
            if choice.by != PUPIL
            else _("Before {day}, the 16th birthday, the choice is a parent’s.")
        )
        problems.append(Problem("by", "not_theirs_to_choose", message.format(day=sixteenth)))
    return tuple(problems)


def action_for(choice: Choice) -> Action:
    """What a role must include to enter this choice: one on a signed form is the office's too."""
    return Action.RECORD_FORM_CHOICE if choice.channel == "form" else Action.RECORD_CHOICE


def record_choices(
    desk: Desk, new_choices: Sequence[Choice], *, record: SharingRecord | None = None, of_giver: Iterable[Problem] = ()
) -> Changed:
    """Record what was said of one pupil at one time, such as the answers on one form: all in one transaction, or none.

    This is where a choice is checked. ``record`` is what was read of the pupil already, ``of_giver`` what stands against who gave it.
    Raises Refused, NotAllowed; an event that is on file already raises WrongUse.
    """
    record = record or SharingRecord.of(desk, new_choices[0].pupil_id)
    pupil, on_file = record.pupil, list(record.choices)
    if any(choice.pupil_id != pupil.id for choice in new_choices):
        raise WrongUse(_("These answers are of more than one pupil. Record those of one pupil at a time."))
    for choice in new_choices:
        desk.require(action_for(choice), "pupil", pupil.id)
    of_choices = (problem for choice in new_choices for problem in check_choice(choice, pupil.dob, desk.today))
    refuse(dict.fromkeys((*of_choices, *of_giver)))
    for choice in new_choices:
        if is_among(choice, on_file):
            raise WrongUse(_("This choice is on file already. Nothing was added."))
        on_file.append(choice)
    first, *later = [(action_for(choice), f"{choice.recipient} {choice.by}") for choice in new_choices]
    with desk.act(first[0], "pupil", pupil.id, first[1]) as work:
        for choice in new_choices:
            keep_choice(work, choice)
        for action, reason in later:
            work.note(action, "pupil", pupil.id, reason)
    return Changed.of("choice", ids=(pupil.id,))


def keep_choice(work: Work, choice: Choice) -> None:
    """Within a transaction: keep a checked choice."""
    choices.add(work.desk.vault, dataclasses.replace(choice, id=new_id()), moment=work.stamp, actor=work.actor, act=work.act)


def take_back(desk: Desk, pupil_id: str, choice_id: str, reason: str) -> Changed:
    """Say that a choice was never made: it stays readable with the reason, and counts for nothing. Raises Refused, NotAllowed, WrongUse."""
    choice = required(
        next((choice for choice in choices.of_pupil(desk.vault, pupil_id) if choice.id == choice_id), None),
        _("That entry has been taken back already."),
    )
    desk.require(action_for(choice), "pupil", choice.pupil_id)
    refuse(() if tidy(reason) else (Problem("note", "missing", _("Enter why it is taken back.")),))
    with desk.act(action_for(choice), "pupil", choice.pupil_id, f"taken back: {choice.recipient} {choice.by}") as work:
        choices.take_back(desk.vault, choice, reason=tidy(reason), moment=work.stamp, actor=work.actor, act=work.act)
    return Changed.of("choice", ids=(choice.pupil_id,))


def event_of(choice: Choice) -> tuple[object, ...]:
    """What makes a choice the event it is: all but who recorded it and when."""
    return (choice.recipient, choice.choice, choice.by, choice.on, choice.giver_key, choice.channel, fold(choice.note or ""))


def is_among(choice: Choice, choices_on_file: Iterable[Choice]) -> bool:
    """Whether the event is there already. Two contacts of one name are two givers; a name alone, as a file brings it, may be either."""
    givers = {on_file.contact_id for on_file in choices_on_file if event_of(on_file) == event_of(choice)}
    return bool(givers) and (choice.contact_id is None or bool(givers & {choice.contact_id, None}))


@dataclass(frozen=True, slots=True)
class SharingTimeline:
    """A pupil's choices, the latest day first, each with its record of when and by whom it was entered (``at``, ``name``), and of one taken back why, when and by whom (``back_because``, …)."""

    choices: list[Choice]
    recordings: dict[str, Row]


def timeline(desk: Desk, pupil_id: str) -> SharingTimeline:
    """All that was ever said about sharing of one pupil, what was taken back too."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    events = sorted(choices.all_of_pupil(desk.vault, pupil_id), key=lambda c: (c.on, c.seq), reverse=True)
    return SharingTimeline(events, {row["id"]: row for row in choices.recordings(desk.vault, pupil_id)})


def unasked(desk: Desk, day: date) -> list[Pupil]:
    """Pupils on roll of whom somebody is still to be asked: from 13 a parent about youth support, from 16 the pupil about it and about post-16 providers."""
    desk.require(Action.PREVIEW_SHARING)
    return [*desk.remember("unasked about sharing", lambda: _unasked(desk, day), day)]


def _unasked(desk: Desk, day: date) -> list[Pupil]:
    rules = desk.settings.rules
    return [case.pupil for case in cases.all_cases(desk.vault, day, desk.today) if _is_unasked(rules, case, day)]


def is_unasked(desk: Desk, pupil_id: str, day: date) -> bool:
    """The same of one pupil."""
    desk.require(Action.PREVIEW_SHARING, "pupil", pupil_id)
    case = cases.of_pupil(desk.vault, pupil_id, day, desk.today)
    return case is not None and _is_unasked(desk.settings.rules, case, day)


def _is_unasked(rules: Rules, case: SharingCase, day: date) -> bool:
    decisions = [decide(case, recipient, day, rules) for recipient in asked_about(age_on(case.pupil.dob, day))]
    return any(decision is not None and decision.decided_by == "rule" for decision in decisions)
