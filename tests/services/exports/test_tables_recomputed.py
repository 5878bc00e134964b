"""The register, and exports of a unit's own, worked out anew from the tables of either unit; the register also from the file that it came in by."""

import csv
import json
from datetime import date
from decimal import Decimal
from typing import Any

from pupil_desk.domain.exports.own_export import OwnColumn, OwnExport
from pupil_desk.domain.pupils.conditions import Condition
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.export import Ask, Selection
from pupil_desk.services.exports.own.rows import export_of
from pupil_desk.services.exports.register import REGISTER
from tests.services.exports.made import DAY, REAL_INPUT
from tests.services.exports.test_returns_recomputed import (
    ADDRESS,
    ATTENDED,
    WITH_LEAVE,
    WITHOUT,
    codes,
    in_order,
    on_roll,
    protected,
    rows,
    share,
    stays,
)

COLUMNS = ("pupil.surname", "pupil.dob", "enrolment.start_date", "mark.code", "contact.surname", *(f"contact.{line}" for line in ADDRESS))


def told(selection: Selection) -> list[tuple[Any, ...]]:
    return [tuple(str(cell) if isinstance(cell, date) else cell for cell in row.cells) for one in selection.exported for row in one.rows]


def left(selection: Selection) -> list[str]:
    return sorted(one.pupil.ref for one in selection.left_out)


def test_the_register_as_it_stands_after_every_amendment(either: Desk) -> None:
    marks = {(row["pupil_id"], row["day"], row["session"]): row for row in rows(either, "mark")}
    marks |= {
        (row["pupil_id"], row["day"], row["session"]): row for row in sorted(rows(either, "mark_amendment"), key=lambda row: row["number"])
    }
    of_year = {key: row for key, row in sorted(marks.items()) if row["code"] and "2026-08-01" <= key[1] <= str(DAY)}
    expected: list[tuple[Any, ...]] = []
    out = []
    for pupil in in_order(either):
        mine = [(*key[1:], row["code"], row["minutes_late"], row["note"]) for key, row in of_year.items() if key[0] == pupil["id"]]
        if mine and (not pupil["upn"] or pupil["id"] in protected(either)):
            out.append(pupil["ref"])
        else:
            expected += [(pupil["upn"], *cells) for cells in mine]
    selection = REGISTER.select(either, Ask(day=DAY))
    assert told(selection) == expected
    assert left(selection) == sorted(out)
    assert len(expected) > 1000


def test_the_register_is_the_file_that_came_in_less_what_was_refused(real_input: Desk) -> None:
    name = "arrivals-canonical/attendance.csv"
    problems = {one["row"] for one in json.loads((REAL_INPUT / "expected.json").read_text("utf-8"))["files"][name]["expect"]["problems"]}
    lines = list(csv.DictReader((REAL_INPUT / name).read_text("utf-8").splitlines()))
    expected = [tuple(line.values()) for number, line in enumerate(lines, start=2) if number not in problems]
    found = [tuple("" if cell is None else str(cell) for cell in cells) for cells in told(REGISTER.select(real_input, Ask(day=DAY)))]
    assert sorted(found) == sorted(expected)
    assert len(found) == 6036


def own(**of: Any) -> OwnExport:
    made: dict[str, Any] = {
        "own_export": "own-recomputed",
        "title": "Recomputed",
        "recipient": "Larkminster Board",
        "purpose": "To plan",
        "basis": "public-task",
        "law": "Children Act 2004, section 10",
        "columns": tuple(OwnColumn(path, path) for path in COLUMNS),
        "order": "pupil.dob",
    }
    return OwnExport(**made | of)


def row_of(desk: Desk, pupil: dict[str, Any], marked: dict[str, dict[str, list[str]]]) -> tuple[Any, ...]:
    """The first contact with parental responsibility of whom no order or withheld address says otherwise, at home where the home is shared."""
    stay = next(
        stay for stay in reversed(stays(desk, pupil["id"])) if (stay["start_date"] or "") <= str(DAY) <= (stay["end_date"] or "9999")
    )
    barred = {row["contact_id"] for row in rows(desk, "protection")}
    people = [
        row
        for row in rows(desk, "contact")
        if row["pupil_id"] == pupil["id"] and row["same_as"] is None and row["parental_responsibility"] and row["id"] not in barred
    ]
    people.sort(key=lambda row: (row["order"] is None, row["order"] or 0, row["surname"], row["id"]))
    parent = people[0] if people else dict.fromkeys(("surname", "lives_with", *ADDRESS))
    home = pupil if parent["lives_with"] and not any(parent[line] for line in ADDRESS) else parent
    flat = [code for day in marked.get(pupil["id"], {}).values() for code in day]
    attended, possible = (sum(code in kind for code in flat) for kind in (ATTENDED, ATTENDED | WITH_LEAVE | WITHOUT))
    percent = share(attended, possible)
    return (
        pupil["surname"],
        pupil["dob"],
        stay["start_date"],
        Decimal(percent) if percent else None,
        parent["surname"],
        *(home[line] for line in ADDRESS),
    )


def test_an_own_export_of_a_year_group(either: Desk) -> None:
    wanted = [pupil for pupil in in_order(either) if pupil["year_group"] == "10" and on_roll(either, pupil["id"])]
    marked = codes(either)
    going = [row_of(either, pupil, marked) for pupil in wanted if pupil["id"] not in protected(either)]
    selection = export_of(own(conditions=(Condition("year-group", "10"),))).select(either, Ask(day=DAY))
    assert told(selection) == sorted(going, key=lambda cells: str(cells[1]))
    assert left(selection) == sorted(pupil["ref"] for pupil in wanted if pupil["id"] in protected(either))
    assert len(going) > 2


def test_an_own_export_by_consent(either: Desk) -> None:
    """Reference 11, biometrics: one parent's yes in writing, and a no of nobody, parent or pupil; never asked is no yes."""
    last: dict[tuple[str, str], dict[str, Any]] = {}
    for event in sorted(rows(either, "consent_event"), key=lambda row: (row["on"], row["seq"])):
        if event["consent_type"] == "biometrics" and event["what"] in ("given", "refused", "withdrawn"):
            last[event["pupil_id"], event["contact_id"] or "pupil"] = event
    here = [pupil for pupil in in_order(either) if on_roll(either, pupil["id"])]
    going = []
    for pupil in here:
        said = [event for (pupil_id, _giver), event in last.items() if pupil_id == pupil["id"]]
        written = any(event["by"] == "parent" and event["channel"] == "form" for event in said)
        if written and all(event["what"] == "given" for event in said) and pupil["id"] not in protected(either):
            going.append((pupil["surname"],))
    made = own(basis="consent", law="Fingerprints", consent="biometrics||", columns=(OwnColumn("pupil.surname", "Surname"),), order="")
    selection = export_of(made).select(either, Ask(day=DAY))
    assert told(selection) == going
    assert len(selection.left_out) == len(here) - len(going) > 0
    assert bool(going) is bool(last)
