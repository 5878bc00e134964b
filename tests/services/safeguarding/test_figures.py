"""Figures of the safeguarding files are the lead's alone, and hide small numbers so that none is worked out from another table."""

from datetime import date, timedelta

import pytest

from pupil_desk.basics.errors import NotAllowed
from pupil_desk.documents.blocks import plain_text
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.safeguarding.entry import EntryKind, SafeguardingEntry
from pupil_desk.domain.unit.staff import StaffMember
from pupil_desk.services.desk import Desk
from pupil_desk.services.figures.shape import Blank, Figure
from pupil_desk.services.safeguarding import figures, files, writing
from tests.services.exports.made import DAY, Unit
from tests.services.notes.scene import LEAD, LEADS, at

YEAR = 2026


def wrote(desk: Desk, pupil: Pupil, kind: EntryKind, day: date = DAY, **values: str) -> None:
    writing.enter(desk, SafeguardingEntry(pupil_id=pupil.id, kind=kind, day=day, **values))


def cells(figure: Figure) -> dict[str, tuple[object, ...]]:
    return {line.label: line.cells for line in figure.lines}


def test_concerns_by_kind_and_term_hide_small_numbers_alike(unit: Unit, lead: StaffMember) -> None:
    pupils = [unit.pupil("Quill", f"Bea{number}", DAY.replace(year=2012)) for number in range(9)]
    with pytest.raises(NotAllowed):
        figures.figures(unit.desk, YEAR)
    desk = at(unit, LEAD, LEADS)
    for number, pupil in enumerate(pupils):
        wrote(desk, pupil, EntryKind.CONCERN, text="x", nature="neglect" if number < 7 else "online")
        wrote(desk, pupil, EntryKind.STATUS, status="prevent" if number < 2 else "child-protection")
    wrote(desk, pupils[0], EntryKind.STATUS, status="child-protection")
    wrote(desk, pupils[0], EntryKind.CONCERN, text="of the year before", day=date(2026, 7, 1))
    by_kind, by_term, by_status, left = figures.figures(desk, YEAR)
    assert by_kind.limit == desk.settings.small_numbers == 5
    assert cells(by_kind)["Harm online"] == (Blank.SMALL, Blank.SMALL)
    both = [line for figure in (by_kind, by_term) for line in figure.lines]
    shown = {line.label: line.cells[0] for line in both if not isinstance(line.cells[0], Blank)}
    assert not ({"Neglect", "All"} <= set(shown)), "the two hidden would be the rest"
    assert cells(by_status) == {"Prevent, Channel": (Blank.SMALL,), "Child protection plan": (8,)}
    assert left.rows == ()
    assert files.of_pupil(desk, pupils[0].id).statuses[0].status == "child-protection"


def test_files_of_leavers_are_counted_by_whether_they_went_in_time(unit: Unit, lead: StaffMember) -> None:
    desk = at(unit, LEAD, LEADS)
    ended = DAY - timedelta(40)
    for number in range(12):
        stay = Enrolment(status="C", start_date=date(2026, 9, 2), end_date=ended)
        pupil = unit.pupil("Quill", f"Cay{number}", DAY.replace(year=2012), stay)
        wrote(desk, pupil, EntryKind.EVENT, day=ended, text="x")
        day = ended + timedelta(2) if number < 6 else DAY
        wrote(desk, pupil, EntryKind.SENT, day=day, school="Brook School", way="hand")
        empty = unit.pupil("Quill", f"Eve{number}", DAY.replace(year=2012), stay)
        wrote(desk, empty, EntryKind.EVENT, day=ended, text="x")
        writing.strike(desk, files.of_pupil(desk, empty.id).histories[0].now, "Of another pupil")
    *_others, left = figures.figures(desk, YEAR)
    assert cells(left) == {"Sent on in time": (6,), "Sent on later": (6,)}
    text = plain_text(figures.story(desk, YEAR))
    assert "Quill" not in text
    assert "Sent on later" in text


def test_a_status_of_who_has_left_is_not_counted(unit: Unit, lead: StaffMember) -> None:
    desk = at(unit, LEAD, LEADS)
    gone = Enrolment(status="C", start_date=date(2025, 9, 2), end_date=date(2026, 7, 20))
    for number in range(12):
        stays = (gone,) if number < 6 else ()
        pupil = unit.pupil("Quill", f"Dee{number}", DAY.replace(year=2012), *stays)
        wrote(desk, pupil, EntryKind.STATUS, day=DAY - timedelta(200), status="child-protection")
    _by_kind, _by_term, by_status, _left = figures.figures(desk, YEAR)
    assert cells(by_status) == {"Child protection plan": (6,)}
