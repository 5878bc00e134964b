"""attendance, and the register export over a period."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.ran import OFFICE, OFFICER, Ran

Run = Callable[..., Ran]
TERM = ("--since", "2026-09-02", "--until", "2026-11-24")


def test_totals_are_told_to_the_office_with_numbers_or_null(run: Run, unit: Path) -> None:
    told = run("attendance", unit, *TERM, user=OFFICE, as_json=True).told
    assert {"upn", "possible", "attended", "authorised", "unauthorised", "attendance_pct", "absence_pct", "unauthorised_pct"} <= set(
        told[0]
    )
    for row in told:
        assert row["possible"] == row["attended"] + row["authorised"] + row["unauthorised"]
        assert (row["attendance_pct"] is None) == (row["possible"] == 0)
    assert any(row["attended"] for row in told)
    assert "2 September 2026 to 24 November 2026" in run("attendance", unit, *TERM, user=OFFICE).out


@pytest.mark.parametrize(
    "days", [("--since", "2026-09-02"), ("--since", "2026-11-24", "--until", "2026-09-02"), ("--since", "2/9/26", "--until", "2026-11-24")]
)
def test_wrong_days_are_wrong_use(run: Run, unit: Path, days: tuple[str, ...]) -> None:
    assert run("attendance", unit, *days, user=OFFICE).status == 2


def test_the_register_goes_out_for_a_period_and_comes_back_unchanged(run: Run, unit: Path, out: Path) -> None:
    asked = ("--since", "2026-11-02", "--until", "2026-11-20", "--reason", "School system", "--plain")
    made = run("export", unit, "register", "--to", out, *asked, user=OFFICER, as_json=True).told
    file = out / made["files"][0]["name"]
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"), newline="")))
    assert len(rows) == made["rows"] > 0
    assert {row["date"][:7] for row in rows} == {"2026-11"}
    assert max(row["date"] for row in rows) == "2026-11-20"
    again = run("import", unit, "attendance", file, user=OFFICE, as_json=True)
    assert (again.status, again.told["unchanged"]) == (0, len(rows))


def test_an_export_of_a_day_takes_no_period(run: Run, unit: Path, out: Path) -> None:
    refused = run("export", unit, "youth-support", "--to", out, *TERM, "--reason", "x", user=OFFICER)
    assert refused.status == 2
    assert "not of a period" in refused.sentence


def test_the_evacuation_sheet_is_written_by_the_office_for_a_moment(run: Run, unit: Path, out: Path) -> None:
    asked = ("--to", out, "--on", "2026-11-20T10:05")
    told = run("evacuation", unit, *asked, user=OFFICE, as_json=True).told
    assert [file["name"] for file in told["files"]] == ["evacuation-2026-11-20-1005.pdf"]
    assert (out / told["files"][0]["name"]).read_bytes().startswith(b"%PDF")
    assert (told["in"] > 0, told["no_mark"], told["session"]) == (True, 0, "AM")
    assert f"In, by the register: {told['in']}." in run("evacuation", unit, *asked, user=OFFICE).out
    assert run("evacuation", unit, "--to", out, "--on", "20/11/2026", user=OFFICE).status == 2
    closed = "The unit is closed on this day: Weekend."
    asked = ("--to", out, "--on", "2026-11-21T10:05")
    assert (told["closed"], run("evacuation", unit, *asked, user=OFFICE, as_json=True).told["closed"]) == ("", closed)
    out_of_hours = run("evacuation", unit, *asked, user=OFFICE).out
    assert (closed in out_of_hours, "No mark, and not expected: " in out_of_hours, "No mark yet" in out_of_hours) == (True, True, False)
