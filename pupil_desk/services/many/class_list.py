"""The class list: the pupils chosen, with only the columns that its purpose needs."""

import dataclasses
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import age_on, short_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import fold, tidy
from pupil_desk.basics.words import _
from pupil_desk.documents.papers import class_list as layout
from pupil_desk.documents.papers.class_list import Laid
from pupil_desk.domain.care.health import ALLERGY, DIETARY, HealthItem, Standing
from pupil_desk.domain.consents.case import Standing as ConsentStanding
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.protected_on_paper import Paper, Shown, shown
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.school_name import school_named
from pupil_desk.services.care import cards, health_answers
from pupil_desk.services.care.health_answers import Answers
from pupil_desk.services.consents import standings, types
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import contacts, enrolments, protections, pupils

MOST_BLANKS = 6
LONGEST = 40  # characters of a heading of one's own


class Column(Enum):
    """The closed set of columns beside the name. The value is the key that the screen remembers."""

    YEAR = "year"
    BORN = "born"
    AGE = "age"
    REF = "ref"
    PLACED_BY = "placed-by"
    FOOD = "food"
    CALL = "call"
    PHOTOGRAPHS = "photographs"


LABELS: Mapping[Column, str] = {
    Column.YEAR: _("Year group"),
    Column.BORN: _("Date of birth"),
    Column.AGE: _("Age"),
    Column.REF: _("Reference"),
    Column.PLACED_BY: _("Placed by"),
    Column.FOOD: _("Allergies and diet"),
    Column.CALL: _("Whom to call"),
    Column.PHOTOGRAPHS: _("Photographs, use by use"),
}
_SHARES = {Column.YEAR: 0.9, Column.BORN: 1.6, Column.AGE: 0.6, Column.REF: 1.1, Column.PLACED_BY: 2.2, Column.FOOD: 2.4, Column.CALL: 3.4}
_PHOTOGRAPHS, _OF_A_USE = "photographs", 1.5  # the type of consent, and the share of the width that each use of it has
BY_NAME, BY_FORENAME, BY_YEAR = "name", "forename", "year"
ORDERS: Mapping[str, str] = {BY_NAME: _("Surname"), BY_FORENAME: _("Forename"), BY_YEAR: _("Year group, then surname")}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is to show. ``blanks`` are the headings of empty columns, to be filled in by pen."""

    title: str = ""
    columns: tuple[Column, ...] = (Column.YEAR,)
    blanks: tuple[str, ...] = ()
    order: str = BY_NAME


def paper(desk: Desk, ids: Collection[str], wanted: Wanted, *, lying: bool = False) -> tuple[Laid, str]:
    """The list as it is set, and its title. Logged by ``printed``. Raises WrongUse where its columns are too many for a page."""
    desk.require(Action.READ_RECORD)
    held = _Held.read(desk, wanted.columns)
    kept = [Paper.CLASS_LIST, Paper.CLASS_LIST_NUMBERS] if Column.CALL in wanted.columns else [Paper.CLASS_LIST]
    chosen = sorted(
        (one for one in pupils.some(desk.vault, ids) if not any(shown(paper, held.held[one.id]) is Shown.LEFT_OUT for paper in kept)), key=_ORDERING[wanted.order]
    )
    title = tidy(wanted.title) or _("Class list")
    columns = [column for column in wanted.columns if column is not Column.PHOTOGRAPHS]
    uses = types.type_named(desk, _PHOTOGRAPHS).use_list if len(columns) < len(wanted.columns) else ()
    said, names = _said_of_photographs(desk, ids) if uses else {}, cards.names_listed(chosen)
    what = layout.ClassList(
        title,
        [*(layout.Column(LABELS[column], _SHARES[column]) for column in columns), *(layout.Column(_begun_large(use.words), _OF_A_USE) for use in uses)],
        headings(wanted.blanks),
        [layout.Listed(names[pupil.id], [
            *(_WORDS[column](desk, held, pupil) for column in columns), *(said.get((pupil.id, use.key), _ASKED_NOT) for use in uses),
        ]) for pupil in chosen],
        cards.made_by(desk),
    )
    found = layout.laid(what, lying=lying)
    if found is None:
        raise WrongUse(_("These are too many columns for a page: words would be broken. Untick some, or make two lists."))
    return found, title


def headings(typed: Iterable[str]) -> tuple[str, ...]:
    """Headings as they are printed: tidied, the empty ones left out, no more than fit."""
    found = [tidy(text)[:LONGEST] for text in typed]
    return tuple(text for text in found if text)[:MOST_BLANKS]


def printed(desk: Desk, ids: Collection[str], wanted: Wanted) -> None:
    """Log that a list was printed: a row a pupil, with the columns that it had."""
    told = ", ".join(column.value for column in wanted.columns)
    cards.log_each(desk, pupils.some(desk.vault, ids), f"class list printed: {told}".removesuffix(": "))


@dataclass(frozen=True, slots=True)
class _Held:
    """What the columns need of all pupils, read once, and only what is wanted."""

    stays: Mapping[str, Sequence[Enrolment]] = dataclasses.field(default_factory=dict)
    health: Answers | None = None
    people: Mapping[str, Sequence[Contact]] = dataclasses.field(default_factory=dict)
    held: Mapping[str, Sequence[Protection]] = dataclasses.field(default_factory=dict)

    @classmethod
    def read(cls, desk: Desk, columns: Collection[Column]) -> "_Held":
        """Reads what these columns say."""
        call = Column.CALL in columns
        return cls(
            enrolments.by_pupil(desk.vault) if Column.PLACED_BY in columns else {},
            health_answers.answers(desk.vault) if Column.FOOD in columns else None,
            contacts.by_pupil(desk.vault) if call else {},
            protections.by_pupil(desk.vault, desk.today),
        )


def _placed_by(desk: Desk, held: _Held, pupil: Pupil) -> str:
    stays = [stay for stay in held.stays.get(pupil.id, ()) if stay.end_date is None or stay.end_date >= desk.today]
    return next((school_named(stay.commissioned_by, desk.settings.told_schools) for stay in stays if stay.commissioned_by), "")


def _food(desk: Desk, held: _Held, pupil: Pupil) -> str:
    """Allergies and diet; a note in free text may speak of them, so that it is pointed to. Nothing on file is never said to be none."""
    assert held.health is not None, "read for this column"
    answer = held.health(pupil, desk.today)
    if answer.standing is not Standing.HELD:
        return health_answers.short_words(answer)
    found = [_food_words(item) for item in answer.items if item.kind in (ALLERGY, DIETARY)]
    if answer.notes:
        found.append(_("medical notes: see the first-aid card"))
    elif found and not any(item.kind == ALLERGY for item in answer.items):
        found.append(_("allergies: not recorded, ask"))
    return "; ".join(found) or _("not recorded: ask")


def _food_words(item: HealthItem) -> str:
    severity = codelist("severity").label_of(item.severity).lower()
    if item.kind != ALLERGY:
        return item.what
    what = _("allergy: {what}").format(what=item.what)
    return _("{what} ({severity})").format(what=what, severity=severity) if severity else what


def _call(desk: Desk, held: _Held, pupil: Pupil) -> str:
    return cards.call_lines(Paper.CLASS_LIST_NUMBERS, held.people.get(pupil.id, ()), held.held.get(pupil.id, ()))


_ASKED_NOT = _("not asked")
_STANDS: Mapping[ConsentStanding, str] = {
    ConsentStanding.GIVEN: _("yes"), ConsentStanding.REFUSED: _("NO"), ConsentStanding.WITHDRAWN: _("NO"),
    ConsentStanding.LAPSED: _("no longer: ask"), ConsentStanding.WAITING: _("no answer"), ConsentStanding.NOT_ASKED: _ASKED_NOT,
}  # fmt: skip
"""What staff with a camera read: whatever is not «yes» is no."""


def _said_of_photographs(desk: Desk, ids: Collection[str]) -> dict[tuple[str, str], str]:
    """By pupil and use, how it stands today."""
    return {(row.pupil.id, row.use): _STANDS[row.verdict.standing] for row in standings.of_type(desk, _PHOTOGRAPHS, among=ids)}


def _begun_large(words: str) -> str:
    return words[:1].upper() + words[1:]


_WORDS: Mapping[Column, Callable[[Desk, _Held, Pupil], str]] = {
    Column.YEAR: lambda _desk, _held, pupil: pupil.year_group or "",
    Column.BORN: lambda _desk, _held, pupil: short_date(pupil.dob),
    Column.AGE: lambda desk, _held, pupil: str(age_on(pupil.dob, desk.today)),
    Column.REF: lambda _desk, _held, pupil: pupil.ref,
    Column.PLACED_BY: _placed_by,
    Column.FOOD: _food,
    Column.CALL: _call,
}
_ORDERING: Mapping[str, Callable[[Pupil], tuple[object, ...]]] = {
    BY_NAME: lambda pupil: (fold(pupil.surname), fold(pupil.forename)),
    BY_FORENAME: lambda pupil: (fold(pupil.preferred_forename or pupil.forename), fold(pupil.surname)),
    BY_YEAR: lambda pupil: (_year(pupil), fold(pupil.surname), fold(pupil.forename)),
}


def _year(pupil: Pupil) -> int:
    """Where the year group stands among all; those without one last."""
    codes = list(codelist("year_group").codes)
    return codes.index(pupil.year_group) if pupil.year_group in codes else len(codes)
