"""The class list: the pupils chosen, with only the columns that its purpose needs."""

import dataclasses
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import age_on, short_date
from pupil_desk.basics.errors import required
from pupil_desk.basics.text import fold, tidy
from pupil_desk.basics.words import _
from pupil_desk.documents.papers import class_list as layout
from pupil_desk.documents.papers.class_list import LaidList
from pupil_desk.domain.care.health import ALLERGY, DIETARY, HealthItem, HealthStanding
from pupil_desk.domain.consents.case import ConsentStatus as ConsentStanding
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.protection import PaperKind, PaperVisibility, Protection, visibility_on
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


class ClassListColumn(Enum):
    """The closed set of columns beside the name. The value is the key that the screen remembers."""

    YEAR = "year"
    BORN = "born"
    AGE = "age"
    REF = "ref"
    PLACED_BY = "placed-by"
    FOOD = "food"
    CALL = "call"
    PHOTOGRAPHS = "photographs"


LABELS: Mapping[ClassListColumn, str] = {
    ClassListColumn.YEAR: _("Year group"),
    ClassListColumn.BORN: _("Date of birth"),
    ClassListColumn.AGE: _("Age"),
    ClassListColumn.REF: _("Reference"),
    ClassListColumn.PLACED_BY: _("Placed by"),
    ClassListColumn.FOOD: _("Allergies and diet"),
    ClassListColumn.CALL: _("Whom to call"),
    ClassListColumn.PHOTOGRAPHS: _("Photographs, use by use"),
}
_SHARES = {
    ClassListColumn.YEAR: 0.9,
    ClassListColumn.BORN: 1.6,
    ClassListColumn.AGE: 0.6,
    ClassListColumn.REF: 1.1,
    ClassListColumn.PLACED_BY: 2.2,
    ClassListColumn.FOOD: 2.4,
    ClassListColumn.CALL: 3.4,
}
_PHOTOGRAPHS, _OF_A_USE = "photographs", 1.5  # the type of consent, and the share of the width that each use of it has
BY_NAME, BY_FORENAME, BY_YEAR = "name", "forename", "year"
ORDERS: Mapping[str, str] = {BY_NAME: _("Surname"), BY_FORENAME: _("Forename"), BY_YEAR: _("Year group, then surname")}


@dataclass(frozen=True, slots=True)
class ClassListOptions:
    """What a list is to show. ``blanks`` are the headings of empty columns, to be filled in by pen."""

    title: str = ""
    columns: tuple[ClassListColumn, ...] = (ClassListColumn.YEAR,)
    blanks: tuple[str, ...] = ()
    order: str = BY_NAME


def paper(desk: Desk, ids: Collection[str], options: ClassListOptions, *, lying: bool = False) -> tuple[LaidList, str]:
    """The list as it is set, and its title. Logged by ``log_print``. Raises WrongUse where its columns are too many for a page."""
    desk.require(Action.READ_RECORD)
    records = _ColumnRecords.read(desk, options.columns)
    paper_kinds = (
        [PaperKind.CLASS_LIST, PaperKind.CLASS_LIST_NUMBERS] if ClassListColumn.CALL in options.columns else [PaperKind.CLASS_LIST]
    )
    listed_pupils = sorted(
        (
            pupil
            for pupil in pupils.some(desk.vault, ids)
            if not any(visibility_on(paper, records.protections[pupil.id]) is PaperVisibility.LEFT_OUT for paper in paper_kinds)
        ),
        key=_ORDERING[options.order],
    )
    title = tidy(options.title) or _("Class list")
    columns = [column for column in options.columns if column is not ClassListColumn.PHOTOGRAPHS]
    uses = types.type_named(desk, _PHOTOGRAPHS).use_list if len(columns) < len(options.columns) else ()
    answers, names = _said_of_photographs(desk, ids) if uses else {}, cards.names_listed(listed_pupils)
    class_list = layout.ClassList(
        title,
        [
            *(layout.ClassListColumn(LABELS[column], _SHARES[column]) for column in columns),
            *(layout.ClassListColumn(_("Photographs: {use}").format(use=use.words), _OF_A_USE) for use in uses),
        ],
        headings(options.blanks),
        [
            layout.ClassListRow(
                names[pupil.id],
                [
                    *(_WORDS[column](desk, records, pupil) for column in columns),
                    *(answers.get((pupil.id, use.key), _ASKED_NOT) for use in uses),
                ],
            )
            for pupil in listed_pupils
        ],
        cards.made_by(desk),
        rule=_("Photographs and videos: use a picture of a pupil only where it says “yes”. Everything else is no.") if uses else "",
    )
    laid_out = required(
        layout.lay_out(class_list, lying=lying),
        _("These are too many columns for a page: words would be broken. Untick some, or make two lists."),
    )
    return laid_out, title


def headings(entries: Iterable[str]) -> tuple[str, ...]:
    """Headings as they are printed: tidied, the empty ones left out, no more than fit."""
    tidy_headings = [tidy(text)[:LONGEST] for text in entries]
    return tuple(text for text in tidy_headings if text)[:MOST_BLANKS]


def log_print(desk: Desk, ids: Collection[str], options: ClassListOptions) -> None:
    """Log that a list was printed: a row a pupil, with the columns that it had."""
    column_words = ", ".join(column.value for column in options.columns)
    cards.log_each(desk, pupils.some(desk.vault, ids), f"class list printed: {column_words}".removesuffix(": "))


@dataclass(frozen=True, slots=True)
class _ColumnRecords:
    """What the columns need of all pupils, read once, and only what is wanted."""

    stays: Mapping[str, Sequence[Enrolment]] = dataclasses.field(default_factory=dict)
    health: Answers | None = None
    people: Mapping[str, Sequence[Contact]] = dataclasses.field(default_factory=dict)
    protections: Mapping[str, Sequence[Protection]] = dataclasses.field(default_factory=dict)

    @classmethod
    def read(cls, desk: Desk, columns: Collection[ClassListColumn]) -> "_ColumnRecords":
        """Reads what these columns say."""
        with_call = ClassListColumn.CALL in columns
        return cls(
            enrolments.by_pupil(desk.vault) if ClassListColumn.PLACED_BY in columns else {},
            health_answers.answers(desk.vault) if ClassListColumn.FOOD in columns else None,
            contacts.by_pupil(desk.vault) if with_call else {},
            protections.by_pupil(desk.vault, desk.today),
        )


def _placed_by(desk: Desk, records: _ColumnRecords, pupil: Pupil) -> str:
    stays = [stay for stay in records.stays.get(pupil.id, ()) if stay.end_date is None or stay.end_date >= desk.today]
    return next((school_named(stay.commissioned_by, desk.settings.told_schools) for stay in stays if stay.commissioned_by), "")


def _food(desk: Desk, records: _ColumnRecords, pupil: Pupil) -> str:
    """Allergies and diet; a note in free text may speak of them, so that it is pointed to. Nothing on file is never said to be none."""
    assert records.health is not None, "read for this column"
    answer = records.health(pupil, desk.today)
    if answer.standing is not HealthStanding.HELD:
        return health_answers.short_words(answer)
    food_words = [_food_words(item) for item in answer.items if item.kind in (ALLERGY, DIETARY)]
    if answer.notes:
        food_words.append(_("medical notes: see the first-aid card"))
    elif food_words and not any(item.kind == ALLERGY for item in answer.items):
        food_words.append(_("allergies: not recorded, ask"))
    return "; ".join(food_words) or _("not recorded: ask")


def _food_words(item: HealthItem) -> str:
    severity = codelist("severity").label_of(item.severity).lower()
    if item.kind != ALLERGY:
        return item.what
    allergy = _("allergy: {what}").format(what=item.what)
    return _("{what} ({severity})").format(what=allergy, severity=severity) if severity else allergy


def _call(desk: Desk, records: _ColumnRecords, pupil: Pupil) -> str:
    return cards.call_lines(PaperKind.CLASS_LIST_NUMBERS, records.people.get(pupil.id, ()), records.protections.get(pupil.id, ()))


_ASKED_NOT = _("not asked")
_STANDS: Mapping[ConsentStanding, str] = {
    ConsentStanding.GIVEN: _("yes"),
    ConsentStanding.REFUSED: _("NO"),
    ConsentStanding.WITHDRAWN: _("NO"),
    ConsentStanding.LAPSED: _("no longer: ask"),
    ConsentStanding.WAITING: _("no answer"),
    ConsentStanding.NOT_ASKED: _ASKED_NOT,
}
"""What staff with a camera read: whatever is not «yes» is no."""


def _said_of_photographs(desk: Desk, ids: Collection[str]) -> dict[tuple[str, str], str]:
    """By pupil and use, how it stands today."""
    return {(row.pupil.id, row.use): _STANDS[row.verdict.standing] for row in standings.of_type(desk, _PHOTOGRAPHS, among=ids)}


_WORDS: Mapping[ClassListColumn, Callable[[Desk, _ColumnRecords, Pupil], str]] = {
    ClassListColumn.YEAR: lambda _desk, _records, pupil: pupil.year_group or "",
    ClassListColumn.BORN: lambda _desk, _records, pupil: short_date(pupil.dob),
    ClassListColumn.AGE: lambda desk, _records, pupil: str(age_on(pupil.dob, desk.today)),
    ClassListColumn.REF: lambda _desk, _records, pupil: pupil.ref,
    ClassListColumn.PLACED_BY: _placed_by,
    ClassListColumn.FOOD: _food,
    ClassListColumn.CALL: _call,
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
