"""The returns and the contact sheet, worked out anew from the tables of either unit by the words of the law, and not by the program's code.

Domain reference 4.5 (who is on the register), 4.6 and 16 (codes and sums), 6.1 to 6.3 (what is returned, and when).
"""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import EXPORTS, export_named
from pupil_desk.services.exports.export import Format, Option, Selection
from pupil_desk.services.exports.making import ExportOrder, ask_of
from tests.services.exports.made import DAY, statements

YEAR = date(2026, 8, 1)
ATTENDED, WITH_LEAVE, WITHOUT = {*"/\\LKVPWB"}, {"C", "C1", "C2", "E", "I", "J1", "M", "R", "S", "T"}, {*"GNOU"}
PARENTS = {"PAM", "PAF", "STM", "STF", "FOM", "FOF", "CAR"}
ADDRESS = ("address_1", "address_2", "locality", "town", "county", "postcode")


def rows(desk: Desk, table: str) -> list[dict[str, Any]]:
    return [dict(row) for row in desk.vault.rows(f'SELECT * FROM "{table}"')]


def told(desk: Desk, name: str, **order: Any) -> tuple[list[dict[str, str]], list[str]]:
    """What goes: each row as text by heading, an empty cell left out; and the references of those left out."""
    export = export_named(desk, name)
    selection: Selection = export.select(desk, ask_of(desk, export, ExportOrder(reason="", **order)))
    found = [
        {
            heading: shown(cell)
            for heading, cell in zip([column.heading for column in selection.sheets[0].columns], row.cells, strict=True)
            if cell not in (None, "")
        }
        for one in selection.exported
        for row in one.rows
    ]
    return found, sorted(left.pupil.ref for left in selection.left_out)


def shown(cell: object) -> str:
    return {True: "Y", False: "N"}[cell] if isinstance(cell, bool) else str(cell)


def filled(**values: object) -> dict[str, str]:
    return {name: str(value) for name, value in values.items() if value not in (None, "")}


def protected(desk: Desk) -> set[str]:
    lifted = {row["protection_id"] for row in rows(desk, "protection_lift")}
    return {
        row["pupil_id"]
        for row in rows(desk, "protection")
        if row["id"] not in lifted and row["since"] <= str(DAY) <= (row["until"] or "9999")
    }


def in_order(desk: Desk) -> list[dict[str, Any]]:
    return sorted((row for row in rows(desk, "pupil") if row["same_as"] is None), key=lambda row: row["sort_key"])


def stays(desk: Desk, pupil_id: str) -> list[dict[str, Any]]:
    mine = [
        row
        for row in rows(desk, "enrolment")
        if row["pupil_id"] == pupil_id and row["status"] in "CMSP" and (row["status"] != "P" or row["end_date"])
    ]
    return sorted(mine, key=lambda row: row["start_date"] or "")


def family(desk: Desk, pupil: Mapping[str, Any], word: str, lived_with: bool, fields: tuple[str, ...]) -> dict[str, str]:
    """The parents as the file has them: at home where they have no address of their own."""
    mine = [row for row in rows(desk, "contact") if row["pupil_id"] == pupil["id"] and row["same_as"] is None]
    mine.sort(key=lambda row: (row["order"] is None, row["order"] or 0, row["surname"], row["id"]))
    parents = [
        row
        for row in mine
        if (row["parental_responsibility"] == 1 or row["relationship"] in PARENTS) and (row["lives_with"] == 1 or not lived_with)
    ]
    found: dict[str, str] = {}
    for number, parent in enumerate(parents, 1):
        home = pupil if parent["lives_with"] == 1 and not any(parent[line] for line in ADDRESS) else parent
        values = {name: (home if name in ADDRESS else parent)[name] for name in (*fields, *ADDRESS)}
        if "lives_with" in values and values["lives_with"] is not None:
            values["lives_with"] = "Y" if values["lives_with"] else "N"
        found |= filled(**{f"{word}_{number}_{name}": value for name, value in values.items()})
    return found


def test_new_pupils(either: Desk) -> None:
    desk, expected, left = either, [], []
    for pupil in in_order(desk):
        moved = max(
            (row["moved_on"] for row in rows(desk, "former_address") if row["pupil_id"] == pupil["id"] and row["moved_on"]), default=None
        )
        for stay in stays(desk, pupil["id"]):
            end = stay["end_date"]
            if (stay["start_date"] or "") > str(DAY) or (end and end < str(DAY) and end < str(YEAR)):
                continue
            if pupil["id"] in protected(desk):
                left.append(pupil["ref"])
                continue
            of_pupil = (
                "upn",
                "surname",
                "forename",
                "middle_names",
                "preferred_surname",
                "preferred_forename",
                "sex",
                "dob",
                *ADDRESS,
                "previous_school",
            )
            of_stay = ("start_date", "main_school", "last_school", "next_school", "next_school_start")
            expected.append(
                filled(
                    **{name: pupil[name] for name in of_pupil},
                    **{name: stay[name] for name in of_stay},
                    enrolment_status=stay["status"],
                    address_since=moved,
                )
                | family(desk, pupil, "parent", False, ("title", "forename", "surname", "lives_with", "phone", "mobile"))
            )
    assert told(desk, "la-new-pupil") == (expected, sorted(left))
    assert len(expected) > 15
    assert bool(left) is bool(protected(desk))


def last_friday_of_june_at_16(dob: str) -> date:
    born = date.fromisoformat(dob)
    year = born.year + 16 + (born.month >= 9)
    return max(day for day in (date(year, 6, 30) - timedelta(days=back) for back in range(7)) if day.weekday() == 4)


def test_leavers(either: Desk) -> None:
    desk, expected, left = either, [], []
    for pupil in in_order(desk):
        for stay in stays(desk, pupil["id"]):
            end = stay["end_date"]
            if not end or (end > str(DAY) and not stay["deletion_ground"]) or end < "2021-09-01":  # returned by other means
                continue
            friday = last_friday_of_june_at_16(pupil["dob"])
            if str(friday) <= end <= f"{friday.year}-08-31":
                if end >= "2025-08-01":
                    left.append(pupil["ref"])
            elif pupil["id"] in protected(desk):
                left.append(pupil["ref"])
            else:
                of_pupil, of_stay = (
                    ("upn", "surname", "forename", "middle_names", *ADDRESS),
                    ("end_date", "deletion_ground", "main_school", "next_school", "next_school_start"),
                )
                expected.append(
                    filled(**{name: pupil[name] for name in of_pupil}, **{name: stay[name] for name in of_stay})
                    | family(desk, pupil, "parent", True, ("title", "forename", "surname", "phone", "mobile"))
                )
    assert told(desk, "la-leaver") == (expected, sorted(left))
    assert expected


def codes(desk: Desk) -> dict[str, dict[str, list[str]]]:
    """What stands, by pupil and day, in this school year: the last amendment of each session, if it was amended."""
    amended = {
        (row["pupil_id"], row["day"], row["session"]): row["code"]
        for row in sorted(rows(desk, "mark_amendment"), key=lambda row: row["number"])
    }
    found: dict[str, dict[str, list[str]]] = {}
    for row in sorted(rows(desk, "mark"), key=lambda row: (row["day"], row["session"])):
        code = amended.get((row["pupil_id"], row["day"], row["session"]), row["code"])
        if code and str(YEAR) <= row["day"] <= str(DAY):
            found.setdefault(row["pupil_id"], {}).setdefault(row["day"], []).append(code)
    return found


def share(part: int, whole: int) -> str | None:
    return str((Decimal(100 * part) / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)) if whole else None


def longest(by_day: dict[str, list[str]], missed: set[str]) -> list[str]:
    """The longest run of marked days missed whole. In both units every school day of a pupil's stay is marked."""
    runs: list[list[str]] = [[]]
    for day, marks in sorted(by_day.items()):
        counted = [code for code in marks if code in ATTENDED | WITH_LEAVE | WITHOUT]
        if counted and set(counted) <= missed:
            runs[-1].append(day)
        elif counted:
            runs.append([])
    return max(runs, key=len)


def on_roll(desk: Desk, pupil_id: str) -> bool:
    return any((stay["start_date"] or "") <= str(DAY) <= (stay["end_date"] or "9999") for stay in stays(desk, pupil_id))


def test_attendance(either: Desk) -> None:
    desk, expected, left, marked = either, [], [], codes(either)
    for pupil in in_order(desk):
        by_day = marked.get(pupil["id"], {})
        flat = [code for marks in by_day.values() for code in marks]
        attended, leave, without = (sum(code in kind for code in flat) for kind in (ATTENDED, WITH_LEAVE, WITHOUT))
        possible, run = attended + leave + without, longest(by_day, WITHOUT)
        irregular, ten = possible > 0 and 10 * (leave + without) >= possible, len(run) >= 10
        if not on_roll(desk, pupil["id"]) or not (irregular or ten):
            continue
        if pupil["id"] in protected(desk):
            left.append(pupil["ref"])
            continue
        why = " and ".join([*["does not attend regularly"] * irregular, *["absent without leave for days together"] * ten])
        expected.append(
            filled(
                **{name: pupil[name] for name in ("upn", "surname", "forename", "middle_names", *ADDRESS)},
                possible=possible,
                attended=attended,
                authorised=leave,
                unauthorised=without,
                attendance_pct=share(attended, possible),
                absence_pct=share(leave + without, possible),
                unauthorised_pct=share(without, possible),
                days_without_leave=len(run) if ten else None,
                first_day=run[0] if ten else None,
                last_day=run[-1] if ten else None,
                why=why,
            )
        )
    assert told(desk, "la-attendance") == (expected, sorted(left))
    assert len(expected) > 2


def test_sickness_of_fifteen_days_and_by_name_of_everybody_who_was_ill_at_all(either: Desk) -> None:
    desk, due, expected, marked = either, [], [], codes(either)
    everyone = frozenset(pupil["id"] for pupil in in_order(desk))
    for pupil in in_order(desk):
        by_day = marked.get(pupil["id"], {})
        ill = [day for day, marks in sorted(by_day.items()) if "I" in marks]
        sessions = sum(marks.count("I") for marks in by_day.values())
        if ill and on_roll(desk, pupil["id"]):
            days = str(Decimal(sessions) / 2)
            expected.append(
                filled(
                    **{name: pupil[name] for name in ("upn", "surname", "forename", "middle_names", *ADDRESS)},
                    sessions_ill=sessions,
                    days_ill=days,
                    first_day=ill[0],
                    last_day=ill[-1],
                )
                | {"longest_run_days": str(len(longest(by_day, {"I"})))}
            )
            due += expected[-1:] * (sessions >= 2 * 15)
    assert told(desk, "la-sickness") == (due, [])
    assert told(desk, "la-sickness", pupils=everyone, confirm=everyone)[0] == expected
    assert len(expected) > 5


def test_contact_sheet(either: Desk) -> None:
    desk, expected, left = either, [], []
    order = {(row["pupil_id"], row["contact_id"]) for row in rows(desk, "protection") if row["kind"] == "order"}
    for pupil in in_order(desk):
        here = [
            row
            for row in rows(desk, "enrolment")
            if row["pupil_id"] == pupil["id"]
            and row["status"] in "CMSG"
            and (row["start_date"] or "") <= str(DAY) <= (row["end_date"] or "9999")
        ]
        if not here:
            continue
        if pupil["id"] in protected(desk):
            left.append(pupil["ref"])
            continue
        people = [
            row
            for row in rows(desk, "contact")
            if row["pupil_id"] == pupil["id"] and row["same_as"] is None and (row["phone"] or row["mobile"])
        ]
        people.sort(key=lambda row: (row["order"] is None, row["order"] or 0, row["surname"], row["id"]))
        calls = [person for person in people if (pupil["id"], person["id"]) not in order]
        health = any(
            row["pupil_id"] == pupil["id"] and (row["end_date"] or "9999") >= str(DAY)
            for table in ("health_item", "medicine")
            for row in rows(desk, table)
        )
        expected.append(
            filled(
                **{name: pupil[name] for name in ("surname", "forename", "preferred_surname", "preferred_forename", "dob", "year_group")},
                enrolment_status=here[0]["status"],
                medical="Y" if health or pupil["medical"] else None,
                **{
                    f"contact_{number}_{name}": person[name]
                    for number, person in enumerate(calls, 1)
                    for name in ("title", "forename", "surname", "relationship", "mobile", "phone")
                },
            )
        )
    assert told(desk, "contact-sheet", format=Format.CSV) == (expected, sorted(left))
    on_paper = [{heading: text for heading, text in row.items() if _stands_on_paper(row, heading)} for row in expected]
    assert told(desk, "contact-sheet") == (on_paper, sorted(left))
    assert len(expected) > 15


def _stands_on_paper(row: dict[str, str], heading: str) -> bool:
    """The preferred name in place of the legal one, and of how a pupil is here that it is as a guest."""
    if heading in ("surname", "forename"):
        return f"preferred_{heading}" not in row
    return heading != "enrolment_status" or row[heading] == "G"


@pytest.mark.parametrize("name", ["la-new-pupil", "la-leaver", "la-attendance", "la-sickness", "contact-sheet"])
def test_no_row_tells_an_item_that_the_export_does_not_name(either: Desk, name: str) -> None:
    export = next(export for export in EXPORTS if export.name == name)
    everyone = frozenset(pupil["id"] for pupil in in_order(either))
    selection = export.select(either, ask_of(either, export, ExportOrder(reason="", pupils=everyone, confirm=everyone)))
    assert {column.item for sheet in selection.sheets for column in sheet.columns} <= set(export.items)
    assert {item for one in selection.exported for item in one.items} <= set(export.items)
    for one in selection.exported:
        cells = dict(zip([column.item for column in selection.sheets[0].columns], one.rows[0].cells, strict=False))
        assert {item for item, cell in cells.items() if cell is not None} <= set(one.items)


@pytest.mark.parametrize("name", ["la-new-pupil", "la-leaver", "la-attendance", "la-sickness", "contact-sheet"])
def test_the_file_is_asked_a_few_times_whatever_the_number_of_pupils(demonstration: Desk, name: str) -> None:
    with statements(demonstration) as asked_for:
        told(demonstration, name)
    assert 0 < len(asked_for) <= 15  # of health once: what is held, what somebody said of it, and the plans that run
    assert len(asked_for) == len(set(asked_for))


@pytest.mark.parametrize(
    "name", [export.name for export in EXPORTS if Option.PUPILS in export.options and export.name not in ("ctf", "school-week")]
)  # of which one asks for each school year left in, and one for the family of each pupil of whom words are sent
def test_many_pupils_ask_the_engine_no_more_than_one(demonstration: Desk, name: str) -> None:
    export = export_named(demonstration, name)
    everyone = frozenset(row["id"] for row in in_order(demonstration))

    def number(pupils: frozenset[str]) -> int:
        with statements(demonstration) as said:
            export.select(demonstration, ask_of(demonstration, export, ExportOrder(reason="", pupils=pupils)))
        return len(said)

    told = export.select(demonstration, ask_of(demonstration, export, ExportOrder(reason="", pupils=everyone))).exported
    assert len(told) > (name != "la-part-time")  # of which the training unit has one
    assert number(everyone) == number(frozenset({told[0].pupil.id}))
