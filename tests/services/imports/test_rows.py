"""What a spreadsheet has spoilt is spotted in the columns where it matters, and nothing sound is doubted."""

import pytest

from pupil_desk.domain.catalogue.catalogue import item_at
from pupil_desk.services.imports.rows import spoilt
from pupil_desk.services.imports.run import run_import
from tests.services.exports.made import Unit


@pytest.mark.parametrize(
    ("path", "text", "why"),
    [
        ("pupil.phone", "1.63E+09", "cut short"),
        ("pupil.uln", "1.23457E+09", "cut short"),
        ("pupil.uln", "1,2E+9", "cut short"),
        ("pupil.upn", "1.11123E+12", "cut short"),
        ("pupil.postcode", "1E2", "cut short"),
        ("pupil.upn", "2026-09-01", "date"),
        ("pupil.phone", "01/09/2026", "date"),
        ("pupil.surname", "01-Sep", "date"),
        ("pupil.surname", "Mar-02", "date"),
        ("pupil.address_1", "2026-02-01 00:00:00", "date"),
        ("pupil.year_group", "9-Oct", "date"),
        ("pupil.forename", "#NAME?", "error"),
        ("pupil.upn", "########", "error"),
    ],
)
def test_what_was_spoilt(path: str, text: str, why: str) -> None:
    problem = spoilt(item_at(path), text)
    assert problem is not None
    assert (problem.column, problem.code, problem.severity) == (path.split(".")[1], "spoilt_by_spreadsheet", "warning")
    assert why in problem.message


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("pupil.phone", "01632 960201"),
        ("pupil.phone", "+447700900123"),
        ("pupil.phone", "00353 1 555 0100"),
        ("pupil.phone", "960201"),
        ("pupil.uln", "1234567890"),
        ("pupil.upn", "A919200420040"),
        ("pupil.surname", "March"),
        ("pupil.surname", "April-May"),
        ("pupil.address_1", "1-2 High Street"),
        ("pupil.dob", "2012-01-05"),
        ("pupil.medical", "2012-01-05"),
        ("pupil.postcode", "E1 2AB"),
        ("pupil.sen_need_1", "SEMH"),
    ],
)
def test_what_is_sound(path: str, text: str) -> None:
    assert spoilt(item_at(path), text) is None


def test_an_import_warns_and_keeps_what_can_be_kept(unit: Unit) -> None:
    outcome = run_import(
        unit.desk,
        "pupils",
        "surname,forename,dob,phone,uln\nPenn,Zoë,5/1/2012,1632960201,1.23457E+09\nReed,Al,5/1/2012,1632960202,\n".encode(),
    )
    assert (outcome.added, outcome.refused) == (1, 1)
    assert {(one.row, one.column, one.code) for one in outcome.problems} >= {
        (2, "phone", "lost_zero"),
        (2, "uln", "spoilt_by_spreadsheet"),
        (3, "phone", "lost_zero"),
    }
