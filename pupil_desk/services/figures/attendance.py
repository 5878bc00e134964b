"""Attendance: sessions possible, attended and missed, and pupils persistently or severely absent (domain reference 16); and the reasons of what was missed."""

from collections.abc import Iterable, Mapping
from functools import partial

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _
from pupil_desk.domain.register.attendance import AUTHORISED, CODES, UNAUTHORISED, Totals, codes_of
from pupil_desk.services.figures.asking import HALF_TERMS, MONTHS, TERMS, WEEKS, YEARS, FigureKind, PreparedQuestion
from pupil_desk.services.figures.people import Person
from pupil_desk.services.figures.rows import answer, put_together
from pupil_desk.services.figures.shape import Counts, Figure, FigureColumn, Sort
from pupil_desk.services.register.totals import counts
from pupil_desk.store.tables.attendance_counts import by_code

_amount = partial(FigureColumn, sort=Sort.AMOUNT, head="pupils")
_share = partial(FigureColumn, sort=Sort.PER_CENT)
_COLUMNS = (
    FigureColumn(key="pupils", title=_("Pupils")),
    _share(key="attendance", title=_("Attendance"), top="attended", base="possible"),
    _share(key="authorised-share", title=_("Authorised absence"), top="authorised", base="possible"),
    _share(key="unauthorised-share", title=_("Unauthorised absence"), top="unauthorised", base="possible"),
    _amount(key="possible", title=_("Sessions possible")),
    _amount(key="attended", title=_("Sessions attended")),
    _amount(key="authorised", title=_("Authorised sessions")),
    _amount(key="unauthorised", title=_("Unauthorised sessions")),
    FigureColumn(key="persistent", title=_("Persistently absent"), part_of="pupils"),
    _share(key="persistent-share", title=_("Persistently absent, per cent"), top="persistent", base="pupils"),
    FigureColumn(key="severe", title=_("Severely absent"), part_of="persistent"),
    _share(key="severe-share", title=_("Severely absent, per cent"), top="severe", base="pupils"),
)
SESSIONS = ("attended", "possible", "authorised", "unauthorised")
"""The columns of sessions: those attended, those possible, and those missed."""
REASONS = "reasons"
_OF_REASONS = (FigureColumn(key="pupils", title=_("Pupils"), adds_up=False), _amount(key="sessions", title=_("Sessions missed")))
_BY_REASON = _(
    "The reason is the attendance code of the session as it stands now. A pupil is counted under each of the reasons, and once in the last row."
)
_NOTES = (
    _("Pupils on roll in the time of the row who had at least one possible session in it. Guests are not counted."),
    _(
        "A session is possible if it was marked as attended (here or in an approved activity elsewhere), authorised absence or unauthorised absence. All other codes, and sessions not marked, are left out. An amended session counts as what it says now."
    ),
    _(
        "Persistently absent: at least 10 % of a pupil’s possible sessions in the time of the row missed. Severely absent: at least half; they are among the persistently absent."
    ),
)


def _make(prepared: PreparedQuestion) -> Figure:
    if prepared.question.grouping == REASONS:
        return _by_reason(prepared)
    parts = prepared.parts if prepared.timely else (prepared.full_period,)
    of_part = [
        {person: totals for person, totals in counts(prepared.desk, part.first, part.last).items() if totals.possible} for part in parts
    ]
    totals_by_person: dict[str, Totals] = {}
    for of_one in of_part:
        for person, totals in of_one.items():
            totals_by_person[person] = _plus(totals_by_person.get(person), totals)
    return answer(
        prepared,
        ATTENDANCE,
        _COLUMNS,
        _NOTES,
        main="attendance",
        of_part=lambda number, people: _counts(people, of_part[number]),
        of_people=lambda people: _counts(people, totals_by_person),
    )


def _plus(total: Totals | None, addition: Totals) -> Totals:
    if total is None:
        return addition
    return Totals(
        total.rows + addition.rows,
        total.attended + addition.attended,
        total.authorised + addition.authorised,
        total.unauthorised + addition.unauthorised,
    )


def _counts(people: Iterable[Person], totals: Mapping[str, Totals]) -> Counts:
    person_totals = [totals[person.id] for person in people if person.id in totals]
    return {
        "pupils": len(person_totals),
        "possible": sum(total.possible for total in person_totals),
        "attended": sum(total.attended for total in person_totals),
        "authorised": sum(total.authorised for total in person_totals),
        "unauthorised": sum(total.unauthorised for total in person_totals),
        "persistent": sum(total.persistent for total in person_totals),
        "severe": sum(total.severe for total in person_totals),
    }


def _by_reason(prepared: PreparedQuestion) -> Figure:
    """How many sessions were missed for each reason, and by how many pupils."""
    codes, on_roll = codelist(CODES), {person.id for person in prepared.people.on_roll(prepared.full_period)}
    codes_by_person = by_code(prepared.desk.vault, prepared.full_period.first, prepared.full_period.last)
    missed = {
        code: {person: numbers[code] for person, numbers in codes_by_person.items() if code in numbers and person in on_roll}
        for code in codes.codes
        if code in codes_of(AUTHORISED, UNAUTHORISED)
    }
    rows = [(codes.label_of(code), _of_reason(counts)) for code, counts in missed.items() if counts]
    all_reasons = {person: sum(counts.get(person, 0) for counts in missed.values()) for person in set().union(*missed.values())}
    return put_together(
        prepared,
        ATTENDANCE,
        _OF_REASONS,
        rows,
        (_("All reasons"), _of_reason(all_reasons)),
        heading=_("Reason for absence"),
        notes=(_NOTES[0], _BY_REASON),
        main="sessions",
    )


def _of_reason(counts: Mapping[str, int]) -> Counts:
    return {"pupils": len(counts), "sessions": sum(counts.values())}


ATTENDANCE = FigureKind(
    "attendance", _("Attendance"), _make, in_time=(TERMS, HALF_TERMS, MONTHS, WEEKS, YEARS), own_ways=((REASONS, _("Reason for absence")),)
)
