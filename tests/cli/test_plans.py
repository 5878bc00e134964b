"""plans: those that run with their reviews, as the contract has them; those due by a day; and none that a role may not see."""

from collections.abc import Callable
from pathlib import Path

from tests.cli.ran import OFFICE, OFFICER, Ran

Run = Callable[..., Ran]


def test_the_plans_that_run_are_told_with_their_reviews_and_steps(run: Run, unit: Path) -> None:
    rows = run("plans", unit, user=OFFICER, as_json=True).told
    assert rows
    assert {tuple(row) for row in rows} == {("ref", "kind", "version", "review_due", "steps")}
    refs = {row["ref"] for row in run("pupils", unit, user=OFFICE, as_json=True).told}
    assert {row["ref"] for row in rows} <= refs
    assert {row["kind"] for row in rows} >= {"ehc", "pep", "profile"}
    assert [row["review_due"] for row in rows] == sorted(row["review_due"] for row in rows)
    assert all(isinstance(row["version"], int) and row["version"] >= 1 for row in rows)
    for row in rows:
        assert all((step["on"] is None) != (step["due"] is None) for step in row["steps"])
        shown = run("show", unit, row["ref"], user=OFFICER, as_json=True).told["plan_steps"] if row["kind"] == "ehc" else None
        if shown is not None:
            done = [(step["kind"], step["on"]) for step in row["steps"] if step["on"]]
            assert set(done) <= {(step["kind"], step["on"]) for step in shown}


def test_only_those_of_which_something_is_due_by_a_day(run: Run, unit: Path) -> None:
    every = run("plans", unit, user=OFFICER, as_json=True).told
    day = "2026-12-31"
    due = run("plans", unit, "--due-by", day, user=OFFICER, as_json=True).told
    assert due == [row for row in every if any(step["due"] and step["due"] <= day for step in row["steps"])]
    assert 0 < len(due) < len(every)
    assert run("plans", unit, "--due-by", "2020-01-01", user=OFFICER, as_json=True).told == []
    assert run("plans", unit, "--due-by", "31/12/2026", user=OFFICER).status == 2


def test_a_role_is_told_of_the_plans_that_it_may_see(run: Run, unit: Path) -> None:
    office, officer = (run("plans", unit, user=user, as_json=True).told for user in (OFFICE, OFFICER))
    assert office == [row for row in officer if row["kind"] != "pep"]


def test_plans_in_english(run: Run, unit: Path) -> None:
    said = run("plans", unit, user=OFFICE).out.splitlines()
    assert said[0].split("  ")[0] == "Ref"
    assert any("Education, health and care plan" in line for line in said) or any("EHC plan" in line for line in said)
    assert said[-1].endswith(" plans.")
