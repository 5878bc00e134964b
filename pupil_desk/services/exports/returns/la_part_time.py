"""The return of part-time timetables to the local authority: who is on one, on which sessions, agreed with whom, until when.

No regulation asks for it. Authorities ask for it, so that they know of children who are at school for part of the week only; “Working together to
improve school attendance” (DfE, statutory guidance since 19 August 2024) has a part-time timetable agreed with a parent, for a limited time, and
reviewed. Known from what authorities say of it, not read in its text; sure: medium. So the basis is the public task, and the law that of the guidance.
"""

from collections.abc import Iterable

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.documents.files.csv_table import Cell
from pupil_desk.domain.care.needs import CarePeriod, SenPeriod, in_force, social_work_on
from pupil_desk.domain.catalogue.items import Basis
from pupil_desk.domain.pupils.enrolment import on_roll
from pupil_desk.domain.register.attendance import PART_TIME, PATTERN_ITEMS, Timetable
from pupil_desk.domain.sharing.recipients import AUTHORITY
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.export import Ask, Export, ExportColumn, ExportedPupil, ExportRow, Option, Problem, Selection, single
from pupil_desk.services.exports.layouts import TABLE, columns_of, items_told
from pupil_desk.services.exports.protected import add_unless_protected
from pupil_desk.services.exports.returns.register_returns import WHO, who_cells
from pupil_desk.store.rows import several
from pupil_desk.store.tables import enrolments, protections, pupils

_OF_TIMETABLE = ("since", "until", "reason", "hours", "review_on", "agreed_with", *PATTERN_ITEMS)
_COLUMNS = (
    *WHO,
    *columns_of(tuple(f"timetable.{name}" for name in _OF_TIMETABLE)),
    ExportColumn("sen_provision", "sen_period.provision"),
    ExportColumn("social_work", "care_period.kind"),
)


def _select(desk: Desk, ask: Ask) -> Selection:
    """A row for each timetable, of those on the roll on the day; a pupil asked for by name is in it only with a timetable, too."""
    selection = Selection(single(_COLUMNS))
    stays, protected = enrolments.by_pupil(desk.vault, ask.pupils), protections.by_pupil(desk.vault, ask.day, desk.today)
    registered = [pupil for pupil in pupils.all_pupils(desk.vault, ask.pupils) if on_roll(stays[pupil.id], ask.day)]
    timetables = several.by_pupil(desk.vault, Timetable, {pupil.id for pupil in registered})
    ids = set(timetables)
    sen, care = several.by_pupil(desk.vault, SenPeriod, ids), several.by_pupil(desk.vault, CarePeriod, ids)
    for pupil in registered:
        part_time = [timetable for timetable in timetables.get(pupil.id, ()) if is_part_time(timetable) and timetable.in_force(ask.day)]
        if not part_time:
            continue
        support = _support(ask, sen[pupil.id], care[pupil.id])
        rows = tuple(ExportRow((*_cells(who_cells(pupil), timetable), *support)) for timetable in part_time)
        items = tuple(dict.fromkeys(item for row in rows for item in items_told(_COLUMNS, row.cells)))
        reason = _("On a part-time timetable until {day}.").format(day=short_date(max(timetable.until for timetable in part_time)))
        exported = ExportedPupil(pupil, reason, items, rows, protections=tuple(protected[pupil.id]))
        add_unless_protected(selection, exported, ask)
        selection.problems.extend(
            Problem(pupil, f"timetable.{name}", words)
            for timetable in part_time
            for name, words in _WITHOUT.items()
            if not getattr(timetable, name)
        )
    return selection


_WITHOUT = {
    "reason": _("It is not said why the timetable is part-time."),
    "hours": _("It is not said for how many hours a week the pupil is here."),
    "agreed_with": _("It is not said with whom the timetable was agreed. The authority asks that a parent agreed to it."),
    "review_on": _("No day is set on which the timetable is reviewed."),
}


def _support(ask: Ask, sen: Iterable[SenPeriod], care: Iterable[CarePeriod]) -> tuple[Cell, Cell]:
    """The SEN provision on the day, and under what the pupil has a social worker, as codes."""
    provision, social_work = in_force(sen, ask.day), social_work_on(care, ask.day)
    return provision.provision if provision else None, social_work.kind if social_work else None


def is_part_time(timetable: Timetable) -> bool:
    """Whether a session of the week is left free by it."""
    return any(getattr(timetable, name) == PART_TIME for name in PATTERN_ITEMS)


def _cells(pupil_cells: Iterable[Cell], timetable: Timetable) -> tuple[Cell, ...]:
    return (*pupil_cells, *(getattr(timetable, name) for name in _OF_TIMETABLE))


LA_PART_TIME = Export(
    name="la-part-time",
    title=_("Part-time timetables: return to the authority"),
    purpose=_("To tell the authority of pupils who are at school for part of the week only, so that they are not out of sight."),
    recipient_key=AUTHORITY,
    law=_("Public task: Education Act 1996, sections 19 and 436A; “Working together to improve school attendance”, statutory guidance"),
    basis=Basis.PUBLIC_TASK,
    items=tuple(dict.fromkeys(column.item for column in _COLUMNS)),
    covers=_("Pupils on roll on the day who are on a part-time timetable (code C2) on it."),
    select=_select,
    layouts=TABLE,
    options=frozenset({Option.PUPILS}),
)
