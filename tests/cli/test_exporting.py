"""exports, export."""

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.cli import run as run_module
from pupil_desk.documents.files.locked_zip import unlocked
from tests.cli.ran import ASSISTANT, NOW, OFFICE, OFFICER, WITHHELD, Ran, left_in

Run = Callable[..., Ran]
TO_SERVICE = ("--reason", "Yearly return")


def test_exports_are_listed_with_recipient_and_law(run: Run, unit: Path) -> None:
    offers = run("exports", unit, user=OFFICE, as_json=True).told
    assert {"name", "recipient", "law"} <= set(offers[0])
    assert "youth-support" in {offer["name"] for offer in offers}
    assert "Education and Skills Act 2008" in run("exports", unit, user=OFFICE).out


def test_an_export_is_locked_and_answers_with_all_that_the_contract_names(run: Run, unit: Path, out: Path) -> None:
    made = run("export", unit, "youth-support", "--to", out, *TO_SERVICE, user=OFFICER, as_json=True)
    assert made.status == 0
    assert set(made.told) == {"files", "receipt", "rows", "left_out", "password"}
    (file,) = made.told["files"]
    data = (out / file["name"]).read_bytes()
    assert (file["bytes"], file["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    (table,) = unlocked(data, made.told["password"]).values()
    refused = run("export", unit, "youth-support", "--to", out, *TO_SERVICE, "--lock", "pdf", user=OFFICER)
    assert (refused.status, refused.sentence.startswith("The lock “pdf” is that of a file of its own kind")) == (2, True)
    assert len(_rows(table)) == made.told["rows"] > 0
    assert file["sha256"] in Path(made.told["receipt"]).read_text(encoding="utf-8")
    assert left_in(out) == {file["name"], Path(made.told["receipt"]).name}
    assert all(set(row) >= {"pupil", "reason"} for row in made.told["left_out"])


def _rows(table: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline="")))


def test_the_whole_unit_is_a_folder_that_describes_itself_and_says_on_the_side_who_may_hold_it(run: Run, unit: Path, out: Path) -> None:
    made = run("export", unit, "whole-unit", "--to", out, "--reason", "A new program", "--plain", user=OFFICER, as_json=True)
    assert made.status == 0
    assert "a written contract" in made.err
    (folder,) = [path for path in out.iterdir() if path.is_dir()]
    assert {file["name"] for file in made.told["files"]} == {
        path.relative_to(out).as_posix() for path in folder.rglob("*") if path.is_file()
    }
    described = {one["name"]: one for one in json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]}
    for name, one in described.items():
        rows = _rows((folder / f"{name}.csv").read_bytes())
        assert all(set(row) == {field["name"] for field in one["schema"]["fields"]} for row in rows)
    assert made.told["rows"] > len(_rows((folder / "pupil.csv").read_bytes())) > 0
    refused = run("export", unit, "whole-unit", "--to", out, "--reason", "A new program", user=ASSISTANT, as_json=True)
    assert refused.status == 3


def test_a_plain_export_says_what_the_preview_says(run: Run, unit: Path, out: Path) -> None:
    made = run("export", unit, "youth-support", "--to", out, *TO_SERVICE, "--plain", user=OFFICER, as_json=True).told
    assert made["password"] is None
    rows = _rows((out / made["files"][0]["name"]).read_bytes())
    previewed = run("preview", unit, "youth-support", user=OFFICER, as_json=True).told
    left_out = {row["pupil"]: row["reason"] for row in made["left_out"]}
    assert set(left_out) == {row["pupil"] for row in previewed if row["level"] == "none" or "protected" in row}
    assert len(rows) + len(left_out) == len(previewed)
    filled = {row["upn"] for row in rows if row["upn"]}
    assert filled == {row["upn"] for row in previewed if row["level"] == "full" and row["upn"] and row["pupil"] not in left_out}


def test_what_is_to_be_checked_is_counted_on_the_side_and_names_nobody(run: Run, unit: Path, out: Path) -> None:
    made = run("export", unit, "la-new-pupil", "--to", out, *TO_SERVICE, user=OFFICER, as_json=True)
    assert made.status == 0
    assert set(made.told) == {"files", "receipt", "rows", "left_out", "password"}
    assert "Please check, before it is handed over." in made.err
    assert re.search(r"^  [0-9]+ pupils?: [A-Z]", made.err, re.MULTILINE)
    assert not re.search("P00[0-9]{2}", made.err)
    nothing = run("export", unit, "la-new-pupil", "--to", out, *TO_SERVICE, user=OFFICER)
    assert "Please check" not in nothing.err


def test_a_day_to_come_can_be_previewed_and_not_exported(run: Run, unit: Path, out: Path) -> None:
    refused = run("export", unit, "youth-support", "--to", out, *TO_SERVICE, "--on", "2026-11-25", user=OFFICER)
    assert refused.status == 2
    assert refused.sentence == "An export cannot be judged on a day to come. Preview it instead."
    assert left_in(out) == set()
    assert run("preview", unit, "youth-support", "--on", "2026-11-25", user=OFFICER).status == 0


def test_a_protected_pupil_goes_only_when_confirmed_by_name(run: Run, unit: Path, out: Path) -> None:
    def left_out(*words: str) -> set[str]:
        made = run("export", unit, "youth-support", "--to", out, *TO_SERVICE, "--plain", *words, user=OFFICER, as_json=True)
        return {row["pupil"] for row in made.told["left_out"]}

    assert WITHHELD in left_out()
    assert WITHHELD not in left_out("--confirm", WITHHELD)


def test_a_clock_in_doubt_refuses_an_export_unless_the_day_is_named(
    run: Run, unit: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_module, "SystemClock", lambda: FixedClock(NOW + timedelta(days=560)))
    words = ("export", unit, "contact-sheet", "--to", out, *TO_SERVICE)
    for _each in range(2):
        refused = run(*words, user=OFFICER)
        assert (refused.status, refused.out, left_in(out)) == (2, "", set())
        assert "in doubt" in refused.err
        assert "--on names the day" in refused.err
    assert run(*words, "--on", "2026-11-24", user=OFFICER).status == 0


def test_the_password_is_shown_once_in_english(run: Run, unit: Path, out: Path) -> None:
    said = run("export", unit, "youth-support", "--to", out, *TO_SERVICE, user=OFFICER).out
    assert said.count("Password: ") == 1
    assert "not shown again" in said


def test_the_one_password_of_the_answer_opens_each_colleges_file(run: Run, unit: Path, out: Path) -> None:
    told = run("export", unit, "post-16", "--to", out, "--reason", "Applications", user=OFFICER, as_json=True).told
    assert set(told) == {"files", "receipt", "rows", "left_out", "password"}
    assert len(told["files"]) > 1
    for file in told["files"]:
        assert list(unlocked((out / file["name"]).read_bytes(), told["password"]))
    said = run("export", unit, "post-16", "--to", out, "--reason", "Applications", user=OFFICER).out
    assert said.count("Password: ") == 1


@pytest.mark.parametrize("user", [OFFICE, ASSISTANT])
def test_only_a_data_officer_exports_and_the_refusal_is_logged(run: Run, unit: Path, out: Path, user: str) -> None:
    refused = run("export", unit, "youth-support", "--to", out, *TO_SERVICE, user=user)
    assert refused.status == 3
    assert refused.sentence
    assert left_in(out) == set()
    rows = run("log", unit, user=OFFICER, as_json=True).told
    assert [row["user"] for row in rows if row["action"] == "refused: export"] == [user]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("nonsense", "--to", ".", *TO_SERVICE), 2),
        (("youth-support", "--to", "."), 2),
        (("youth-support", "--to", ".", "--reason", " "), 2),
        (("youth-support", "--to", ".", *TO_SERVICE, "--confirm", "P9999"), 2),
        (("youth-support", "--to", ".", *TO_SERVICE, "--plain", "--lock", "zip"), 2),
        (("youth-support", "--to", ".", *TO_SERVICE, "--format", "pdf"), 2),
        (("youth-support", "--to", "gone", *TO_SERVICE), 7),
    ],
    ids=["no such export", "no reason", "an empty reason", "unknown pupil", "plain and locked", "format", "no folder"],
)
def test_what_cannot_be_exported_leaves_nothing(
    run: Run, unit: Path, out: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], status: int
) -> None:
    monkeypatch.chdir(out)
    refused = run("export", unit, *words, user=OFFICER)
    assert refused.status == status
    assert refused.sentence
    assert left_in(out) == set()


def test_an_export_is_judged_on_the_day(run: Run, unit: Path, out: Path) -> None:
    def told(day: str) -> set[str]:
        made = run("export", unit, "youth-support", "--on", day, "--to", out, *TO_SERVICE, "--plain", user=OFFICER, as_json=True).told
        return {row["pupil"] for row in made["left_out"]}

    assert "P0003" in told("2026-11-24")  # 13 tomorrow
    assert told("2016-11-24") == set()  # nobody was on roll yet


def test_an_export_by_an_earlier_day_says_of_how_many_less_may_be_told_by_now(run: Run, unit: Path, out: Path, tmp_path: Path) -> None:
    def said(day: str) -> str:
        return run("export", unit, "youth-support", "--on", day, "--to", out, *TO_SERVICE, user=OFFICER).err

    rows = run("preview", unit, "youth-support", user=OFFICER, as_json=True).told
    upn = next(row["upn"] for row in rows if row["level"] == "full" and row["decided_by"] == "rule" and not row.get("protected"))
    assert "it was restricted" not in said("2026-11-19")
    file = tmp_path / "choices.csv"
    file.write_text(f"upn,recipient,choice,by,on,giver,channel\n{upn},youth-support,restrict,parent,2026-11-20,New Voice,phone\n", "utf-8")
    assert run("import", unit, "choices", file, user=OFFICER).status == 0
    assert "Of 1 pupil it was restricted after 19 November 2026 what may be told." in said("2026-11-19")
    assert "it was restricted" not in said("2026-11-20")


def test_one_provider_is_told_of_its_own_and_an_unknown_one_is_refused(run: Run, unit: Path, out: Path) -> None:
    refused = run("export", unit, "post-16", "--to", out, *TO_SERVICE, "--plain", "--provider", "Nowhere College", user=OFFICER)
    assert refused.status == 2
    known = refused.sentence.removeprefix("No pupil on roll names this provider. There are: ").removesuffix(".").split("; ")
    assert len(known) > 1
    assert left_in(out) == set()
    made = run(
        "export", unit, "post-16", "--to", out, *TO_SERVICE, "--plain", "--provider", known[0].upper(), user=OFFICER, as_json=True
    ).told
    (file,) = made["files"]
    assert len(_rows((out / file["name"]).read_bytes())) == made["rows"]
