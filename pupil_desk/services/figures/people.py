"""Who is counted, and in which group: pupils on roll in a period, each with what was true of them on its last day."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.words import _
from pupil_desk.domain.care.needs import LOOKED_AFTER
from pupil_desk.domain.register.calendar import school_year
from pupil_desk.domain.unit.school_name import school_named
from pupil_desk.services.figures.periods import Period
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.tables import figures as store
from pupil_desk.store.tables import settings

UNKNOWN = ""
_EVER = ("", "9999-12-31")
MEALS = frozenset({"FSM", "TFSM", "EFSM", "OFSM"})
PREMIUM = frozenset({"DPP", "SCP", "LAP", "AFC", "EYP"})


@dataclass(slots=True)
class Spell:
    """From one day to another, as ISO text, a code holds."""

    first: str
    last: str
    code: str
    placed_by: str = ""
    main_school: str = ""


@dataclass(slots=True)
class Person:
    """One pupil as figures see them: no name, no number. ``last_year`` is the school year for which ``year_group`` holds."""

    id: str
    year_group: str
    sex: str
    ethnicity: str
    last_year: int = 0
    stays: list[Spell] = field(default_factory=list)
    provisions: list[Spell] = field(default_factory=list)
    care: list[Spell] = field(default_factory=list)

    def on_roll(self, first: str, last: str) -> bool:
        """Whether any stay puts the pupil on the roll on any of these days."""
        return any(stay.first <= last and stay.last >= first for stay in self.stays)

    def stay_on(self, day: str) -> Spell | None:
        """The stay of a day; of several the last begun."""
        return _holding(self.stays, day)


def _holding(spells: Iterable[Spell], day: str) -> Spell | None:
    return next((spell for spell in reversed(list(spells)) if spell.first <= day <= spell.last), None)


class People:
    """Every pupil on file, and whom each record is counted as."""

    def __init__(self, vault: Vault, today: date) -> None:
        rows, told_schools = store.people(vault), settings.current(vault).told_schools
        self.today = today
        self.person_of: dict[str, str] = {row["id"]: row["person"] for row in rows}
        self.all = {
            row["id"]: Person(row["id"], row["year_group"] or UNKNOWN, row["sex"] or UNKNOWN, row["ethnicity"] or UNKNOWN)
            for row in rows
            if row["id"] == row["person"]
        }
        for row in store.stays(vault):
            placed_by, main_school = school_named(row["placed_by"], told_schools), school_named(row["main_school"], told_schools)
            self._person(row).stays.append(_spell(row, row["status"], placed_by, main_school))
        for person in self.all.values():
            ends = max((stay.last for stay in person.stays), default=_EVER[1])
            person.last_year = school_year(min(today, date.fromisoformat(ends)))
        for row in store.provisions(vault):
            self._person(row).provisions.append(_spell(row, row["code"]))
        for row in store.care(vault):
            self._person(row).care.append(_spell(row, row["code"]))

    def _person(self, row: Row) -> Person:
        return self.all[self.person_of[row["pupil_id"]]]

    def on_roll(self, period: Period) -> list[Person]:
        """The pupils on roll on any day of a period."""
        first, last = period.first.isoformat(), period.last.isoformat()
        return [person for person in self.all.values() if person.on_roll(first, last)]

    def day_of(self, person: Person, period: Period) -> str:
        """The day on which a pupil's group counts: the last of the period, or their last day on roll in it."""
        last = min(period.last, self.today).isoformat()
        last_day_here = max((stay.last for stay in person.stays if stay.first <= last), default=last)
        return max(min(last, last_day_here), period.first.isoformat())

    def keep(self, group: "Group", code: str, period: Period) -> None:
        """Count from here on only those of one group, as it was on the last day of a period."""
        self.all = {key: person for key, person in self.all.items() if group.code_of(person, self.day_of(person, period)) == code}

    def in_groups(self, people: Iterable[Person], group: "Group", period: Period) -> list[tuple[str, list[Person]]]:
        """The pupils by what was true of each on the last day of the period, or on their last day on roll in it."""
        people_by_code = grouped((group.code_of(person, self.day_of(person, period)), person) for person in people)
        return [(group.words(code), people_by_code[code]) for code in sorted(people_by_code, key=group.order)]


def _spell(row: Row, code: str, placed_by: str = "", main_school: str = "") -> Spell:
    return Spell(row["start_date"] or _EVER[0], row["end_date"] or _EVER[1], code, placed_by, main_school)


@dataclass(frozen=True, slots=True)
class Group:
    """One way to group pupils. ``code_of`` gives a pupil's code on a day; ``codes`` the list whose words and order it has."""

    key: str
    label: str
    code_of: Callable[[Person, str], str]
    codes: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)

    def words(self, code: str) -> str:
        """The words of a code."""
        if code == UNKNOWN:
            return _("Not recorded")
        return self.labels.get(code) or (codelist(self.codes).label_of(code) if self.codes else code)

    def order(self, code: str) -> tuple[bool, int, str]:
        """Where a code stands: as in its list, else by its words; what is not recorded last."""
        code_order: Sequence[str] = list(codelist(self.codes).codes) if self.codes else list(self.labels)
        return code == UNKNOWN, code_order.index(code) if code in code_order else len(code_order), code


def _year_group(person: Person, day: str) -> str:
    """The year group on a day: the one recorded holds for the pupil's last school year here, and was one less the year before."""
    if not person.year_group.isdigit():
        return person.year_group
    number = int(person.year_group) - max(0, person.last_year - school_year(date.fromisoformat(day)))
    return str(number) if number > 0 else UNKNOWN


def _provision(person: Person, day: str) -> str:
    spell = _holding(person.provisions, day)
    return spell.code if spell else UNKNOWN


def _has(codes: frozenset[str]) -> Callable[[Person, str], str]:
    def code_on(person: Person, day: str) -> str:
        return "Y" if any(spell.code in codes and spell.first <= day <= spell.last for spell in person.care) else "N"

    return code_on


def _status(person: Person, day: str) -> str:
    stay = person.stay_on(day)
    return stay.code if stay else UNKNOWN


def _placed_by(person: Person, day: str) -> str:
    stay = person.stay_on(day)
    return stay.placed_by if stay else UNKNOWN


def _main_school(person: Person, day: str) -> str:
    """The main school by its name, where the unit has written that down."""
    stay = person.stay_on(day)
    return stay.main_school if stay else UNKNOWN


def _yes_no(yes: str, no: str) -> Mapping[str, str]:
    return {"Y": yes, "N": no}


GROUPS: tuple[Group, ...] = (
    Group("year-group", _("Year group"), _year_group, "year_group"),
    Group("sex", _("Sex"), lambda person, _day: person.sex, "sex"),
    Group("sen", _("SEN provision"), _provision, "sen_provision"),
    Group("looked-after", _("Looked after"), _has(frozenset({LOOKED_AFTER})), labels=_yes_no(_("Looked after"), _("Not looked after"))),
    Group("premium", _("Pupil premium"), _has(PREMIUM), labels=_yes_no(_("Pupil premium"), _("No pupil premium"))),
    Group("meals", _("Free school meals"), _has(MEALS), labels=_yes_no(_("Free school meals"), _("No free school meals"))),
    Group("ethnicity", _("Ethnic group"), lambda person, _day: person.ethnicity, "ethnicity"),
    Group("main-school", _("Main school"), _main_school),
    Group("placed-by", _("Placed by"), _placed_by),
    Group("status", _("Enrolment status"), _status, "enrolment_status"),
)
"""The ways to group pupils, in the order offered."""


def group_called(key: str) -> Group | None:
    """The group of that key."""
    return next((group for group in GROUPS if group.key == key), None)
