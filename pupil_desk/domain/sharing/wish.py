"""How a wish stands: who may give it on a day, who of them was asked and has answered, and whether two parents contradict each other.

The present is derived from what was said (``Choice``) and what was done about it (``WishStep``); nothing of it is kept. What a recipient
is told is not decided here but by ``sharing.decide``.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from pupil_desk.basics.dates import birthday
from pupil_desk.basics.text import fold
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.protection import ORDER, Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.choice import (
    ASKED,
    OWN_WORD_FROM,
    PARENT,
    PASSED,
    PUPIL,
    REMINDED,
    RESTRICT,
    SETTLED,
    Choice,
    WishStep,
    entitled,
    giver_keys,
    giver_of,
    latest_by_giver,
    most_protective,
    parents_words,
    settled_on,
    standing_steps,
)
from pupil_desk.domain.sharing.recipients import register
from pupil_desk.domain.sharing.sharing import Rules, says_all_unasked


class SaidOnRecord(NamedTuple):
    """What one of several records of a pupil says: the choices, the days of the notices given, and the cautions by which silence is judged."""

    choices: Sequence[Choice]
    notices_given: Sequence[date]
    rules: Rules


class Reply(StrEnum):
    """How it stands with one person who may choose."""

    NOT_ASKED = "not-asked"
    ASKED = "asked"
    REMINDED = "reminded"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Giver:
    """One person who may choose: a contact with parental responsibility, or the pupil (``contact_id`` None).

    ``asked`` and ``reminded`` are the days of an asking that no answer has followed yet, else of the last one; ``said`` is the last word.
    """

    contact_id: str | None
    name: str
    asked: date | None = None
    reminded: date | None = None
    said: Choice | None = None

    @property
    def reply(self) -> Reply:
        """An answer stands until the same person is asked anew and says otherwise."""
        if self.said is not None:
            return Reply.ANSWERED
        if self.asked is None:
            return Reply.NOT_ASKED
        return Reply.REMINDED if self.reminded else Reply.ASKED

    @property
    def silent_since(self) -> date | None:
        """The day of the last asking or reminder that no answer has followed."""
        return (self.reminded or self.asked) if self.said is None else None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two parents said different things, and nothing has settled it. ``holds`` is the word that is followed: the most protective."""

    restricted: tuple[Choice, ...]
    allowed: tuple[Choice, ...]
    holds: Choice

    @property
    def settled(self) -> date | None:
        """The day of the settlement, where that alone restricts and no parent's word does."""
        return self.restricted[0].on if all(choice.contact_id == SETTLED for choice in self.restricted) else None


@dataclass(frozen=True, slots=True)
class Wish:
    """The wish about one recipient on a day. ``by`` is whose it is that day, ``parent`` or ``pupil``.

    ``strangers`` are the last words of givers who match no contact; ``inactive`` are words that count no more, since the right has
    passed to the pupil; ``passed`` is the day on which it did, ``told`` the day on which the pupil was told so by letter.
    """

    recipient: str
    by: str
    givers: tuple[Giver, ...] = ()
    strangers: tuple[Choice, ...] = ()
    contradiction: Contradiction | None = None
    settled: WishStep | None = None
    inactive: tuple[Choice, ...] = ()
    holds: Choice | None = None
    passed: date | None = None
    told: date | None = None

    @property
    def yssa(self) -> str:
        """The school census's code for the youth support services agreement: Y allowed, N restricted, SNR asked without a reply, UNS unsought.

        Domain reference 8.2 (CBDS item YSSA). Of two parents the most protective word counts.
        """
        if self.holds is not None:
            return "N" if self.holds.choice == RESTRICT else "Y"
        return "SNR" if any(giver.asked for giver in self.givers) else "UNS"


def may_give(pupil: Pupil, contacts: Sequence[Contact], protections: Iterable[Protection], day: date) -> list[Contact]:
    """The contacts who may choose for the pupil on a day: with parental responsibility, and under no order. From 16 nobody but the pupil."""
    if day >= birthday(pupil.dob, OWN_WORD_FROM):
        return []
    barred = {protection.contact_id for protection in protections if protection.kind == ORDER and protection.contact_id}
    return [contact for contact in contacts if contact.parental_responsibility and contact.id not in barred]


def names_one(name: str | None, contacts: Collection[Contact]) -> Contact | None:
    """The one contact whom a name written freely means: the whole name, with or without the title. None for none, or for several."""
    folded = fold(name or "")
    matches = [contact for contact in contacts if folded and folded in _names_of(contact)]
    return matches[0] if len(matches) == 1 else None


def _names_of(contact: Contact) -> set[str]:
    plain = " ".join(part for part in (contact.forename, contact.surname) if part)
    return {fold(contact.full_name), fold(plain)}


def wish_on(
    pupil: Pupil,
    contacts: Sequence[Contact],
    protections: Sequence[Protection],
    choices: Iterable[Choice],
    steps: Iterable[WishStep],
    *,
    recipient: str,
    day: date,
    by_record: Sequence[SaidOnRecord] = (),
) -> Wish:
    """How the wish about a recipient stands on a day; ``by_record`` is what each record says of a pupil of whom there are several."""
    wish = _wish_on(pupil, contacts, protections, choices, steps, recipient=recipient, day=day)
    of_records = [_wish_on(pupil, contacts, protections, said.choices, steps, recipient=recipient, day=day) for said in by_record]
    all_unasked = [says_all_unasked(pupil, said.notices_given, register()[recipient], day, said.rules) for said in by_record]
    return _strictest(wish, of_records, all_unasked) if of_records else wish


def _strictest(wish: Wish, of_records: Sequence[Wish], all_unasked: Sequence[bool]) -> Wish:
    """The wish by the strictest record, as ``sharing.decide`` has it. A giver whose word differs between records has not answered, until a later word.

    Silence is stricter than a yes where less than everything is told of a record in which nobody said anything, by ``all_unasked``.
    """
    ranks = [{RESTRICT: 0, "": 3 if is_all else 1}.get(_word(one.holds), 2) for one, is_all in zip(of_records, all_unasked, strict=True)]
    strictest = of_records[ranks.index(min(ranks))]
    givers = []
    for giver, *others in zip(wish.givers, *(one.givers for one in of_records), strict=True):
        words = {_word(other.said) for other in others} - ({""} if strictest.holds else set())
        givers.append(replace(giver, said=None) if len(words) > 1 else giver)
    return replace(wish, givers=tuple(givers), holds=strictest.holds, contradiction=wish.contradiction or strictest.contradiction)


def _word(choice: Choice | None) -> str:
    return choice.choice if choice else ""


def _wish_on(
    pupil: Pupil,
    contacts: Sequence[Contact],
    protections: Sequence[Protection],
    choices: Iterable[Choice],
    steps: Iterable[WishStep],
    *,
    recipient: str,
    day: date,
) -> Wish:
    past_choices = [choice for choice in choices if choice.recipient == recipient and choice.on <= day]
    past_steps = [step for step in standing_steps(steps) if step.on <= day and step.recipient in (None, recipient)]
    sixteenth = birthday(pupil.dob, OWN_WORD_FROM)
    if day >= sixteenth:
        return _pupils_own(pupil, past_choices, past_steps, recipient, sixteenth)
    words = [choice for choice in past_choices if choice.by == PARENT and entitled(choice, pupil.dob)]
    settled = settled_on(past_steps, recipient, day)
    people, (by_contact, strangers) = may_give(pupil, contacts, protections, day), _by_person(words, contacts)
    givers = tuple(_giver(contact.id, contact.full_name, by_contact.get(contact.id), past_steps) for contact in people)
    counting_words = parents_words(words, settled)
    return Wish(
        recipient=recipient,
        by=PARENT,
        givers=givers,
        strangers=tuple(strangers),
        contradiction=_contradiction(counting_words, contacts),
        settled=settled,
        inactive=(),
        holds=most_protective(counting_words),
    )


def _by_person(words: Sequence[Choice], contacts: Sequence[Contact]) -> tuple[dict[str, Choice], list[Choice]]:
    """The last word of each contact who spoke, and those of givers who match none. Of two under two spellings the most protective."""
    keys, by_contact, strangers = giver_keys(words), dict[str, Choice](), list[Choice]()
    for choice in latest_by_giver(words):
        key = giver_of(choice, keys)
        contact = next((contact for contact in contacts if contact.id == key), None) or names_one(choice.giver, contacts)
        if contact is None:
            strangers.append(choice)
        else:
            earlier = by_contact.get(contact.id, choice)
            by_contact[contact.id] = max((earlier, choice), key=lambda c: (c.choice == RESTRICT, c.on))
    return by_contact, strangers


def _pupils_own(pupil: Pupil, choices: Sequence[Choice], steps: Sequence[WishStep], recipient: str, sixteenth: date) -> Wish:
    own_choices = [choice for choice in choices if choice.by == PUPIL and entitled(choice, pupil.dob)]
    own_steps = [step for step in steps if step.by == PUPIL and (step.on >= sixteenth or step.step == PASSED)]
    told_on = next((step.on for step in own_steps if step.step == PASSED), None)
    parents = latest_by_giver(choice for choice in choices if choice.by == PARENT)
    giver = _giver(None, pupil.legal_name, most_protective(own_choices), own_steps)
    return Wish(recipient, PUPIL, (giver,), inactive=tuple(parents), holds=giver.said, passed=sixteenth, told=told_on)


def _giver(contact_id: str | None, name: str, choice: Choice | None, steps: Sequence[WishStep]) -> Giver:
    """One person with the days of the last asking, and of a reminder after it."""
    own_steps = [step for step in steps if step.contact_id == contact_id and step.step in (ASKED, REMINDED)]
    if contact_id is None:
        own_steps = [step for step in own_steps if step.by == PUPIL]
    asked_on = next((step.on for step in reversed(own_steps) if step.step == ASKED), None)
    reminded = next((step.on for step in reversed(own_steps) if step.step == REMINDED), None)
    if asked_on is not None and reminded is not None and reminded < asked_on:
        reminded = None
    return Giver(contact_id, name, asked_on or reminded, reminded, choice)


def _contradiction(choices: Sequence[Choice], contacts: Sequence[Contact]) -> Contradiction | None:
    if len({choice.choice for choice in choices}) < 2:  # nearly always
        return None
    by_contact, strangers = _by_person(choices, contacts)
    last = [*by_contact.values(), *strangers]
    restricted = tuple(choice for choice in last if choice.choice == RESTRICT)
    allowed = tuple(choice for choice in last if choice.choice != RESTRICT)
    holds = most_protective(choices)
    return Contradiction(restricted, allowed, holds) if restricted and allowed and holds is not None else None
