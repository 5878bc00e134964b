"""Home names the schools whose file of the week was not made: on its last school day and after, to whoever may make them."""

import dataclasses
from datetime import UTC, date, datetime
from pathlib import Path

from pupil_desk.basics.clock import FixedClock
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.schools.school_place import SchoolPlace
from pupil_desk.domain.unit.settings import Term
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import run_export
from pupil_desk.services.exports.export import Period
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.home.week_files import week_files_due
from pupil_desk.services.schools import places
from pupil_desk.services.unit import calendars, settings
from pupil_desk.ui.pages.home.of_register import week_files_card
from tests.services.exports.made import Unit

HILL, VALE = "919/4001", "919/4003"
MONDAY, THURSDAY, FRIDAY = date(2026, 11, 16), date(2026, 11, 19), date(2026, 11, 20)


def on(desk: Desk, day: date, role: Role | None = None) -> Desk:
    user = dataclasses.replace(desk.user, role=role) if role else desk.user
    return Desk(desk.vault, user, FixedClock(datetime(day.year, day.month, day.day, 9, tzinfo=UTC)))


def due(desk: Desk, day: date) -> tuple[date | None, list[str]]:
    found = week_files_due(on(desk, day))
    return found.day, [name[:4] for name in found.schools]


def test_each_school_without_its_file_is_named_from_the_last_school_day_on(unit: Unit, tmp_path: Path) -> None:
    desk = unit.desk
    settings.save_settings(
        desk, dataclasses.replace(desk.settings, told_schools=f"Hill School, {HILL}\nVale School, {VALE}\nMoor, 919/4011")
    )
    calendars.save_calendar(desk, [Term(start=date(2026, 11, 2), end=date(2026, 12, 18))], [])
    ash = unit.pupil("Ash", "Zoë", date(2012, 5, 4), Enrolment(status="S", start_date=date(2026, 9, 2), main_school=HILL))
    assert due(desk, FRIDAY) == (None, []), "no school agreed a place, and no file was ever made"
    places.add(desk, SchoolPlace(pupil_id=ash.id, school=VALE, kind="bought", start_date=date(2026, 11, 16), days="Wed pm"))
    assert due(desk, THURSDAY) == (date(2026, 11, 13), ["Hill"]), "of the week before, until this one's is due"
    assert due(desk, FRIDAY) == (FRIDAY, ["Hill", "Vale"])
    assert not week_files_due(on(desk, FRIDAY, Role.OFFICE)).schools
    for until in (THURSDAY, FRIDAY):
        order = ExportOrder(reason="x", period=Period(MONDAY, until), provider=f"Hill School ({HILL})")
        run_export(desk, "school-week", tmp_path, order)
        assert due(desk, FRIDAY)[1] == (["Hill", "Vale"] if until == THURSDAY else ["Vale"])
    (line,) = week_files_card(week_files_due(on(desk, date(2026, 11, 24))), date(2026, 11, 24), lambda *_where: None).lines
    assert line.words == f"Vale School ({VALE}): make the file of the week to 20 Nov 2026"
    run_export(desk, "school-week", tmp_path, ExportOrder(reason="x", period=Period(MONDAY, FRIDAY)))
    assert due(desk, date(2026, 11, 24)) == (None, [])
