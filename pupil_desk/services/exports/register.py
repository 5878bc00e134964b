"""The attendance register of a period, in the columns that the import reads: for the school system, or for who may ask for an extract.

Source: SI 2024/208, regulations 11 and 12; the unit whose register of record is its school system takes this file back there.
"""

from datetime import date

from pupil_desk.basics.words import _
from pupil_desk.documents.csv_table import Cell
from pupil_desk.domain.calendar import school_year
from pupil_desk.domain.facts import Basis
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.export import (
    Ask,
    Column,
    Export,
    LeftOut,
    Option,
    Period,
    Row,
    Selection,
    Told,
    single,
)
from pupil_desk.services.exports.layouts import TABLE
from pupil_desk.services.exports.protected import put
from pupil_desk.store import protections, pupils
from pupil_desk.store import register as store

_COLUMNS = (
    Column("upn", "pupil.upn"),
    Column("date", "mark.day"),
    Column("session", "mark.session"),
    Column("code", "mark.code"),
    Column("minutes_late", "mark.minutes_late"),
    Column("note", "mark.note"),
)
_ITEMS = tuple(column.item for column in _COLUMNS)


def school_year_to(day: date) -> Period:
    """The school year that a day belongs to, up to that day."""
    return Period(date(school_year(day), 8, 1), day)


def _select(desk: Desk, ask: Ask) -> Selection:
    period = ask.period or school_year_to(ask.day)
    selection = Selection(single(_COLUMNS))
    marks: dict[str, list[tuple[Cell, ...]]] = {}
    for row in store.between(desk.vault, period.since, period.until):
        told = (row["day"], row["session"], row["code"], row["minutes_late"], row["note"])
        marks.setdefault(row["pupil_id"], []).append(told)
    protected = protections.by_pupil(desk.vault, period.until, desk.today)
    for pupil in pupils.everyone(desk.vault):
        if pupil.id not in marks:
            continue
        if pupil.upn is None:
            in_short = _("no UPN, by which the file names a pupil")
            selection.left_out.append(LeftOut(pupil, _("There is no UPN, by which the file names a pupil."), in_short))
        else:
            rows = tuple(Row((pupil.upn, *cells), f"{cells[0]} {cells[1]}") for cells in sorted(marks[pupil.id], key=lambda cells: cells[:2]))
            reason, held = _("Marked in the period."), tuple(protected.get(pupil.id, ()))
            put(selection, Told(pupil, "full", "rule", reason, _ITEMS, rows, held), ask)
    return selection


REGISTER = Export(
    name="register",
    title=_("Attendance register"),
    recipient=_("School system, and who may ask for an extract of the register"),
    law=_("School Attendance (Pupil Registration) (England) Regulations 2024, regulations 11 and 12"),
    basis=Basis.LEGAL_OBLIGATION,
    purpose=_("To keep the two registers the same, and to show the register to those whom the law allows to see it."),
    items=_ITEMS,
    stem="register",
    covers=_("Everyone with a mark in the period, whether still on roll or not."),
    select=_select,
    layouts=TABLE,
    options=frozenset({Option.PERIOD}),
    usual=school_year_to,
)
