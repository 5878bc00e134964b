"""What may be told of a pupil, worked out a second time, from the words of the law and of the contract alone.

Whoever wrote this had not read ``pupil_desk.domain.sharing.sharing``: only its names and types. It reads the program's records, and
uses none of its rules. Sources: the Education and Skills Act 2008, sections 14, 68 and 72; the unit's notice; the command line's
contract; the help page «The rules and the law»; the register of recipients (``resources/recipients``). Each rule names its own.
"""

import tomllib
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.choice import Choice, WishStep
from pupil_desk.domain.sharing.sharing import Rules, SharingCase

_REGISTER = tomllib.loads((Path(__file__).parents[2] / "resources/recipients/recipients.toml").read_text("utf-8"))

# Contract, «The exports, by name»: the first nine columns are filled at minimum. The notice says name, address, date of birth; so do
# sections 14(3)(a) and 72.
_ADDRESS = ("address_1", "address_2", "locality", "town", "county", "postcode")
MINIMUM = frozenset(f"pupil.{name}" for name in ("surname", "forename", *_ADDRESS, "dob"))
# Same section: «after dob» these. Help, «Exports»: as a workbook the destinations too, of pupils at full alone.
_AFTER = ("upn", "uln", "sex", "ethnicity", "phone", "email", "year_group", "sen_provision", "sen_need_1", "looked_after")
_DESTINATION = ("kind", "activity", "provider", "start", "confirmed_on", "source")
FULL = MINIMUM.union(
    (f"pupil.{name}" for name in _AFTER), ("enrolment.status", "enrolment.start_date"), (f"destination.{name}" for name in _DESTINATION)
)
# Same section, its last sentence; sections 14(3)(b) and 72: the name and address of a parent, at minimum too.
PARENT = frozenset(f"contact.{name}" for name in ("surname", "forename", *_ADDRESS))
# Same section: the columns of post-16; its one address cell is made of the six parts.
POST_16 = frozenset(f"pupil.{name}" for name in ("surname", "forename", "dob", "sex", *_ADDRESS, "phone", "email", "uln"))
NOTHING = frozenset[str]()
_YOUTH_SUPPORT = {"none": NOTHING, "minimum": MINIMUM, "full": FULL}
# The switch for the parent concerns what goes: of whom nothing goes, no parent goes either.
_WITH_PARENT = {"none": NOTHING, "minimum": MINIMUM | PARENT, "full": FULL | PARENT}


class Expected(NamedTuple):
    """What the words lead to. ``decided_by`` is empty where they do not say who has decided.

    ``was_a_parents`` is whether the reason says that the choice was a parent's once; None where that is no question.
    """

    level: str
    decided_by: str
    items: frozenset[str]
    was_a_parents: bool | None = None


def expected(case: SharingCase, recipient: str, day: date, rules: Rules, *, heard_counts: bool = True) -> Expected | None:
    """What may be told on a day; None of a pupil who is not on roll. ``heard_counts`` is a reading: see ``_youth_support``.

    Contract, «Who is on roll»: «preview» speaks of pupils on roll, others are in neither list.
    """
    stays = [stay for stay in case.enrolments if _is_on_roll(stay, day)]
    if not stays:
        return None
    if recipient == "youth-support":
        level, by = _youth_support(case, day, rules, heard_counts)
        items = (_WITH_PARENT if rules.with_parent else _YOUTH_SUPPORT)[level]
        return Expected(level, by, items, _was_a_parents(case, recipient, day, by))
    if recipient == "post-16":
        level, by = _post_16(case, day, rules)
        return Expected(level, by, POST_16 if level == "full" else NOTHING, _was_a_parents(case, recipient, day, by))
    concerned = _concerns(recipient, case, stays, day)
    return Expected("full" if concerned else "none", "rule", frozenset(_REGISTER[recipient]["full"]) if concerned else NOTHING)


def _youth_support(case: SharingCase, day: date, rules: Rules, heard_counts: bool) -> tuple[str, str]:
    # Section 68 with the notice: the service is for those from 13. Help: nothing goes before the 13th birthday.
    if day < reached(case.pupil.dob, 13):
        return "none", "rule"
    if day < reached(case.pupil.dob, 16):
        words = parents_last_words(case, "youth-support", day)
        # Section 72, as 14(4)(b): «a parent» who has instructed is enough. Contract and help: another parent's word does not lift it.
        if "restrict" in words:
            return "minimum", _unless_settled(case, "youth-support", day, "parent")
        # A parent allows, none restricts, and no notice was given: the words differ. The contract's caution is for «no instruction», and by
        # section 8.2 of the reference an instruction withdrawn gives full information: so a parent's word ends what only silence asks
        # for. The more cautious reading (``heard_counts`` false) is that of the help and of the setting's own name: not restricted, and
        # no parent has had the notice.
        noticed = any(given <= day for given in case.notices_given)
        if words and (noticed or heard_counts):
            return "full", _unless_settled(case, "youth-support", day, "parent")
        # Contract: full once an edition was issued to a holder of parental responsibility, by the day; else the setting.
        return ("full" if noticed else str(rules.no_notice_13)), "" if words else "rule"
    # Section 72, as 14(4)(a), and the contract: from 16 the pupil's own word since that birthday, and without one the setting, by the rule.
    own = pupils_last_word(case, "youth-support", day)
    if own is None:
        return str(rules.unasked_16), "rule"
    return ("minimum" if own == "restrict" else "full"), "pupil"


def _post_16(case: SharingCase, day: date, rules: Rules) -> tuple[str, str]:
    # Help, «Providers after 16»: under 16 nothing goes, unless a parent allows it and none restricts. Contract: «not bound by 13».
    if day < reached(case.pupil.dob, 16):
        words = parents_last_words(case, "post-16", day)
        if not words:
            return "none", "rule"
        return ("none" if "restrict" in words else "full"), _unless_settled(case, "post-16", day, "parent")
    # Same table: from 16 the pupil's latest answer counts; who was not asked, the setting.
    own = pupils_last_word(case, "post-16", day)
    if own is None:
        return str(rules.unasked_post_16), "rule"
    return ("none" if own == "restrict" else "full"), "pupil"


def _was_a_parents(case: SharingCase, recipient: str, day: date, by: str) -> bool | None:
    """Contract: of a pupil of 16 without a word of their own, the reason says that it was a parent's if it was."""
    if by != "rule" or day < reached(case.pupil.dob, 16):
        return None
    return bool(parents_last_words(case, recipient, day))


def parents_last_words(case: SharingCase, recipient: str, day: date) -> set[str]:
    """What the parents' words come to that stand on a day on which the choice is still a parent's.

    Contract: a parent's choice dated on or after the 16th birthday is not theirs; choices with «on» on or before the day are judged;
    one before 13 is kept, and takes effect at 13.
    Help, «Two parents who disagree»: what was settled takes the place of the words before it; a later one counts beside it.
    Words of the day of the settlement itself: no source says. The cautious reading is that a restriction of that day still counts, and
    an «allow» of that day changes nothing, since the settlement stands beside it.
    """
    theirs = [
        choice
        for choice in case.choices
        if (choice.recipient, choice.by) == (recipient, "parent") and choice.on <= day and choice.on < reached(case.pupil.dob, 16)
    ]
    settled = settlement(case.steps, recipient, day)
    if settled is None:
        return set(_last_words(theirs))
    return {str(settled.choice), *_last_words(choice for choice in theirs if choice.on >= settled.on)}


def pupils_last_word(case: SharingCase, recipient: str, day: date) -> str | None:
    """The pupil's own last word by a day, said on the 16th birthday or since; whatever name stands beside it, it is one giver."""
    own = [
        choice
        for choice in case.choices
        if (choice.recipient, choice.by) == (recipient, "pupil") and reached(case.pupil.dob, 16) <= choice.on <= day
    ]
    return _last_of_one(own) if own else None


def settlement(steps: Sequence[WishStep], recipient: str, day: date) -> WishStep | None:
    """The last settlement by a day: a court's order, or what both have signed. Help: what was entered by mistake can be taken back."""
    wrong = {step.corrects for step in steps if step.step == "taken-back"}
    known = [step for step in steps if step.step == "settled" and step.recipient == recipient and step.on <= day and step.id not in wrong]
    return max(known, key=lambda step: step.on) if known else None


def _unless_settled(case: SharingCase, recipient: str, day: date, by: str) -> str:
    """Of a court's order no source says which of «rule», «parent», «pupil» has decided."""
    return "" if case.steps and settlement(case.steps, recipient, day) else by


def _last_words(choices: Iterable[Choice]) -> list[str]:
    """Contract: choices are tracked per giver; the same name but for case and spaces is one, and all without a name are one.

    Whether a space left out altogether is such a difference is not said: the cautious reading is two people.
    """
    of: dict[str, list[Choice]] = {}
    for choice in choices:
        of.setdefault(" ".join((choice.giver or "").casefold().split()), []).append(choice)
    return [_last_of_one(said) for said in of.values()]


def _last_of_one(said: Sequence[Choice]) -> str:
    """The word of the latest day, whenever it was entered; contract: of two by one giver on one day «restrict» holds."""
    last = max(choice.on for choice in said)
    return "restrict" if any(choice.choice == "restrict" for choice in said if choice.on == last) else "allow"


def reached(dob: date, age: int) -> date:
    """The birthday. Contract: one of 29 February falls on 1 March in common years."""
    try:
        return date(dob.year + age, dob.month, dob.day)
    except ValueError:
        return date(dob.year + age, 3, 1)


def _is_on_roll(stay: Enrolment, day: date) -> bool:
    """Contract, «Who is on roll»: started by the day, not left before it; not G, F or O, nor a P without a leaving day."""
    if stay.status in ("G", "F", "O") or (stay.status == "P" and stay.end_date is None):
        return False
    return stay.start_date is not None and stay.start_date <= day and (stay.end_date is None or stay.end_date >= day)


def _concerns(recipient: str, case: SharingCase, stays: Sequence[Enrolment], day: date) -> bool:
    """Help, «Others with whom you work»: nobody's choice changes what these are told; the column «Of whom» says of whom it is."""
    pupil: Pupil = case.pupil
    if recipient == "main-school":  # the school where the pupil is registered too, or that placed the pupil with us
        return any(stay.main_school or stay.commissioned_by for stay in stays)
    if (
        recipient == "virtual-school"
    ):  # those looked after; a social worker does not stand in a ``SharingCase``, so of them nothing goes here
        return pupil.looked_after is True
    if recipient == "exam-boards":  # those who are working for a qualification: begun, not ended, and without its result
        if any(
            entry.status != "withdrawn" and entry.year >= day.year for entry in case.exam_entries
        ):  # or are entered, until that year is over
            return True
        return any(
            work.kind == "qualification"
            and (work.start is None or work.start <= day)
            and (work.end is None or work.end >= day)
            and not work.result
            for work in case.learning
        )
    if recipient == "transport":  # those whom they carry
        rides = any(ride.start_date <= day and (ride.end_date is None or ride.end_date >= day) for ride in case.journeys)
        return rides or any(stay.transport for stay in stays)
    if recipient == "providers":  # those who have a place there on the day
        return any(place.start_date <= day and (place.end_date is None or place.end_date >= day) for place in case.placements)
    # Social care, youth justice, the nurse: only in a case, when asked; «Nothing goes as a routine».
    return False
