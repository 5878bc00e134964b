"""The census, table by table, beside what the reference asks for, read from the tables of either unit by plain SQL."""

from datetime import date
from typing import Any

import pytest

from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.census import CENSUS
from pupil_desk.services.exports.export import Ask, Selection
from pupil_desk.store.file.vault import Row
from tests.services.exports.made import DAY, statements

SPRING, ON = date(2027, 1, 25), "2027-01-21"
SINCE, UNTIL = "2026-08-01", "2026-12-31"
OWN = "(pupil_id = ?1 OR pupil_id IN (SELECT id FROM pupil WHERE same_as = ?1))"
ROLL = "status NOT IN ('G', 'F', 'O') AND NOT (status = 'P' AND end_date IS NULL)"
LASTS = f"(start_date IS NULL OR start_date <= '{ON}') AND (end_date IS NULL OR end_date >= '{ON}')"
ELSEWHERE, ATTENDED = "KVPWB", "/\\LKVPWB"
AUTHORISED, UNAUTHORISED = ("C", "C1", "C2", "E", "I", "J1", "M", "R", "S", "T"), ("G", "N", "O", "U")


@pytest.fixture(scope="module")
def spring(either: Desk) -> Selection:
    """Everyone, the protected confirmed."""
    everyone = frozenset(row["id"] for row in either.vault.rows("SELECT id FROM pupil"))
    return CENSUS.select(either, Ask(day=SPRING, confirm=everyone))


def rows(desk: Desk, sql: str, pupil_id: str) -> list[Row]:
    return desk.vault.rows(sql, (pupil_id,))


def people(desk: Desk, on: str = ON, since: str = SINCE, until: str = UNTIL) -> list[tuple[Row, Row, bool]]:
    """Each person in the census with the stay and whether on roll that day, by name."""
    lasts = f"(start_date IS NULL OR start_date <= '{on}') AND (end_date IS NULL OR end_date >= '{on}')"
    found = []
    for pupil in desk.vault.rows("SELECT * FROM pupil WHERE same_as IS NULL AND upn IS NOT NULL ORDER BY sort_key, id"):
        here = rows(desk, f"SELECT * FROM enrolment WHERE {OWN} AND {ROLL} AND {lasts} ORDER BY start_date", pupil["id"])
        gone = rows(
            desk,
            f"SELECT * FROM enrolment WHERE {OWN} AND {ROLL} AND (start_date IS NULL OR start_date <= '{until}') AND end_date >= '{since}' ORDER BY start_date",
            pupil["id"],
        )
        if here and here[-1]["start_date"] is None:  # on roll since nobody knows when: left out, and told
            continue
        if here or gone:
            found.append((pupil, (here or gone)[-1], bool(here)))
    return found


def tables(found: Selection, pupil_id: str) -> dict[str, list[dict[str, Any]]]:
    told = next(told for told in found.exported if told.pupil.id == pupil_id)
    made: dict[str, list[dict[str, Any]]] = {}
    for row in told.rows:
        sheet = found.sheets[row.sheet]
        cells = [cell.isoformat() if isinstance(cell, date) else cell for cell in row.cells]
        made.setdefault(sheet.name, []).append(dict(zip((column.heading for column in sheet.columns), cells, strict=True)))
    return made


def straight(value: Any) -> Any:
    return value.replace("’", "'") if isinstance(value, str) else value


def marks_of(desk: Desk, pupil_id: str) -> dict[str, int]:
    stays = rows(desk, f"SELECT * FROM enrolment WHERE {OWN} AND {ROLL}", pupil_id)
    marks: dict[str, int] = {}
    for row in rows(
        desk,
        f"SELECT day, session, code FROM register_mark WHERE {OWN} AND day BETWEEN '{SINCE}' AND '{UNTIL}' GROUP BY day, session",
        pupil_id,
    ):
        if any((stay["start_date"] or "") <= row["day"] <= (stay["end_date"] or "9") for stay in stays):
            marks[row["code"]] = marks.get(row["code"], 0) + 1
    return marks


def provision(desk: Desk, pupil_id: str, on: str | None) -> str | None:
    """Reference 3.3 asks for the one at the time; of a day that is not known there is none."""
    found = on and rows(
        desk,
        f"SELECT provision FROM sen_period WHERE {OWN} AND (start_date IS NULL OR start_date <= '{on}') AND (end_date IS NULL OR end_date >= '{on}') ORDER BY start_date",
        pupil_id,
    )
    return found[-1]["provision"] if found else None


def test_the_same_people_in_the_same_order(either: Desk, spring: Selection) -> None:
    expected = people(either)
    assert [told.pupil.id for told in spring.exported] == [pupil["id"] for pupil, _stay, _here in expected]
    assert {here for _pupil, _stay, here in expected} == {True, False}
    without_day = {row[0] for row in either.vault.rows("SELECT pupil_id FROM enrolment WHERE start_date IS NULL")}
    assert [left.pupil.upn for left in spring.left_out if left.pupil.upn and left.pupil.id not in without_day] == []


def test_the_autumn_census_has_the_leavers_of_the_summer(either: Desk) -> None:
    """Reference 3.1: on roll on the first Thursday of October, or gone in the blocks from Easter Monday to the end of July, of which it tells a term later."""
    everyone = frozenset(row["id"] for row in either.vault.rows("SELECT id FROM pupil"))
    found = CENSUS.select(either, Ask(day=DAY, confirm=everyone))
    expected = people(either, "2026-10-01", "2026-04-06", "2026-07-31")
    assert [told.pupil.id for told in found.exported] == [pupil["id"] for pupil, _stay, _here in expected]
    for pupil, stay, here in expected:
        (row,) = tables(found, pupil["id"])["pupilonroll" if here else "pupilnolongeronroll"]
        of_stay = {"enrolstatus": stay["status"]} if here else {"leavingdate": stay["end_date"]}
        wanted = (
            {name: straight(pupil[name]) for name in ("upn", "surname", "forename", "dob")} | {"entrydate": stay["start_date"]} | of_stay
        )
        assert {name: row[name] for name in wanted} == wanted
    assert {here for _pupil, _stay, here in expected} == {True, False}


def test_the_pupils_own_row(either: Desk, spring: Selection) -> None:
    for pupil, stay, here in people(either):
        made = tables(spring, pupil["id"])
        (row,) = made["pupilonroll" if here else "pupilnolongeronroll"]
        expected = {
            "upn": pupil["upn"],
            "formerupn": pupil["former_upn"],
            "uniquelearnernumber": pupil["uln"],
            "surname": pupil["surname"],
            "forename": pupil["forename"],
            "middlenames": pupil["middle_names"],
            "dob": pupil["dob"],
            "sex": pupil["sex"],
            "ethnicity": pupil["ethnicity"],
            "language": pupil["first_language"],
            "entrydate": stay["start_date"],
            "parttime": None if stay["part_time"] is None else str(stay["part_time"]),
        }
        codes = marks_of(either, pupil["id"])
        number = {
            name: sum(codes.get(code, 0) for code in wanted)
            for name, wanted in (("a", ATTENDED), ("e", ELSEWHERE), ("h", AUTHORISED), ("u", UNAUTHORISED))
        }
        unable = sum(count for code, count in codes.items() if code.startswith("Y"))
        expected |= {
            "termlysessionspossible": number["a"] + number["h"] + number["u"],
            "termlysessionseducational": number["e"],
            "termlysessionsexceptional": unable,
            "termlysessionsauthorised": number["h"],
            "termlysessionsunauthorised": number["u"],
        }
        if here:
            expected |= {
                "preferredsurname": pupil["preferred_surname"],
                "yssa": row["yssa"],
                "servicechild": pupil["service_child"],
                "plaa": pupil["plaa"],
                "kinshipcare": pupil["kinship_care"],
                "youngcarer": pupil["young_carer"],
                "enrolstatus": stay["status"],
                "ncyearactual": pupil["year_group"],
                "senprovision": provision(either, pupil["id"], ON),
            }
        else:
            expected |= {"leavingdate": stay["end_date"]}
        assert row == {name: straight(value) for name, value in expected.items()}


def test_the_agreement_by_the_last_words(either: Desk, spring: Selection) -> None:
    """Of the giver who counts at the age, the most protective last word; else whether anybody who may answer was asked."""
    seen = set()
    for pupil, _stay, here in people(either):
        if not here:
            continue
        (row,) = tables(spring, pupil["id"])["pupilonroll"]
        born = date.fromisoformat(pupil["dob"])
        sixteenth = born.replace(year=born.year + 16) if (born.month, born.day) != (2, 29) else date(born.year + 16, 3, 1)
        if date(born.year + 12, born.month, min(born.day, 28)) > date.fromisoformat(ON):
            assert row["yssa"] is None
            continue
        by = "pupil" if sixteenth <= date.fromisoformat(ON) else "parent"
        said = rows(
            either,
            f"""SELECT lower(coalesce(giver, '')) AS giver, choice, "on" FROM choice WHERE {OWN} AND recipient = 'youth-support' AND by = '{by}'
          AND (("on" >= '{sixteenth}') = ('{by}' = 'pupil')) AND NOT EXISTS (SELECT 1 FROM choice_reversal r WHERE r.choice_id = choice.id)
          ORDER BY "on", choice = 'restrict', seq""",
            pupil["id"],
        )
        last = {("" if by == "pupil" else line["giver"]): line["choice"] for line in said}
        asked = rows(
            either,
            f"""SELECT 1 FROM wish_step WHERE {OWN} AND step IN ('asked', 'reminded') AND by = '{by}' AND coalesce(recipient, 'youth-support') = 'youth-support'
          AND "on" BETWEEN '{sixteenth if by == "pupil" else ""}' AND '{ON}'""",
            pupil["id"],
        )
        expected = ("N" if "restrict" in last.values() else "Y") if last else ("SNR" if asked else "UNS")
        assert row["yssa"] == expected, pupil["ref"]
        seen.add(expected)
    assert len(seen) >= 3


def test_the_tables_beside_it(either: Desk, spring: Selection) -> None:
    seen: dict[str, int] = {}
    for pupil, stay, here in people(either):
        made, key = tables(spring, pupil["id"]), pupil["id"]
        upn = {"upn": pupil["upn"]}
        sen = {row["provision"] for row in rows(either, f"SELECT provision FROM sen_period WHERE {OWN} AND {LASTS}", key)}
        needs = (
            rows(either, f"SELECT rank, need FROM sen_need WHERE {OWN} AND {LASTS} ORDER BY rank, id", key) if here and sen != {"N"} else []
        )
        assert made.get("senneeds", []) == [upn | {"sentyperank": row["rank"], "sentype": row["need"]} for row in needs]
        meals = rows(
            either,
            f"SELECT * FROM care_period WHERE {OWN} AND kind IN ('FSM', 'TFSM', 'EFSM', 'OFSM') AND (end_date IS NULL OR end_date >= '{SINCE}') ORDER BY start_date, kind, id",
            key,
        )
        assert made.get("fsmperiods", []) == [
            upn
            | {
                "fsmstartdate": row["start_date"],
                "fsmenddate": row["end_date"],
                "ukcountry": "ENG",
                "fsmcategory": row["kind"] if row["kind"] != "FSM" else None,
            }
            for row in meals
            if here
        ]
        suspended = rows(
            either,
            f"""SELECT * FROM suspension s WHERE {OWN} AND school IS NULL AND "start" BETWEEN '{SINCE}' AND '{UNTIL}'
          AND seq = (SELECT max(seq) FROM suspension o WHERE o.decision = s.decision)
          AND NOT EXISTS (SELECT 1 FROM suspension_event e WHERE e.decision = s.decision AND e.kind IN ('cancelled', 'reinstated', 'mistaken'))
          ORDER BY "start", session, seq""",
            key,
        )
        assert made.get("termlyexclusions", []) == [
            upn
            | {
                "category": row["category"],
                "startdate": row["start"],
                "starttime": row["session"],
                "sessions": row["sessions"],
                "reason1": row["reason_1"],
                "reason2": row["reason_2"],
                "reason3": row["reason_3"],
                "senprovision": row["sen_provision"] or provision(either, key, row["start"]),
            }
            for row in suspended
        ]
        codes = marks_of(either, key)
        assert made.get("termlysessiondetails", []) == [
            upn | {"attendancereason": code, "sessions": number} for code, number in sorted(codes.items())
        ]
        home = {
            "addressline1": "address_1",
            "addressline2": "address_2",
            "locality": "locality",
            "town": "town",
            "administrativearea": "county",
            "postcode": "postcode",
        }
        assert made.get("addresses", []) == ([upn | {name: straight(pupil[column]) for name, column in home.items()}] if here else [])
        assert made["approvisiondetail"] == [
            upn
            | {
                "prevurn": stay["last_school_urn"],
                "apreason": stay["entry_reason"],
                "senprovisionentry": provision(either, key, stay["start_date"]),
            }
        ]
        for name, lines in made.items():
            seen[name] = seen.get(name, 0) + len(lines)
    meals_held = either.vault.first_row("SELECT 1 FROM care_period WHERE kind IN ('FSM', 'TFSM', 'EFSM', 'OFSM')") is not None
    wanted = ["senneeds", "termlyexclusions", "termlysessiondetails", *["fsmperiods"] * meals_held]
    assert all(seen.get(name, 0) for name in wanted), seen


def test_as_many_queries_whatever_the_day_tells(demonstration: Desk) -> None:
    """A day long ago, with nobody in the census, asks as often as one with everybody."""

    def number(day: date) -> tuple[int, int]:
        with statements(demonstration) as asked:
            found = CENSUS.select(demonstration, Ask(day=day))
        return sum("register_mark r" not in sql and "e.pupil_id IN" not in sql for sql in asked), len(found.exported)

    (nobody, none), (everybody, many) = number(date(1990, 2, 1)), number(SPRING)
    assert (none, many > 10) == (0, True)
    assert abs(everybody - nobody) <= 1, "whether anybody is marked at all is asked of the marks, too"
