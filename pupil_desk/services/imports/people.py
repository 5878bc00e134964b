"""The pupils on file, found as the rows of a file name them: by number, or by name and date of birth."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol, Self

from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.catalogue.identifiers import is_temporary
from pupil_desk.domain.catalogue.items import item_named
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.pupils.nearly import nearly_named
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.imports.kinds import MINE, NEW, SAME, Fate, Judging, Plan, ReadRow, refused_plan
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.tables import pupils

SAME_NAME = "same_name"  # the code of a row that may be about a pupil who is here, and was not taken for one
_MOST_OF_A_DAY = 200  # pupils born on one day; more have a day put in for «not known», of which near names tell nothing
type NameKey = tuple[str, str, date]


def name_key(surname: str, forename: str, dob: date) -> NameKey:
    """A legal name and date of birth, for matching."""
    return fold(surname), fold(forename), dob


def by_any_name(pupils: Iterable[Pupil]) -> dict[tuple[str, str], list[Pupil]]:
    """These pupils by surname and forename, as folded, the legal ones and those that each goes by."""
    by_name: dict[tuple[str, str], list[Pupil]] = {}
    for pupil in pupils:
        for name in {
            (fold(pupil.surname), fold(pupil.forename)),
            (fold(pupil.preferred_surname or pupil.surname), fold(pupil.preferred_forename or pupil.forename)),
        }:
            by_name.setdefault(name, []).append(pupil)
    return by_name


@dataclass(slots=True)
class People:
    """Pupils by UPN, by former UPN and by name; ``merged`` are UPNs of records that stand for others. ``view`` is the same with room for those that the file itself brings."""

    by_upn: dict[str, Pupil] = field(default_factory=dict)
    by_former: dict[str, Pupil] = field(default_factory=dict)
    by_name: dict[NameKey, list[Pupil]] = field(default_factory=dict)
    by_dob: dict[date, list[Pupil]] = field(default_factory=dict)
    merged: set[str] = field(default_factory=set)
    below: "People | None" = None

    @classmethod
    def from_pupils(cls, pupils: Iterable[Pupil]) -> "People":
        """An index of these pupils."""
        people = cls()
        for pupil in pupils:
            people.add(pupil)
        return people

    @classmethod
    def on_file(cls, vault: Vault) -> "People":
        """An index of the pupils on file. What a record says that stands for another finds the one kept, as a former UPN would."""
        all_pupils = pupils.all_pupils(vault)
        people = cls.from_pupils(all_pupils)
        by_id = {pupil.id: pupil for pupil in all_pupils}
        for record, kept_id in pupils.merged(vault):
            kept_record = by_id[kept_id]
            for number in filter(None, (record.upn, record.former_upn)):
                people.by_former.setdefault(number, kept_record)
                people.merged.add(number)
            alike = people.by_name.setdefault(name_key(record.surname, record.forename, record.dob), [])
            if kept_record not in alike:
                alike.append(kept_record)
        return people

    def is_merged(self, upn: str) -> bool:
        """Whether this is the UPN of a record that stands for another: the one kept does not take it over from a file."""
        return upn in self.merged or (self.below is not None and self.below.is_merged(upn))

    def view(self) -> "People":
        """An empty index over this one, which stays as it is."""
        return People(below=self)

    def add(self, pupil: Pupil) -> None:
        """Let rows that follow find this pupil, as it will be."""
        if pupil.upn:
            self.by_upn.setdefault(pupil.upn, pupil)
        if pupil.former_upn:
            self.by_former.setdefault(pupil.former_upn, pupil)
        self.by_name.setdefault(name_key(pupil.surname, pupil.forename, pupil.dob), []).append(pupil)
        self.by_dob.setdefault(pupil.dob, []).append(pupil)

    def with_upn(self, upn: str) -> Pupil | None:
        return self.by_upn.get(upn) or (self.below.with_upn(upn) if self.below else None)

    def with_number(self, upn: str) -> Pupil | None:
        """Who holds this UPN, or held it before."""
        return self.with_upn(upn) or self._with_former(upn)

    def _with_former(self, upn: str) -> Pupil | None:
        return self.by_former.get(upn) or (self.below._with_former(upn) if self.below else None)

    def namesakes(self, name: NameKey) -> list[Pupil]:
        """Those of that name and date of birth; one that the file changes stands before what it was."""
        return self.by_name.get(name, []) + (self.below.namesakes(name) if self.below else [])

    def alike(self, name: NameKey) -> tuple[Pupil, ...]:
        """Those of that name and date of birth, each once, as it will be, by our numbers."""
        namesakes = self.namesakes(name)
        if not namesakes:
            return ()
        as_it_will_be = {pupil.id: pupil for pupil in reversed(namesakes)}
        return tuple(sorted(as_it_will_be.values(), key=lambda pupil: pupil.ref))

    def nearly(self, values: Mapping[str, Any]) -> tuple[Pupil, ...]:
        """Those on file who were born on the day of a row and have nearly its name: with a UPN in the row only those without a lasting one of their own."""
        born_that_day = (self.below or self).by_dob.get(values["dob"], [])
        if not 0 < len(born_that_day) <= _MOST_OF_A_DAY:
            return ()
        names: dict[str, Any] = {
            name: values.get(name) for name in ("surname", "forename", "middle_names", "preferred_surname", "preferred_forename", "dob")
        }
        told = Pupil(**names)
        has_number = bool(values.get("upn"))
        return tuple(
            pupil
            for pupil in sorted(born_that_day, key=lambda pupil: pupil.ref)
            if nearly_named(told, pupil) and not (has_number and pupil.upn and not is_temporary(pupil.upn))
        )

    def waiting(self, name: NameKey) -> Pupil | None:
        """One of that name and date of birth without a UPN, or with a temporary one."""
        settled: set[str] = set()
        for pupil in self.namesakes(name):
            if pupil.id in settled:
                continue
            if pupil.upn is None or is_temporary(pupil.upn):
                return pupil
            settled.add(pupil.id)
        return None


@dataclass(frozen=True, slots=True)
class Match:
    """Whom a row is about: a pupil here, None for a new one. ``by_name`` is whether only the name found them, ``alike`` all whom it may be,
    ``is_near`` whether their names are nearly the row’s and not the same.
    """

    pupil: Pupil | None
    by_name: bool = False
    alike: tuple[Pupil, ...] = ()
    answer: str = ""
    is_near: bool = False

    @classmethod
    def by_names(cls, people: People, values: Mapping[str, Any], pupil: Pupil | None, alike: tuple[Pupil, ...]) -> "Match":
        """A match by name and date of birth alone; where nobody has both, those whose name is nearly that."""
        if pupil is not None or alike:
            return cls(pupil, by_name=True, alike=alike)
        near = people.nearly(values)
        return cls(None, by_name=True, alike=near, is_near=bool(near))

    @property
    def must_be_said(self) -> bool:
        """Whether nothing is taken until a person says whether it is one of those whose name is nearly the row’s."""
        return self.is_near and self.pupil is None and not self.answer

    def said(self, answer: str) -> "Match":
        """The match as a person decides it; of one by number nothing is to be decided, and of several alike ``SAME`` says too little."""
        if not self.alike:
            return self
        if answer == NEW:
            return replace(self, pupil=None, answer=answer)
        chosen = [pupil for pupil in self.alike if answer in (SAME, pupil.id)]
        return replace(self, pupil=chosen[0], answer=chosen[0].id) if len(chosen) == 1 else self

    @property
    def refs(self) -> str:
        """Our numbers of those it may be."""
        return join_words([pupil.ref for pupil in self.alike])

    def undecided(self) -> Plan:
        """The plan for a row of which nothing is taken until a person says whether it is about one of these."""
        words = _(
            "A pupil of this name and date of birth is here already, {refs}, and the row has no UPN. Say whether it is the same pupil; until then nothing of the row is taken."
        )
        if self.is_near:
            words = _(
                "A pupil born on this day with nearly this name is here already: {names}. Say whether it is the same pupil; until then nothing of the row is taken."
            )
        names = join_words([f"{pupil.legal_name} ({pupil.ref})" for pupil in self.alike])
        problem = Problem.warning("upn", SAME_NAME, words.format(refs=self.refs, names=names))
        return Plan(Fate.UNCHANGED, alike=self.alike, problems=(problem,), is_set_aside=True)

    def check_they_are_two(self) -> Problem:
        """The warning about a row that goes in as another pupil."""
        words = (
            _("A pupil born on this day with nearly this name is here already, {refs}. Check that they are two.")
            if self.is_near
            else _("A pupil of this name and date of birth is here already, {refs}. Check that they are two.")
        )
        return Problem.warning("upn", SAME_NAME, words.format(refs=self.refs))

    def judging(self, judging: Judging, row: int) -> Judging:
        """The judging of a row, by which of one whose name is nearly that of the record the record’s stays unless a person picks the other."""
        if not self.is_near:
            return judging
        return replace(judging, picks={(row, name): MINE for name in ("surname", "forename")} | dict(judging.picks or {}))


@dataclass(slots=True)
class PupilsOnFile:
    """The pupils on file, and the next reference to give, for a kind whose rows bring pupils of their own."""

    people: People
    next_ref: int

    def fresh(self) -> Self:
        """A view for one judging: of the pupils that the file itself brings, later rows must know."""
        return replace(self, people=self.people.view())

    def note(self, plan: Plan) -> None:
        """A pupil that will go in."""
        for write in plan.writes:
            if isinstance(write.new, Pupil):
                self.people.add(write.new)
                self.next_ref += write.old is None


UPN_COLUMN = replace(item_named(Pupil, "upn"), required=True)
"""The column by which a row names its pupil."""


class _WithPeople(Protocol):
    @property
    def people(self) -> People: ...


type _PlanOfPupil[H] = Callable[[H, Pupil, dict[str, Any], ReadRow, Judging], Plan]


def found_by_upn[H: _WithPeople](plan: _PlanOfPupil[H]) -> Callable[[H, ReadRow, Judging], Plan]:
    """The plan of a kind whose rows name a pupil by UPN: it is handed the pupil, and the other values. A row whose UPN nobody holds is refused."""

    def found(stored: H, row: ReadRow, judging: Judging) -> Plan:
        values = dict(row.values)
        pupil = stored.people.with_number(values.pop(UPN_COLUMN.name))
        if pupil is None:
            words = _("No pupil here has this UPN. Import or add the pupil first, or correct the number.")
            return refused_plan(Problem("upn", "no_such_pupil", words))
        return plan(stored, pupil, values, row, judging)

    return found


_NAMES = ("surname", "forename", "dob")
PERSON_COLUMNS = (replace(item_named(Pupil, "upn"), required=False), *(replace(item_named(Pupil, name), required=False) for name in _NAMES))
"""The columns by which a row names its pupil where another program may not write the UPN: that, or legal name and date of birth."""


def found_by_person[H: _WithPeople](plan: _PlanOfPupil[H]) -> Callable[[H, ReadRow, Judging], Plan]:
    """The plan of a kind whose rows name a pupil by ``PERSON_COLUMNS``: it is handed the pupil, and the other values.

    A UPN that is held decides. Else one pupil of the name and the date of birth is taken where the row has no UPN; of several, of one with nearly that
    name, and where the UPN is nobody's, a person is asked. A row that is about nobody here is refused.
    """

    def planned(stored: H, row: ReadRow, judging: Judging) -> Plan:
        values = {name: value for name, value in row.values.items() if name not in ("upn", *_NAMES)}
        match = _match_of(stored.people, row.values, judging.answer_for(row.number))
        if match.pupil is None and match.alike and match.answer != NEW:
            return match.undecided()
        if match.pupil is None:
            words = _(
                "No pupil here has this UPN, or this legal name and date of birth. Import or add the pupil first, or correct the row."
            )
            return refused_plan(Problem("upn", "no_such_pupil", words))
        row_plan = plan(stored, match.pupil, values, row, judging)
        return replace(row_plan, alike=match.alike, answer=match.answer) if match.alike else row_plan

    return planned


def _match_of(people: People, values: Mapping[str, Any], answer: str) -> Match:
    number = values.get("upn")
    pupil = people.with_number(number) if number else None
    if pupil is not None or any(values.get(name) is None for name in _NAMES):
        return Match(pupil)
    alike = people.alike(name_key(values["surname"], values["forename"], values["dob"]))
    only = alike[0] if len(alike) == 1 and not number else None
    return Match.by_names(people, values, only, alike).said(answer)
