"""statistics: the anonymous statistics of a school year that is over."""

from collections.abc import Callable
from pathlib import Path

from tests.cli.ran import OFFICER, Ran

Run = Callable[..., Ran]


def test_a_year_that_is_over_is_written_and_told(run: Run, unit: Path, out: Path) -> None:
    told = run("statistics", unit, "--year", "2025", "--to", out, user=OFFICER, as_json=True).told
    assert [path.name for path in out.iterdir()] == [file["name"] for file in told["files"]] == ["anonymous-statistics-2025-26.xlsx"]
    assert told["tables"][0] == "Attendance"
    assert told["hidden"] <= told["numbers"]
    assert told["limit"] == 5
    (out / "again").mkdir()
    first = (out / "anonymous-statistics-2025-26.xlsx").read_bytes()
    run("statistics", unit, "--year", "2025", "--to", out / "again", user=OFFICER)
    assert (out / "again" / "anonymous-statistics-2025-26.xlsx").read_bytes() == first


def test_the_year_that_goes_on_is_refused_and_those_there_are_are_named(run: Run, unit: Path, out: Path) -> None:
    refused = run("statistics", unit, "--year", "2026", "--to", out, user=OFFICER)
    assert refused.status == 2
    assert "School year 2025/26" in refused.err
    assert not out.exists() or list(out.iterdir()) == []
