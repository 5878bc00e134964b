"""Health: what to know and what to do, disabilities, medicines, and each dose that was given."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import partial

from pupil_desk.basics.clock import read_time
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _
from pupil_desk.domain.care.needs import lasts_on
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, Special, item
from pupil_desk.domain.catalogue.validation import Problem, gathered

_health = partial(item, facts=Facts(Section.WELFARE, Category.MEDICAL, Purpose.CARE, Basis.PUBLIC_TASK, special=Special.HEALTH))

_diet = partial(item, facts=Facts(Section.WELFARE, Category.MEDICAL, Purpose.CARE, Basis.PUBLIC_TASK, special=Special.SAFETY))

ALLERGY, CONDITION, DIETARY = "A", "C", "D"
NO_FOOD = "no-food"
"""Of the code list of allergens: the category of what no kitchen needs to know."""
LIFE_THREATENING, SEVERE = "LIFE", "SEV"
_GRAVEST_FIRST = (LIFE_THREATENING, SEVERE, None, "MOD", "MILD")  # what nobody has graded may be grave
NO_DISABILITY = frozenset({"NONE", "NCOL"})
"""Codes of the list of disabilities that name none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthItem:
    """A condition, an allergy or a dietary need; ``emergency`` is what a first aider does, in the order of doing it."""

    id: str = ""
    pupil_id: str = ""
    kind: str = _health(_("Kind"), Kind.CODE, codes="health_kind", required=True)
    what: str = _health(_("What it is"), Kind.TEXT, required=True, hint=_("Such as asthma, peanuts, vegetarian"))
    severity: str | None = _health(_("How severe"), Kind.CODE, codes="severity")
    allergen: str | None = _health(_("Allergen, of an allergy or a condition"), Kind.CODE, codes="allergen")
    diet: str | None = _diet(_("Diet, of a dietary need"), Kind.CODE, codes="diet")
    emergency: str | None = _health(_("What to do in an emergency"), Kind.LINES, hint=_("This stands on the first-aid card"))
    plan: str | None = _health(_("Action plan"), Kind.LINES)
    start_date: date | None = _health(_("From"), Kind.DATE, hint=_("Empty if it is not known"))
    end_date: date | None = _health(_("Until"), Kind.DATE, hint=_("The last day; empty while it goes on"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Disability:
    """One of the disabilities that the Department for Education lists."""

    id: str = ""
    pupil_id: str = ""
    disability: str = _health(_("Disability"), Kind.CODE, codes="disability", required=True)
    start_date: date | None = _health(_("From"), Kind.DATE, hint=_("Empty if it is not known"))
    end_date: date | None = _health(_("Until"), Kind.DATE, hint=_("The last day; empty while it goes on"))

    @property
    def needs_help_out(self) -> bool:
        """Whether the pupil may need help to hear an alarm or to get out of the building (``resources/codes/disability.toml``)."""
        code = codelist("disability").get(self.disability)
        return code is not None and code.category == "evacuation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Medicine:
    """A medicine kept for a pupil, with the family's written agreement to giving it."""

    id: str = ""
    pupil_id: str = ""
    name: str = _health(_("Medicine"), Kind.NAME, required=True)
    dose: str = _health(_("Dose"), Kind.NAME, required=True, hint=_("Such as 2 puffs, 5 ml"))
    taken: str = _health(_("When it is given"), Kind.TEXT, required=True)
    controlled: bool | None = _health(_("Controlled drug"), Kind.YES_NO, hint=_("Each dose then needs a witness"))
    consented_by: str | None = _health(_("Agreed to by"), Kind.NAME)
    consented_on: date | None = _health(_("Agreed on"), Kind.DATE)
    stored: str | None = _health(_("Where it is kept"), Kind.NAME)
    expiry: date | None = _health(_("Use by"), Kind.DATE)
    end_date: date | None = _health(_("Given until"), Kind.DATE, hint=_("The last day; empty while it goes on"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """One line of the dose log. It is never edited: a wrong one is put right by another that names it in ``corrects``."""

    id: str = ""
    pupil_id: str = ""
    medicine_id: str = ""
    corrects: str | None = None
    given_on: date = _health(_("Day"), Kind.DATE, required=True)
    given_time: str = _health(_("Time"), Kind.NAME, required=True, longest=5, hint=_("Such as 12:30"))
    amount: str = _health(_("Dose given"), Kind.NAME, required=True)
    given_by: str = _health(_("Given by"), Kind.NAME, required=True)
    witness: str | None = _health(_("Witness"), Kind.NAME)
    was_given: bool = _health(_("Was given"), Kind.YES_NO, required=True, hint=_("No, if the entry put right never happened"))
    reason: str | None = _health(_("Why it is put right"), Kind.TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class NothingKnown:
    """Somebody has said that there is no condition, allergy, medicine or diet to know of.

    It counts only while nothing has been entered since, and for a limited time: see ``health_answer``.
    """

    id: str = ""
    pupil_id: str = ""
    said_by: str = _health(
        _("Who said that there is nothing"), Kind.NAME, required=True, hint=_("Name and relationship, such as Ada Penn, mother")
    )
    said_on: date = _health(_("Said on"), Kind.DATE, required=True)
    channel: str = _health(
        _("How it was said"), Kind.CODE, codes="channel", required=True, hint=_("A data-check slip that came back is a signed form")
    )


class HealthStanding(Enum):
    """What the file can answer to “is there anything to know of this pupil's health?”."""

    HELD = "something is held"
    NONE_SAID = "somebody has said that there is nothing"
    SAID_LONG_AGO = "somebody said so, too long ago to rest on"
    NOT_RECORDED = "nothing is held, and nobody has said that there is nothing"


def steps_of(item: HealthItem) -> tuple[str, ...]:
    """What to do in an emergency, a step each, in the order of doing it."""
    return tuple(line.strip() for line in (item.emergency or "").splitlines() if line.strip())


def food_allergen(item: HealthItem) -> str:
    """The code of the food that must not be given; empty where none is named, or it is said that it is no food."""
    allergen = codelist("allergen").get(item.allergen or "")
    return "" if allergen is not None and allergen.category == NO_FOOD else item.allergen or ""


def plan_of(item: HealthItem) -> str:
    """Where the action plan is, or what it says, on one line."""
    return in_one_line((item.plan or "").splitlines())


def in_one_line(steps: Iterable[str]) -> str:
    """Steps one behind the other, with a semicolon between two, whatever each ends with; a single one stays as it is written."""
    lines = [line for step in steps if (line := step.strip())]
    return "; ".join(line.rstrip(".;, ") for line in lines) if len(lines) > 1 else "".join(lines)


NO_STEPS = _("It is not recorded what to do first. In danger, call 999; then tell the office.")
"""What a paper says of something grave for which neither steps nor a plan are held."""


@dataclass(frozen=True, slots=True)
class HealthAnswer:
    """The one answer on a pupil's health on a day, from all that is held of any kind: every paper and screen that speaks of it asks this.

    ``items`` and the rest are those in force, the gravest first. ``none`` is the word that there is nothing, where it still stands;
    ``old`` whether it is too old to rest on.
    """

    notes: str = ""
    items: tuple[HealthItem, ...] = ()
    medicines: tuple[Medicine, ...] = ()
    disabilities: tuple[Disability, ...] = ()
    none: NothingKnown | None = None
    old: bool = False

    @property
    def held(self) -> bool:
        """Whether anything of any kind is held."""
        return bool(self.notes or self.items or self.medicines or self.disabilities)

    @property
    def standing(self) -> HealthStanding:
        if self.held:
            return HealthStanding.HELD
        if self.none is None:
            return HealthStanding.NOT_RECORDED
        return HealthStanding.SAID_LONG_AGO if self.old else HealthStanding.NONE_SAID


def health_answer(
    notes: str | None,
    items: Iterable[HealthItem],
    medicines: Iterable[Medicine],
    disabilities: Iterable[Disability],
    none: NothingKnown | None,
    *,
    day: date,
    until: date | None = None,
    oldest: date,
) -> HealthAnswer:
    """The one answer on a day, or on any from it ``until`` another. ``none`` is the latest word that nothing is known, with nothing entered since; said before ``oldest`` it is old."""
    answer = HealthAnswer(
        (notes or "").strip(),
        tuple(sorted((health_item for health_item in items if lasts_on(health_item, day, until)), key=gravity_turn)),
        tuple(medicine for medicine in medicines if medicine.end_date is None or medicine.end_date >= day),
        tuple(disability for disability in disabilities if disability.disability not in NO_DISABILITY and lasts_on(disability, day, until)),
    )
    if answer.held or none is None or none.said_on > day:
        return answer
    return HealthAnswer(none=none, old=none.said_on < oldest)


def gravity_turn(health_item: HealthItem) -> int:
    """Where it stands among others, the gravest first; what nobody has graded comes before what is moderate."""
    return _GRAVEST_FIRST.index(health_item.severity) if health_item.severity in _GRAVEST_FIRST else len(_GRAVEST_FIRST)


def check_nothing_known(nothing_known: NothingKnown, answer: HealthAnswer, today: date) -> tuple[Problem, ...]:
    """Nobody can say that there is nothing while something is on file, nor on a day to come."""
    if (getattr(nothing_known, "said_on", None) or today) > today:  # a day that is missing is told of by its item
        return (Problem("said_on", "future_date", _("This day is still to come. Enter when it was said.")),)
    if answer.held:
        return (
            Problem(
                "said_by",
                "something_held",
                _(
                    "Something is on file about this pupil’s health. Give it its last day, or take it away, before it is entered that there is nothing."
                ),
            ),
        )
    return ()


def check_medicine(medicine: Medicine) -> tuple[Problem, ...]:
    """A medicine is given only with the written agreement of a parent, or of the pupil who may give it."""
    if not medicine.consented_by or not medicine.consented_on:
        words = _("Nobody’s written agreement is on file. Enter who agreed, and when.")
        return (Problem.warning("consented_by", "no_consent", words),)
    return ()


def tidy_time(text: str) -> str:
    """As ``read_time`` has it; what is no time of the day stays as it is."""
    return read_time(text) or text


@gathered
def check_dose(dose: Dose, medicine: Medicine, today: date, now: str) -> Iterator[Problem]:
    """A dose lies in the past, a controlled drug has a witness who is someone else, and a correction says why. ``now`` is HH:MM."""
    if read_time(dose.given_time) is None:
        yield Problem("given_time", "bad_time", _("Time is not a time of the day, such as 12:30."))
    elif (dose.given_on, tidy_time(dose.given_time)) > (today, now):
        yield Problem("given_on", "future_date", _("This is still to come. A dose is entered once it is given."))
    if medicine.controlled and not dose.witness:
        yield Problem("witness", "no_witness", _("A controlled drug needs a witness. Enter who saw it given."))
    if dose.witness and dose.witness.casefold() == dose.given_by.casefold():
        yield Problem("witness", "own_witness", _("The witness must be someone else than who gave it."))
    if dose.corrects and not dose.reason:
        yield Problem("reason", "missing", _("Enter why the entry is put right."))


def standing(doses: Iterable[Dose]) -> list[Dose]:
    """The doses that count: those put right by another, and those that never happened, are left out."""
    rows = list(doses)
    righted = {dose.corrects for dose in rows}
    return [dose for dose in rows if dose.id not in righted and dose.was_given]
