"""pupils, show, preview."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.ran import NOBODY, OFFICE, OFFICER, UNDER_ORDER, WITHHELD, Ran

Run = Callable[..., Ran]


def test_pupils_are_those_on_roll_and_with_all_the_leavers_too(run: Run, unit: Path) -> None:
    on_roll, everyone = (run("pupils", unit, user=OFFICE, as_json=True).told, run("pupils", unit, "--all", user=OFFICE, as_json=True).told)
    assert {"ref", "upn", "surname", "forename", "dob", "year_group", "enrolment_status", "start_date", "end_date"} <= set(on_roll[0])
    assert len(everyone) == 30
    gone = {row["ref"] for row in everyone} - {row["ref"] for row in on_roll}
    assert len(gone) == 30 // 12
    assert gone == {row["ref"] for row in everyone if not row["on_roll"]}
    assert all(row["end_date"] < "2026-11-24" for row in everyone if row["ref"] in gone)


def test_who_is_on_roll_is_judged_on_the_day(run: Run, unit: Path) -> None:
    started = {row["ref"]: row["start_date"] for row in run("pupils", unit, "--all", user=OFFICE, as_json=True).told}
    first = min(started.values())
    rows = run("pupils", unit, "--on", first, user=OFFICE, as_json=True).told
    assert {row["ref"] for row in rows} == {ref for ref, day in started.items() if day == first}


def test_pupils_in_english(run: Run, unit: Path) -> None:
    said = run("pupils", unit, user=OFFICE).out.splitlines()
    assert said[0].split() == ["Ref", "Surname", "Forename", "Born", "Year", "UPN", "Stay"]
    assert said[-1] == "28 pupils."


def test_show_has_every_section_by_reference_and_by_upn(run: Run, unit: Path) -> None:
    shown = run("show", unit, "p0001", user=OFFICE, as_json=True).told
    assert set(shown) >= {"pupil", "enrolments", "contacts", "protections", "choices", "notices", "disclosures", "history"}
    assert set(shown) >= {"attendance", "suspensions", "assessments", "medicines", "learning", "destinations"}
    assert shown["pupil"][0]["ref"] == "P0001"
    assert "phone" in {row["item"] for row in shown["history"]}
    assert run("show", unit, shown["pupil"][0]["upn"], user=OFFICE, as_json=True).told == shown
    said = run("show", unit, "P0001", user=OFFICE).out
    assert f"Legal surname: {shown['pupil'][0]['surname']}" in said
    assert "What the record said before" in said


def test_show_warns_of_a_protection_before_it_shows_an_address(run: Run, unit: Path) -> None:
    said = [run("show", unit, ref, user=OFFICE).out for ref in ("P0001", WITHHELD, NOBODY, UNDER_ORDER)]
    warned = [text for text in said if text.startswith("Protections\n")]
    assert said[1] in warned
    assert said[0] not in warned
    assert all(text.index("Protection: ") < text.index("Address line") for text in warned)
    assert all("Protections\n-----------\nNothing is held." in text for text in said if text not in warned)


@pytest.mark.parametrize("words", [("show", "P9999"), ("show", ""), ("log", "--pupil", "P9999")])
def test_an_unknown_pupil_is_wrong_use(run: Run, unit: Path, words: tuple[str, ...]) -> None:
    refused = run(words[0], unit, *words[1:], user=OFFICER)
    assert refused.status == 2
    assert f"no pupil with the number “{words[-1]}”" in refused.sentence


def test_the_preview_tells_level_reason_and_columns_by_the_names_of_the_export(run: Run, unit: Path) -> None:
    rows = run("preview", unit, "youth-support", user=OFFICE, as_json=True).told
    assert len(rows) == 28
    assert {"pupil", "upn", "level", "decided_by", "reason", "fields", "withheld"} <= set(rows[0])
    nine = ["surname", "forename", "address_1", "address_2", "locality", "town", "county", "postcode", "dob"]
    rest = [
        "upn",
        "uln",
        "sex",
        "ethnicity",
        "phone",
        "email",
        "year_group",
        "enrolment_status",
        "start_date",
        "sen_provision",
        "sen_need_1",
        "looked_after",
    ]
    by_level = {"none": ([], nine + rest), "minimum": (nine, rest), "full": (nine + rest, [])}
    assert {row["level"] for row in rows} == set(by_level)
    assert all((row["fields"], row["withheld"]) == by_level[row["level"]] for row in rows)


def test_a_protected_pupil_is_marked_in_the_preview(run: Run, unit: Path) -> None:
    rows = run("preview", unit, "youth-support", user=OFFICE, as_json=True).told
    assert {row["pupil"]: row["protected"] for row in rows if "protected" in row} == {
        WITHHELD: ["address-withheld"],
        UNDER_ORDER: ["order"],
    }


def test_the_preview_is_judged_on_the_day(run: Run, unit: Path) -> None:
    def levels(day: str) -> dict[str, str]:
        return {row["pupil"]: row["level"] for row in run("preview", unit, "youth-support", "--on", day, user=OFFICE, as_json=True).told}

    assert (levels("2026-11-24")["P0003"], levels("2026-11-25")["P0003"] == "none") == ("none", False)  # 13 tomorrow


def test_the_preview_in_english_names_recipient_and_day(run: Run, unit: Path) -> None:
    said = run("preview", unit, "post-16", user=OFFICE).out
    assert said.startswith("Post-16 education and training providers, judged on 24 November 2026: 28 pupils on roll.")
    assert NOBODY in said


@pytest.mark.parametrize("words", [("nobody",), ("youth-support", "--on", "24/11/2026"), ("youth-support", "--on", "2026-02-30")])
def test_a_preview_that_cannot_be_is_wrong_use(run: Run, unit: Path, words: tuple[str, ...]) -> None:
    refused = run("preview", unit, *words, user=OFFICE)
    assert refused.status == 2
    assert refused.sentence


def test_what_is_due_is_told_with_the_sentence_of_the_notice(run: Run, unit: Path) -> None:
    rows = run("retention", unit, "--on", "2060-01-01", user=OFFICE, as_json=True).told
    assert {tuple(row) for row in rows} == {("ref", "class", "sentence", "counts_from", "due")}
    assert {row["class"] for row in rows} >= {"pupil-record", "register", "disclosure", "consent"}
    born = {row["ref"]: row["dob"] for row in run("pupils", unit, "--all", user=OFFICE, as_json=True).told}
    records = [row for row in rows if row["class"] == "pupil-record"]
    assert len(records) == len(born)
    for row in records:
        assert (row["sentence"], row["counts_from"]) == ("Until the pupil’s 25th birthday", born[row["ref"]])
        assert int(row["due"][:4]) == int(born[row["ref"]][:4]) + 25
    assert [row["due"] for row in rows] == sorted(row["due"] for row in rows)
    said = run("retention", unit, "--on", "2045-01-01", user=OFFICE).out
    assert "Until the pupil’s 25th birthday" in said
    assert said.rstrip().endswith("due by 1 January 2045.")


def test_with_whom_the_unit_works_is_previewed_and_with_whom_it_does_not_is_refused(run: Run, unit: Path) -> None:
    rows = run("preview", unit, "main-school", user=OFFICE, as_json=True).told
    assert {row["level"] for row in rows} == {"none", "full"}
    full = next(row for row in rows if row["level"] == "full")
    assert "mark.code" in full["fields"]
    assert not full["withheld"]
    none = next(row for row in rows if row["level"] == "none")
    assert (none["fields"], "mark.code" in none["withheld"], none["decided_by"]) == ([], True, "rule")
    refused = run("preview", unit, "youth-justice", user=OFFICE)
    assert refused.status == 2
    assert "does not name: Youth justice service" in refused.sentence
    assert "Who else is told" in refused.sentence
