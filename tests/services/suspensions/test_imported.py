"""Decisions that came with a file: the limit, the terms on file, the marks, what a later file says, and whose it is to bring them."""

from datetime import date

import pytest

from pupil_desk.basics.errors import NotAllowed
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.domain.suspensions.suspension import SuspensionStanding
from pupil_desk.domain.unit.settings import Term
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import register
from pupil_desk.services.figures import Period
from pupil_desk.services.imports import run as imports
from pupil_desk.services.suspensions import decisions
from pupil_desk.services.unit import calendars
from tests.services.exports.made import DAY, Unit
from tests.services.figures.known import cells, look
from tests.services.suspensions.made import codes

HEAD = "upn,category,start,session,sessions,reason_1,status\n"


def _import(unit: Unit, rows: str) -> imports.Outcome:
    return imports.run_import(unit.desk, "suspensions", (HEAD + rows).encode(), "s.csv")


def test_an_import_flags_what_is_over_the_limit_and_keeps_it(unit: Unit, pupil: Pupil) -> None:
    done = _import(unit, f"{pupil.upn},SUSP,2026-09-02,AM,92,DB,in-force\n")
    assert (done.added, [problem.code for problem in done.problems]) == (1, ["over_limit"])
    assert decisions.overview(unit.desk, pupil.id).days == 46


def test_an_import_from_before_the_terms_on_file_has_no_sessions_and_marks_nothing(unit: Unit) -> None:
    """They were laid out on the first days of the terms on file, with E in each."""
    stay = Enrolment(status="C", start_date=date(2025, 9, 1))
    old = unit.pupil("Fern", "Cy", date(2012, 5, 6), stay, upn="Y919110026001")
    done = _import(unit, f"{old.upn},SUSP,2025-11-10,AM,6,DB,in-force\n{old.upn},PERM,2026-07-10,AM,0,DB,in-force\n")
    assert (done.added, [problem.code for problem in done.problems]) == (2, ["no_terms", "no_terms"])
    assert codes(unit, old, first=date(2026, 9, 2)) == {}
    seen = decisions.overview(unit.desk, old.id)
    assert (seen.days, [case.halves for case in seen.cases]) == (0, [(), ()])
    assert [case.standing(DAY) for case in seen.cases] == [SuspensionStanding.SERVED, SuspensionStanding.IN_FORCE]
    last_year = look(unit, "suspensions", "months", Period(date(2025, 8, 1), date(2026, 7, 31), "2025/26"))
    assert cells(last_year, "Whole period", "suspensions", "sessions", "permanent") == ["1", "6", "1"]
    calendars.save_calendar(unit.desk, [Term(start=date(2025, 9, 3), end=date(2026, 7, 17)), *calendars.terms(unit.desk)], [])
    assert len(decisions.plan_of(unit.desk, seen.cases[0].suspension).halves) == 6


def test_an_import_leaves_marks_alone_and_a_later_file_says_what_became_of_it(unit: Unit, pupil: Pupil) -> None:
    register.mark(unit.desk, [Mark(pupil_id=pupil.id, day=DAY, session=Session.AM, code="B")])
    row = f"{pupil.upn},SUSP,2026-11-24,AM,4,DB,"
    assert _import(unit, row + "in-force\n").added == 1
    assert list(codes(unit, pupil).values()) == ["B", "E", "E", "E"]
    assert _import(unit, row + "in-force\n").unchanged == 1
    over = f"{pupil.upn},SUSP,2026-11-16,AM,2,DB,in-force\n"
    assert (_import(unit, over).added, _import(unit, over).unchanged) == (1, 1), "that it is over by now is no difference"
    assert _import(unit, row + "cancelled\n").changed == 1
    assert list(codes(unit, pupil).values()) == ["B"]
    assert _import(unit, row + "cancelled\n").unchanged == 1


def test_an_import_of_suspensions_is_not_the_offices(unit: Unit, pupil: Pupil) -> None:
    with pytest.raises(NotAllowed):
        imports.run_import(unit.as_role(Role.OFFICE), "suspensions", (HEAD + f"{pupil.upn},SUSP,2026-11-24,AM,4,DB,\n").encode())


def test_the_column_of_sessions_must_be_there(unit: Unit, pupil: Pupil) -> None:
    done = imports.run_import(unit.desk, "suspensions", b"upn,category,start,session,reason_1\n")
    assert [(problem.row, problem.column, problem.code) for problem in done.problems] == [(1, "sessions", "missing")]
