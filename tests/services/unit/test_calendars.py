"""The school year: a proposal until somebody says that it is the unit's own, and what waits for that."""

import contextlib
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.domain.suspensions.suspension import Suspension
from pupil_desk.domain.unit.settings import Closure, Term, UnitSettings
from pupil_desk.domain.unit.staff import Role, StaffMember
from pupil_desk.services import register
from pupil_desk.services.desk import Desk
from pupil_desk.services.home import deadlines, home
from pupil_desk.services.pupils import pupils
from pupil_desk.services.suspensions import decisions
from pupil_desk.services.unit import calendars, units
from pupil_desk.store.file import migrate
from pupil_desk.store.file.keyslots import FLOOR
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import staff
from tests.services.exports.made import MOMENT

LEFT = Enrolment(status="S", start_date=date(2026, 9, 2), end_date=date(2026, 11, 13), main_school="9194001", deletion_ground="9(1)(c)")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A unit as it is when it is new: nobody has confirmed anything."""
    return units.create_unit(
        tmp_path / "unit.pupildesk",
        UnitSettings(name="Larkfield Centre", la="919", estab="1100"),
        user="Dee",
        password="four plain short words",
        clock=FixedClock(MOMENT),
        cost=FLOOR,
    )[0]


def pupil(desk: Desk, stay: Enrolment | None = None) -> Pupil:
    return pupils.add_pupil(
        desk,
        Pupil(surname="Ash", forename="Ann", dob=date(2012, 1, 5), upn="Y919110026001"),
        stay or Enrolment(status="C", start_date=date(2026, 9, 2)),
    )


def test_no_clock_of_law_runs_on_a_proposal(desk: Desk) -> None:
    leaver = pupil(desk, LEFT)
    assert not calendars.is_confirmed(desk.vault)
    assert calendars.school_calendar(desk.vault).terms != ()
    assert calendars.law_calendar(desk.vault).terms == ()
    assert deadlines.returns_due(desk).transfers == []
    assert not home.tasks(desk).calendar_confirmed
    calendars.confirm_calendar(desk)
    assert [(one.pupil.id, one.due_day) for one in deadlines.returns_due(desk).transfers] == [(leaver.id, date(2026, 12, 7))]
    assert home.tasks(desk).calendar_confirmed


def test_a_suspension_waits_for_the_terms_and_says_where_they_are_confirmed(desk: Desk) -> None:
    ann = pupil(desk)
    decision = Suspension(pupil_id=ann.id, category="SUSP", start=date(2026, 11, 23), session="AM", sessions=4, reason_1="PP")
    with pytest.raises(Refused) as refused:
        decisions.decide(desk, decision)
    assert [problem.code for problem in refused.value.problems] == ["calendar_unconfirmed"]
    assert "in Settings, under School year" in refused.value.problems[0].message
    calendars.confirm_calendar(desk)
    decisions.decide(desk, decision)
    assert len(decisions.overview(desk, ann.id).cases) == 1


def test_saving_terms_confirms_them_and_both_are_logged(desk: Desk) -> None:
    calendars.save_calendar(
        desk, [Term(start=date(2026, 9, 3), end=date(2027, 7, 20))], [Closure(day=date(2026, 11, 27), reason="Training")]
    )
    assert calendars.is_confirmed(desk.vault)
    calendars.confirm_calendar(desk)
    rows = desk.vault.rows("SELECT how FROM calendar_confirmed ORDER BY seq")
    assert [row["how"] for row in rows] == ["saved", "confirmed"]
    logged = [row["reason"] for row in desk.vault.rows("SELECT reason FROM log WHERE action = 'edit-settings' ORDER BY seq")]
    assert logged == ["calendar", "calendar confirmed"]


def test_only_a_data_officer_confirms_and_only_terms_that_are_there(desk: Desk) -> None:
    member = StaffMember(id=new_id(), name="Olu", role=Role.OFFICE)
    with desk.vault.transaction():
        staff.add(desk.vault, member)
    with pytest.raises(NotAllowed):
        calendars.confirm_calendar(Desk(desk.vault, member, desk.clock))
    calendars.save_calendar(desk, [], [])
    with pytest.raises(WrongUse, match="no terms to confirm"):
        calendars.confirm_calendar(desk)


@pytest.mark.parametrize("day", [date(2027, 9, 1), date(2036, 9, 3)])
@pytest.mark.parametrize("code", ["#", "C"])
def test_a_mark_beyond_every_known_school_year_is_refused(desk: Desk, day: date, code: str) -> None:
    ann = pupil(desk)
    with pytest.raises(Refused) as refused:
        register.mark(desk, [Mark(pupil_id=ann.id, day=day, session=Session.AM, code=code)])
    assert ("day", "future_date") in [(problem.column, problem.code) for problem in refused.value.problems]
    assert desk.vault.rows("SELECT 1 FROM mark") == []


def test_a_calendar_file_is_read_and_nothing_is_kept(desk: Desk, tmp_path: Path) -> None:
    place = tmp_path / "terms.ics"
    place.write_bytes(
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260903\r\nDTEND;VALUE=DATE:20261219\r\nSUMMARY:Autumn term\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    found = calendars.read_calendar_file(place)
    assert [(term.start, term.end) for term in found.terms] == [(date(2026, 9, 3), date(2026, 12, 18))]
    assert not calendars.is_confirmed(desk.vault)
    for wrong in (tmp_path, tmp_path / "none.ics"):
        with pytest.raises(WrongUse, match="calendar file"):
            calendars.read_calendar_file(wrong)
    place.write_bytes(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260903\r\nSUMMARY:Fair\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
    with pytest.raises(WrongUse, match="No term was found"):
        calendars.read_calendar_file(place)


@pytest.mark.parametrize(("reason", "confirmed"), [("calendar", 1), ("name", 0)])
def test_a_file_of_before_counts_as_confirmed_where_its_school_year_was_saved(reason: str, confirmed: int) -> None:
    number = next(script.number for script in migrate.scripts() if "calendar_confirmed (" in script.text)
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as con:
        con.create_function("armed", 0, lambda: 1)
        con.execute("PRAGMA legacy_alter_table = ON")
        for script in migrate.scripts()[:number]:
            if script.number == number:
                con.execute("INSERT INTO staff (id, name, name_key, role) VALUES ('a', 'Ada', 'ada', 'data-officer')")
                row = (1, "2026-09-01T09:00:00.000000Z", 1, "b", "a", "data-officer", "edit-settings", "settings", "", reason, "0.2", "")
                con.execute(f"INSERT INTO log VALUES ({', '.join('?' * len(row))})", row)
            for statement in migrate.statements(script.text):
                con.execute(statement)
        assert con.execute("SELECT count(*) FROM calendar_confirmed").fetchone()[0] == confirmed
