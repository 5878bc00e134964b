"""The register goes out in the columns in which it comes in."""

from datetime import date
from pathlib import Path

import pytest

from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.domain.attendance import Mark, Session
from pupil_desk.domain.staff import Role
from pupil_desk.services import register
from pupil_desk.services.exports import run_export
from pupil_desk.services.exports.export import Period
from pupil_desk.services.exports.making import Order
from pupil_desk.services.imports.run import run_import
from tests.services.exports.made import Unit

MONDAY = date(2026, 11, 23)


@pytest.fixture
def marked(unit: Unit) -> Unit:
    ann = unit.pupil("Ash", "Ann", date(2012, 1, 5), upn="Y919110026001")
    unnumbered = unit.pupil("Birch", "Bo", date(2012, 1, 5))
    hidden = unit.pupil("Cedar", "Cy", date(2012, 1, 5), upn="M919110026002")
    unit.protect(hidden)
    register.mark(unit.desk, [Mark(pupil_id=p.id, day=MONDAY, session=s, code="L", minutes_late=5, note="=1+1")
                              for p in (ann, unnumbered, hidden) for s in Session])  # fmt: skip
    register.mark(unit.desk, [Mark(pupil_id=ann.id, day=MONDAY, session=Session.AM, code="I")], reason="Rang")
    return unit


def test_what_goes_out_is_read_back_as_the_same(marked: Unit, stick: Path) -> None:
    made = run_export(marked.desk, "register", stick, Order(reason="School system", plain=True))
    assert made.rows == 2
    assert {reason for _pupil, reason in made.left_out} == {
        "There is no UPN, by which the file names a pupil.", "Protected (address withheld), and not confirmed by name.",
    }  # fmt: skip
    data = (stick / made.files[0].name).read_bytes()
    assert data.decode("utf-8-sig").splitlines() == [
        "upn,date,session,code,minutes_late,note",
        "Y919110026001,2026-11-23,AM,I,,",
        "Y919110026001,2026-11-23,PM,L,5,'=1+1",
    ]
    assert "1 August 2026 to 24 November 2026" in made.receipt_text
    again = run_import(marked.desk, "auto", data)
    assert (again.read, again.unchanged) == (2, 2)


def test_a_period_is_kept_to_and_nothing_in_it_is_no_rows(marked: Unit, stick: Path) -> None:
    period = Period(date(2026, 9, 1), date(2026, 9, 30))
    assert run_export(marked.desk, "register", stick, Order(reason="x", plain=True, period=period)).rows == 0
    with pytest.raises(WrongUse):
        run_export(marked.desk, "register", stick, Order(reason="x", period=Period(MONDAY, date(2026, 9, 1))))
    with pytest.raises(WrongUse):
        run_export(marked.desk, "youth-support", stick, Order(reason="x", period=period))


def test_only_a_data_officer_makes_it(marked: Unit, stick: Path) -> None:
    with pytest.raises(NotAllowed):
        run_export(marked.as_role(Role.OFFICE), "register", stick, Order(reason="x"))
