"""A clock that cannot be right: told and logged once, the log stays in order, no export is made in a year that cannot be, and registers go on."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import WrongUse
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.services import register
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import run_export
from pupil_desk.services.exports.kept import rereading
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.pupils import leaver_pack
from pupil_desk.services.unit import clock_doubt, units
from pupil_desk.store.file import checks
from tests.services.exports.made import MOMENT, OFFICER, PASSWORD, Unit


def signed_in(unit: Unit, moment: datetime) -> Desk:
    unit.desk.vault.close()
    return units.sign_in(unit.file, name=OFFICER, password=PASSWORD, clock=FixedClock(moment))


def rows(desk: Desk) -> list[str]:
    return [row["action"] for row in desk.vault.rows("SELECT action FROM log ORDER BY seq") if row["action"].startswith("clock")]


@pytest.mark.parametrize(
    ("moment", "action", "words"),
    [
        (MOMENT - timedelta(days=1), clock_doubt.BACK, "before the last entry in the log"),
        (datetime(2020, 1, 1, tzinfo=UTC), clock_doubt.BACK, "before the last entry in the log"),
        (datetime(2056, 11, 24, 10, 5, tzinfo=UTC), clock_doubt.FORWARD, "the last entry in the log is of"),
        (datetime(2099, 1, 1, tzinfo=UTC), clock_doubt.FORWARD, "the last entry in the log is of"),
    ],
)
@pytest.mark.acceptance(40)
def test_it_is_told_and_logged_once_and_the_log_is_whole(unit: Unit, moment: datetime, action: str, words: str) -> None:
    desk = signed_in(unit, moment)
    assert any(words in remark for remark in desk.vault.remarks)
    assert rows(desk) == [action]
    assert checks.verify_log(desk.vault) == []
    desk.vault.close()
    again = units.sign_in(unit.file, name=OFFICER, password=PASSWORD, clock=FixedClock(moment))
    assert rows(again) == [action]
    again.vault.close()


@pytest.mark.parametrize("later", [timedelta(0), timedelta(minutes=-1), timedelta(days=300)])
def test_a_clock_that_may_be_right_is_not_spoken_of(unit: Unit, later: timedelta) -> None:
    desk = signed_in(unit, MOMENT + later)
    assert (rows(desk), desk.vault.remarks) == ([], [])
    desk.vault.close()


@pytest.mark.acceptance(40)
@pytest.mark.parametrize("year", [2019, 2061, 2099])
def test_no_export_in_a_year_that_cannot_be_and_the_register_goes_on(unit: Unit, tmp_path: Path, year: int) -> None:
    pupil = unit.pupil("Ash", "Bea", date(2011, 3, 4), Enrolment(status="C", start_date=date(2018, 9, 3)))
    desk = replace(unit.desk, clock=FixedClock(datetime(year, 6, 7, 10, 0, tzinfo=UTC)))
    for act in (
        lambda: run_export(desk, "contact-sheet", tmp_path, ExportOrder(reason="asked")),
        lambda: leaver_pack.make_pack(desk, pupil.id, "any", tmp_path, leaver_pack.LeaverPackOptions(reason="asked")),
        lambda: rereading.write_again(desk, "any", tmp_path),
    ):
        with pytest.raises(WrongUse, match=r"no export is made.*Set the date and the time of the PC right"):
            act()
    assert list(tmp_path.glob("*contact*")) == []
    if year > MOMENT.year:
        assert register.mark(desk, [mark_of(pupil, MOMENT.date())]).kinds == {"mark"}


@pytest.mark.acceptance(40)
@pytest.mark.parametrize("by", [timedelta(days=-23), timedelta(days=560)])
def test_while_the_clock_is_in_doubt_an_export_waits_for_the_day_to_be_named_or_believed(unit: Unit, tmp_path: Path, by: timedelta) -> None:
    (tmp_path / "named").mkdir()
    for _sign_in in range(2):  # its own row in the log does not end the doubt
        desk = signed_in(unit, MOMENT + by)
        with pytest.raises(WrongUse, match=r"in doubt\. It says .*24 November 2026 at 10:05.*--on names the day"):
            run_export(desk, "contact-sheet", tmp_path, ExportOrder(reason="asked"))
        assert list(tmp_path.glob("contact*")) == []
        run_export(desk, "contact-sheet", tmp_path / "named", ExportOrder(reason="asked", day=desk.today))
        desk.vault.close()
    desk = signed_in(unit, MOMENT + by)
    clock_doubt.believe(desk)
    run_export(desk, "contact-sheet", tmp_path, ExportOrder(reason="asked"))
    desk.vault.close()
    later = signed_in(unit, MOMENT + by + timedelta(days=1))
    assert (clock_doubt.standing(later), rows(later)[-1]) == ("", clock_doubt.BELIEVED)
    later.vault.close()


@pytest.mark.parametrize("by", [timedelta(days=-23), timedelta(days=560)])
def test_a_clock_that_is_set_right_is_in_doubt_no_more(unit: Unit, by: timedelta) -> None:
    signed_in(unit, MOMENT + by).vault.close()
    for days in (1, 300, 600):  # for good, though it was never said that it is right
        desk = signed_in(unit, MOMENT + timedelta(days=days))
        assert clock_doubt.standing(desk) == ""
        desk.vault.close()


def test_the_register_of_a_clock_that_went_back_is_marked(unit: Unit) -> None:
    pupil = unit.pupil("Ash", "Bea", date(2011, 3, 4), Enrolment(status="C", start_date=date(2018, 9, 3)))
    desk = signed_in(unit, MOMENT - timedelta(days=1))
    assert register.mark(desk, [mark_of(pupil, MOMENT.date() - timedelta(days=1))]).kinds == {"mark"}
    assert rows(desk) == [clock_doubt.BACK]
    desk.vault.close()


def mark_of(pupil: Pupil, day: date) -> Mark:
    return Mark(pupil_id=pupil.id, day=day, session=Session.AM, code="L", minutes_late=5)


@pytest.mark.parametrize("year", [2020, 2060])
def test_the_first_and_the_last_year_are_possible(unit: Unit, year: int) -> None:
    clock_doubt.require_possible_year(replace(unit.desk, clock=FixedClock(datetime(year, 6, 7, tzinfo=UTC))))
