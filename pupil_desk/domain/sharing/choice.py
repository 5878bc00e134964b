"""What parents and pupils say about sharing, and whose last word counts.

A choice is a parent's before the pupil's 16th birthday and the pupil's from it (Education and Skills Act 2008, section 72); of several words what
protects more holds, until whoever said it takes it back, or it is settled between the parents.

What was done about a wish that is no answer: somebody was asked or reminded, was told that the right has passed, two words were settled.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.dates import birthday
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, item

_STEP = Facts(Section.SHARING, Category.CHOICES, Purpose.RIGHTS, Basis.LEGAL_OBLIGATION, retention="disclosure")

ASKED, REMINDED, PASSED, SETTLED, TAKEN_BACK = "asked", "reminded", "passed", "settled", "taken-back"


@dataclass(frozen=True, slots=True, kw_only=True)
class WishStep:
    """One step: an event, never edited. One entered by mistake is taken back by a further one, which ``corrects`` it, with the reason.

    ``contact_id`` is who was asked, None for the pupil; ``recipient`` whom the wish is about, None for all. ``choice`` and
    ``settlement`` are those of a settled contradiction, ``settled_after`` the number (``Choice.seq``) of the last choice on file then. ``evidence_id`` is a paper kept, ``form_id`` a printed form.
    """

    id: str = ""
    pupil_id: str = ""
    contact_id: str | None = None
    seq: int = 0
    step: str = item(_("What was done"), Kind.CODE, codes="wish_step", facts=_STEP, required=True)
    recipient: str | None = item(_("About sharing with"), Kind.CODE, codes="choice_recipient", facts=_STEP)
    by: str = item(_("Whose choice it was"), Kind.CODE, codes="capacity", facts=_STEP, required=True)
    asked: str | None = item(_("Who was asked or told"), Kind.NAME, facts=_STEP)
    on: date = item(_("Done on"), Kind.DATE, facts=_STEP, required=True)
    channel: str | None = item(_("How it was done"), Kind.CODE, codes="channel", facts=_STEP)
    choice: str | None = item(_("What holds"), Kind.CODE, codes="choice", facts=_STEP)
    settlement: str | None = item(_("How it was settled"), Kind.CODE, codes="settlement", facts=_STEP)
    note: str | None = item(_("Remark"), Kind.LINES, facts=_STEP)
    settled_after: int | None = None
    corrects: str | None = None
    wording_id: str | None = None
    form_id: str | None = None
    evidence_id: str | None = None


def standing_steps(steps: Iterable[WishStep]) -> list[WishStep]:
    """The steps that count, in the order of the days on which they were done: those taken back, and their taking back, are left out."""
    steps = list(steps)
    corrected = {step.corrects for step in steps if step.step == TAKEN_BACK}
    standing = (step for step in steps if step.step != TAKEN_BACK and step.id not in corrected)
    return sorted(standing, key=lambda step: (step.on, step.seq))


_CHOICE = Facts(Section.SHARING, Category.CHOICES, Purpose.RIGHTS, Basis.LEGAL_OBLIGATION, retention="disclosure")

RESTRICT, ALLOW = "restrict", "allow"
PARENT, PUPIL = "parent", "pupil"
OWN_WORD_FROM = 16
"""Years of age from which the choice is the pupil's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing said about sharing: an event, never edited. ``seq`` is the order in which events were recorded.

    ``contact_id`` is the contact who said it, where it is known: what a file brings names a person in free text alone.
    ``wording_id`` are the words that were shown, ``form_id`` the printed form, ``evidence_id`` a paper kept.
    """

    id: str = ""
    pupil_id: str = ""
    seq: int = 0
    recipient: str = item(_("About"), Kind.CODE, codes="choice_recipient", facts=_CHOICE, required=True)
    choice: str = item(_("Choice"), Kind.CODE, codes="choice", facts=_CHOICE, required=True)
    by: str = item(_("Said by"), Kind.CODE, codes="capacity", facts=_CHOICE, required=True, heads=("in what right",))
    on: date = item(_("On"), Kind.DATE, facts=_CHOICE, required=True, heads=("date",))
    giver: str | None = item(_("Name of who said it"), Kind.NAME, facts=_CHOICE, heads=("giver", "name"))
    channel: str | None = item(_("How it came"), Kind.CODE, codes="channel", facts=_CHOICE)
    note: str | None = item(_("Note"), Kind.LINES, facts=_CHOICE, heads=("evidence",), hint=_("For example, where the signed form is kept"))
    contact_id: str | None = None
    wording_id: str | None = None
    form_id: str | None = None
    evidence_id: str | None = None

    @property
    def giver_key(self) -> str:
        """One giver by name, but for case and spaces: another accent may be another person. The pupil is one giver whatever the name, an unnamed parent is one."""
        return PUPIL if self.by == PUPIL else f"{PARENT}:{' '.join((self.giver or '').split()).casefold()}"


def entitled(choice: Choice, dob: date) -> bool:
    """Whether it was the giver's to choose: a parent's before the pupil's 16th birthday, the pupil's from it."""
    return (choice.by == PUPIL) == (choice.on >= birthday(dob, OWN_WORD_FROM))


def giver_keys(choices: Iterable[Choice]) -> dict[str, str]:
    """Of each parent's name (as ``giver_key``) the giver it stands for: the contact who spoke under it, if one alone did.

    So a word that a file brought under a name is withdrawn by the contact of whom it was found to be.
    """
    contacts_by_name: dict[str, set[str]] = {}
    for choice in choices:
        if choice.by != PUPIL and choice.contact_id and choice.giver:
            contacts_by_name.setdefault(choice.giver_key, set()).add(choice.contact_id)
    return {name: next(iter(ids)) for name, ids in contacts_by_name.items() if len(ids) == 1}


def giver_of(choice: Choice, keys: Mapping[str, str]) -> str:
    """Who said it: one key for one person. ``keys`` are those of all that was said (``giver_keys``)."""
    if choice.by == PUPIL:
        return PUPIL
    return choice.contact_id or keys.get(choice.giver_key, choice.giver_key)


def latest_by_giver(choices: Iterable[Choice]) -> list[Choice]:
    """Each giver's last word. Of two by one giver on one day, ``restrict`` holds."""
    choices = list(choices)
    if len(choices) < 2:
        return choices
    last: dict[str, Choice] = {}
    keys = giver_keys(choices)
    for choice in sorted(choices, key=lambda c: (c.on, c.choice == RESTRICT, c.seq)):
        last[giver_of(choice, keys)] = choice
    return list(last.values())


def most_protective(choices: Iterable[Choice]) -> Choice | None:
    """Of the givers' last words the one that holds: a restriction, until the giver who made it withdraws it."""
    last = latest_by_giver(choices)
    return max(last, key=lambda c: (c.choice == RESTRICT, c.on)) if len(last) > 1 else next(iter(last), None)


def settled_on(steps: Iterable[WishStep], recipient: str, day: date) -> WishStep | None:
    """How two parents' words about a recipient were settled last, by a day."""
    settlements = [
        step for step in standing_steps(steps) if step.step == SETTLED and step.recipient == recipient and step.on <= day and step.choice
    ]
    return settlements[-1] if settlements else None


def parents_words(choices: Iterable[Choice], settled: WishStep | None) -> list[Choice]:
    """The parents' words that count: what was settled stands in the place of every word before it, and a later one counts beside it."""
    words = [choice for choice in choices if choice.by == PARENT]
    if settled is None or settled.choice is None:
        return words
    holds = Choice(id=settled.id, recipient=settled.recipient or "", choice=settled.choice, by=PARENT, on=settled.on, contact_id=SETTLED)
    return [*(choice for choice in words if _said_after(choice, settled)), holds]


def _said_after(choice: Choice, settled: WishStep) -> bool:
    """Whether it was said after a settlement: on a later day, or recorded on the same day when the settlement already stood."""
    return choice.on > settled.on or (choice.on == settled.on and settled.settled_after is not None and choice.seq > settled.settled_after)
