"""The sickness return to the local authority: pupils marked I for fifteen school days of the year, or expected to be.

Source: SI 2024/208, regulation 13. What the school expects is a person's word: a pupil asked for by name goes with fewer days.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pupil_desk.basics.words import _
from pupil_desk.documents.files.csv_table import Cell
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import ILL
from pupil_desk.domain.register.authority_returns import limits
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.export import Ask, ExportColumn, Option, Selection
from pupil_desk.services.exports.layouts import TABLE
from pupil_desk.services.exports.register import school_year_to
from pupil_desk.services.exports.returns.register_returns import WHO, AbsenceScope, authority_return, look, who_cells
from pupil_desk.store.tables import standing

_ILLNESS = (
    ExportColumn("sessions_ill", "mark.code"),
    ExportColumn("days_ill", "mark.code"),
    ExportColumn("longest_run_days", "mark.code"),
    ExportColumn("first_day", "mark.day"),
    ExportColumn("last_day", "mark.day"),
)
_COLUMNS = (*WHO, *_ILLNESS)
_TWO = 2  # sessions a day


@dataclass(frozen=True, slots=True)
class _Ill:
    pupil: Pupil
    sessions: int
    days: Sequence[date]
    run: Sequence[date]


def _select(desk: Desk, ask: Ask) -> Selection:
    scope = look(desk, ask)
    return scope.selection(
        _COLUMNS, ((ill_pupil.pupil, _reason(ill_pupil), _cells(ill_pupil)) for ill_pupil in _ill_pupils(desk, ask, scope)), ask
    )


def _ill_pupils(desk: Desk, ask: Ask, scope: AbsenceScope) -> list[_Ill]:
    """Those ill for long enough; of those asked for by name all who were ill at all."""
    missed = standing.by_pupil(desk.vault, scope.period.since, scope.period.until, codes=(ILL,), ids=ask.pupils)
    minimum = limits()["sickness_days"].value * _TWO if not ask.by_name else 1
    ill = {
        pupil: scope.registered(pupil.id, missed[pupil.id].codes())
        for pupil in scope.pupils
        if pupil.id in missed and len(missed[pupil.id]) >= minimum
    }
    sessions = {pupil: sum(map(len, by_day.values())) for pupil, by_day in ill.items()}
    runs = scope.longest_runs(desk, [pupil.id for pupil in ill], frozenset({ILL}))
    return [
        _Ill(pupil, sessions[pupil], [*map(date.fromisoformat, by_day)], runs[pupil.id])
        for pupil, by_day in ill.items()
        if sessions[pupil] >= minimum
    ]


def days_of(sessions: int) -> Decimal:
    """Sessions as school days, of which a session is half: 15 or 15.5."""
    return Decimal(sessions) / _TWO


def _cells(ill_pupil: _Ill) -> tuple[Cell, ...]:
    return (
        *who_cells(ill_pupil.pupil),
        ill_pupil.sessions,
        days_of(ill_pupil.sessions),
        len(ill_pupil.run),
        ill_pupil.days[0],
        ill_pupil.days[-1],
    )


def _reason(ill_pupil: _Ill) -> str:
    if ill_pupil.sessions >= limits()["sickness_days"].value * _TWO:
        return _("Ill for {days} school days.").format(days=days_of(ill_pupil.sessions))
    return _("Ill for {days} school days, and expected to be for longer: asked for by name.").format(days=days_of(ill_pupil.sessions))


LA_SICKNESS = authority_return(
    name="la-sickness",
    title=_("Sickness: return to the authority"),
    purpose=_(
        "To tell the authority of pupils who miss fifteen school days or more through illness, so that their education can be arranged."
    ),
    items=tuple(dict.fromkeys(column.item for column in _COLUMNS)),
    covers=_(
        "Pupils on roll on the last day of the period who are marked ill for fifteen school days of it, together or in all; and those asked for by name because they are expected to be."
    ),
    select=_select,
    layouts=TABLE,
    options=frozenset({Option.PERIOD, Option.PUPILS}),
    usual=school_year_to,
    totals=frozenset({"mark.code"}),
    spec=_("Fifteen school days by regulation 13, as we know it."),
)
