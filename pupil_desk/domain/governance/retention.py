"""Retention periods: how long each class of what is held is kept. It is one object, and the sentence that people read is made from it.

The same object gives the day from which something may be erased, so that the promise and the program cannot differ. What we propose
is data (``resources/retention/classes.toml``), with source, day checked and how sure we are; a unit may set its own. Nothing goes by
itself on its day: people decide. Source: domain reference 12 and 18 (the IRMS toolkit; SI 2024/208 regulation 7 for the register).
"""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import birthday, show_date
from pupil_desk.basics.rulefacts import head_of
from pupil_desk.basics.rulefiles import by_rules, rule_data
from pupil_desk.basics.text import begun_small, capital
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.catalogue.validation import Problem, gathered

RECORD, REGISTER, ACCIDENT, SEN, PROOF, CONSENT, REQUEST, PAPER, NAME = (
    "pupil-record",
    "register",
    "accident",
    "sen",
    "disclosure",
    "consent",
    "request",
    "paper",
    "name",
)
"""The classes. That of most of what is held is RECORD; PROOF is what proves choices, notices and disclosures."""

MOST_YEARS = 100


class RetentionEvent(StrEnum):
    """From what a time is counted."""

    BIRTH = "birth"
    ENTRY = "entry"
    CLOSED = "closed"
    LAPSED = "lapsed"
    LEFT = "left"
    NAMED = "named"


@dataclass(frozen=True, slots=True)
class RetentionPart:
    """So many years from an event. ``if_hurt``: only where it is recorded that somebody was badly hurt on the trip."""

    event: RetentionEvent
    years: int
    if_hurt: bool = False


@dataclass(frozen=True, slots=True)
class Happened:
    """The days of the events of one item held: None for one that has not happened yet, such as the closing of an open case.

    An event that is not named here does not concern the item: a pupil without an entry in a register has no last one.
    """

    days: Mapping[RetentionEvent, date | None]
    hurt: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionClass:
    """One class of what is held: from what each part of its time counts, how long, how sure we are and who says so.

    ``least`` is what a law asks for (``law`` names it); ``follows``: what belongs to a consent or to special educational needs goes with that.
    """

    name: str
    label: str
    parts: tuple[RetentionPart, ...]
    sure: str
    source: str
    note: str = ""
    least: RetentionPart | None = None
    law: str = ""
    follows: bool = False

    @property
    def sentence(self) -> str:
        """How long it is kept, in the words that every notice, list and paper has."""
        words = _sentence(self.parts)
        if self.follows:
            words = _(
                "{until}; a paper or form of a consent as long as that consent, and a paper filed under special educational needs as long as those"
            ).format(until=words)
        return capital(words)

    @property
    def running(self) -> str:
        """The same within a sentence."""
        return begun_small(self.sentence)

    @property
    def own(self) -> str:
        """The same, said to the pupil."""
        return self.running.replace(_("the pupil’s"), _("your"))

    def due(self, happened: Happened) -> date | None:
        """The first day on which it need not be kept any longer; None while nobody can know. 29 February is 1 March in years without it."""
        parts = [part for part in self.parts if part.event in happened.days and (happened.hurt or not part.if_hurt)]
        days = [happened.days[part.event] for part in parts]
        if not parts or None in days:
            return None
        return max(birthday(day, part.years) for part, day in zip(parts, days, strict=True) if day is not None)

    def counts_from(self, happened: Happened) -> date | None:
        """The day of the event that decides: of several that whose time is over last; None where that has not happened."""
        dated_parts = [
            (part, happened.days[part.event]) for part in self.parts if part.event in happened.days and (happened.hurt or not part.if_hurt)
        ]
        if not dated_parts or any(day is None for _part, day in dated_parts):
            return None
        return max((birthday(day, part.years), day) for part, day in dated_parts if day is not None)[1]

    def applies(self, happened: Happened) -> str:
        """Which of its times holds of one item, within a sentence: the one whose time is over last; all that concern the item while nobody can know."""
        concern = [part for part in self.parts if part.event in happened.days and (happened.hurt or not part.if_hurt)]
        if not concern:
            return self.running
        days = {part: birthday(day, part.years) for part in concern if (day := happened.days[part.event]) is not None}
        if len(days) < len(concern):
            return _sentence(RetentionPart(part.event, part.years) for part in concern)
        last = max(concern, key=days.__getitem__)
        if last.event is RetentionEvent.NAMED:
            return _("{until}; as things stand until {day}").format(until=_sentence([last]), day=show_date(days[last]))
        return _("{until}, which is {day}").format(until=_sentence([RetentionPart(last.event, last.years)]), day=show_date(days[last]))

    def law_keeps(self, happened: Happened) -> date | None:
        """The day until which the law itself keeps it; None where no law does, or nothing has happened."""
        day = happened.days.get(self.least.event) if self.least else None
        return birthday(day, self.least.years) if self.least and day else None


def _sentence(parts: Iterable[RetentionPart]) -> str:
    """Each part by its event; the second and every further one says «at least»."""
    phrases = [_SAID[part.event].format(age=_ordinal(part.years), years=_years(part.years)) for part in parts if not part.if_hurt]
    words = _(", and ").join([*phrases[:1], *(_("at least {until}").format(until=phrase) for phrase in phrases[1:])])
    for part in parts:
        if part.if_hurt:
            until = _SAID[part.event].format(age=_ordinal(part.years), years=_years(part.years))
            words = _("{words}, and if someone was badly hurt on the trip at least {until}").format(words=words, until=until)
    return words


_SAID: Mapping[RetentionEvent, str] = {
    RetentionEvent.BIRTH: _("until the pupil’s {age} birthday"),
    RetentionEvent.ENTRY: _("{years} from the day of the last entry"),
    RetentionEvent.CLOSED: _("{years} from the day the case is closed"),
    RetentionEvent.LAPSED: _(
        "{years} from the day the answer no longer counts (the trip or other occasion is over, the yes has run out, or the pupil has left; of several uses the last; if nobody answered, and it was for no set day, the day we last asked)"
    ),
    RetentionEvent.LEFT: _("{years} from the day of leaving"),
    RetentionEvent.NAMED: _("as long as anything is kept that names the person"),
}


def _years(number: int) -> str:
    return count_of(number, _("year"), _("years"))


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


# -- what we propose, and what a unit has set


@dataclass(frozen=True, slots=True)
class Schedule:
    """The classes in force, by name, in order."""

    classes: Mapping[str, RetentionClass]
    checked: date = field(default=date.min)

    def __getitem__(self, name: str) -> RetentionClass:
        return self.classes[name]

    def sentence(self, name: str) -> str:
        """How long a class is kept, in words."""
        return self.classes[name].sentence

    def with_(self, *changed: RetentionClass) -> "Schedule":
        """The same with some classes in place of those of their names."""
        return dataclasses.replace(
            self,
            classes={
                **self.classes,
                **{retention_class.name: retention_class for retention_class in changed if retention_class.name in self.classes},
            },
        )

    def law_words(self, name: str) -> str:
        """How long the law has a class kept, as the help says it: «at least 3 years»."""
        minimum = self.classes[name].least
        assert minimum is not None, f"no law keeps {name}"
        return _("at least {years}").format(years=_years(minimum.years))

    @property
    def register_law(self) -> str:
        """What the law asks for each entry of the registers, as the notice says it: «at least 6 years»."""
        return _("at least {years}").format(years=_years(self.register_years))

    @property
    def register_years(self) -> int:
        """How many years each entry of the registers is kept at least."""
        return max((part.years for part in self.classes[REGISTER].parts if part.event is RetentionEvent.ENTRY), default=0)


@by_rules
def proposed_schedule() -> Schedule:
    """The classes as we propose them."""
    classes = rule_data("retention", "classes.toml")["classes"]
    return Schedule({name: _class_of(name, facts) for name, facts in classes.items()}, head_of("retention/classes.toml").checked)


def _class_of(name: str, facts: Mapping[str, object]) -> RetentionClass:
    values = {key: value for key, value in facts.items() if key not in ("parts", "least")}
    minimum = facts.get("least")
    if isinstance(minimum, dict):
        values |= {"least": RetentionPart(RetentionEvent(minimum["event"]), minimum["years"]), "law": minimum["law"]}
    return RetentionClass(name=name, parts=parts_of(facts["parts"]), **values)  # type: ignore[arg-type]  # of the kinds that the file of rules has


def parts_of(data: object) -> tuple[RetentionPart, ...]:
    """The parts as TOML or JSON has them: each an event, its years, and whether it holds only after an accident."""
    assert isinstance(data, list)
    return tuple(RetentionPart(RetentionEvent(part["event"]), int(part["years"]), bool(part.get("if_hurt", False))) for part in data)


@gathered
def check_class(retention_class: RetentionClass, schedule: Schedule) -> Iterator[Problem]:
    """What stands against a class as a unit would set it: a law's minimum, and what must outlive what it proves."""
    if any(
        not 0 <= part.years <= MOST_YEARS or (part.years == 0 and part.event is not RetentionEvent.NAMED) for part in retention_class.parts
    ):
        yield Problem("years", "out_of_range", _("Choose 1 to 100 years."))
    if retention_class.least is not None:
        years = max(
            (part.years for part in retention_class.parts if part.event is retention_class.least.event and not part.if_hurt), default=0
        )
        if years < retention_class.least.years:
            words = _("The law keeps it at least {years} ({law}). Choose no less.")
            yield Problem("years", "under_law", words.format(years=_years(retention_class.least.years), law=retention_class.law))
    after = schedule.with_(retention_class)
    for name in (RECORD, REGISTER):
        if birth_years(after[name]) > birth_years(after[PROOF]):
            yield Problem(
                "years", "before_record", _("Proof of what was told must be kept as long as the record at least. Set the other one first.")
            )
            break
    if not retention_class.source.strip():
        yield Problem("source", "missing", _("Say who says so, such as the schedule of the authority with its year."))


def sure_words(retention_class: RetentionClass) -> str:
    """How sure we are of a class, within a sentence."""
    return begun_small(codelist("retention_sure").label_of(retention_class.sure))


def birth_years(retention_class: RetentionClass) -> int:
    """Until which birthday a class is kept at least; 0 where its time does not count from birth."""
    return max((part.years for part in retention_class.parts if part.event is RetentionEvent.BIRTH and not part.if_hurt), default=0)
