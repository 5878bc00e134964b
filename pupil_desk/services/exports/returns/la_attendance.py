"""The attendance return to the local authority: pupils who fail to attend regularly, or who missed ten school days together without leave.

Source: SI 2024/208, regulation 13; sums by domain reference 16. From what share of absence on a pupil fails to attend regularly the
law does not say: it is a setting, ten per cent unless the unit has agreed another with its authority.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pupil_desk.basics.words import _, join_words
from pupil_desk.documents.files.csv_table import Cell
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import UNAUTHORISED as WITHOUT_LEAVE
from pupil_desk.domain.register.attendance import Totals, codes_of
from pupil_desk.domain.register.authority_returns import limits
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.export import Ask, ExportColumn, Option, Selection
from pupil_desk.services.exports.layouts import TABLE
from pupil_desk.services.exports.register import school_year_to
from pupil_desk.services.exports.returns.register_returns import WHO, AbsenceScope, authority_return, look, sums, who_cells
from pupil_desk.services.register.totals import counts

_COUNTED = sums(("possible", "attended", "authorised", "unauthorised", "attendance_pct", "absence_pct", "unauthorised_pct"))
_RUN = (ExportColumn("days_without_leave", "mark.code"), ExportColumn("first_day", "mark.day"), ExportColumn("last_day", "mark.day"))
_COLUMNS = (*WHO, *_COUNTED, *_RUN, ExportColumn("why", "mark.code"))
IRREGULAR, UNAUTHORISED = _("does not attend regularly"), _("absent without leave for days together")
"""Why a pupil is in the return, as the file says it."""


@dataclass(frozen=True, slots=True)
class _IrregularPupil:
    pupil: Pupil
    totals: Totals
    run: list[date]
    reasons: tuple[str, ...]


def _select(desk: Desk, ask: Ask) -> Selection:
    scope = look(desk, ask)
    return scope.selection(
        _COLUMNS, ((irregular.pupil, _reason(irregular), _cells(irregular)) for irregular in _irregular_pupils(desk, ask, scope)), ask
    )


def _irregular_pupils(desk: Desk, ask: Ask, scope: AbsenceScope) -> Iterator[_IrregularPupil]:
    """Those whom the return is about; those asked for by name whatever their absence, if anything is marked."""
    totals = counts(desk, scope.period.since, scope.period.until, ask.pupils)
    runs, share = _runs(desk, scope, totals), desk.settings.irregular_absence
    for pupil in scope.pupils:
        if pupil.id in totals:
            reasons = _reasons(totals[pupil.id], runs.get(pupil.id, []), share)
            if reasons or ask.by_name:
                yield _IrregularPupil(pupil, totals[pupil.id], runs.get(pupil.id, []), reasons)


def _runs(desk: Desk, scope: AbsenceScope, totals: Mapping[str, Totals]) -> dict[str, list[date]]:
    """The longest run of each pupil who missed enough for one: of the others it is not looked for."""
    minimum = limits()["unauthorised_days"].value
    ids = [pupil.id for pupil in scope.pupils if totals.get(pupil.id, Totals()).unauthorised >= minimum]
    return scope.longest_runs(desk, ids, codes_of(WITHOUT_LEAVE), minimum)


def _reasons(totals: Totals, run: list[date], share: int) -> tuple[str, ...]:
    irregular = totals.possible > 0 and totals.absent * 100 >= share * totals.possible
    return (*((IRREGULAR,) if irregular else ()), *((UNAUTHORISED,) if run else ()))


def _cells(irregular: _IrregularPupil) -> tuple[Cell, ...]:
    totals = irregular.totals
    total_cells: tuple[Cell, ...] = (
        totals.possible,
        totals.attended,
        totals.authorised,
        totals.unauthorised,
        _one_decimal(totals.attendance_pct),
        _one_decimal(totals.absence_pct),
        _one_decimal(totals.unauthorised_pct),
    )
    run: tuple[Cell, ...] = (len(irregular.run), irregular.run[0], irregular.run[-1]) if irregular.run else (None, None, None)
    return (*who_cells(irregular.pupil), *total_cells, *run, join_words(list(irregular.reasons)) or None)


def _one_decimal(share: float | None) -> Cell:
    """One decimal; of nothing possible none."""
    return None if share is None else Decimal(f"{share:.1f}")


def _reason(irregular: _IrregularPupil) -> str:
    words = {
        IRREGULAR: _("{percent} % absence.").format(percent=irregular.totals.absence_pct),
        UNAUTHORISED: _("{days} school days together without leave.").format(days=len(irregular.run)),
    }
    return " ".join(words[reason] for reason in irregular.reasons) or _("Asked for by name.")


LA_ATTENDANCE = authority_return(
    name="la-attendance",
    title=_("Attendance: return to the authority"),
    purpose=_("To tell the authority of pupils who fail to attend regularly, or were absent without leave for ten school days together."),
    items=tuple(dict.fromkeys(column.item for column in _COLUMNS)),
    covers=_(
        "Pupils on roll on the last day of the period who missed so much of it that they fail to attend regularly, or ten school days together without leave."
    ),
    select=_select,
    layouts=TABLE,
    options=frozenset({Option.PERIOD, Option.PUPILS}),
    usual=school_year_to,
    totals=frozenset({"mark.code"}),
    spec=_("From what share of absence on is a setting of the unit: the law gives no number."),
)
