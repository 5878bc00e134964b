"""Both exports that the rule of sharing governs, computed a second time from the tables of either unit."""

import sqlite3
from collections import defaultdict
from datetime import date

from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.export import Ask, Format, Selection
from pupil_desk.services.exports.post_16 import POST_16
from pupil_desk.services.exports.youth_support import YOUTH_SUPPORT

DAY = date(2026, 11, 24)
OF_PUPIL = [
    "surname",
    "forename",
    "address_1",
    "address_2",
    "locality",
    "town",
    "county",
    "postcode",
    "dob",
    "upn",
    "uln",
    "sex",
    "ethnicity",
    "phone",
    "email",
    "year_group",
]
AFTER_STAY = ["sen_provision", "sen_need_1", "looked_after"]
LEARNING = {"210", "220", "230", "240", "250", "260", "270", "280", "290", "310", "320", "381", "410", "430", "440", "450", "460", "530"}
SUITABLE = {"210", "220", "230", "240", "270", "280", "310", "320", "381", "410", "460"}

type Table = dict[str, list[sqlite3.Row]]


def _by_pupil(desk: Desk, sql: str) -> Table:
    found: Table = defaultdict(list)
    for row in desk.vault.rows(sql):
        found[row["pupil_id"]].append(row)  # type: ignore[arg-type]
    return found


def _turns(born: date, age: int) -> date:
    return (
        date(born.year + age, 3, 1) if (born.month, born.day) == (2, 29) and (born.year + age) % 4 else born.replace(year=born.year + age)
    )


class Unit:
    """The tables of a unit. Neither has merged records, nor a contradiction that was settled among those on roll."""

    def __init__(self, desk: Desk) -> None:
        kept = "coalesce((SELECT p.same_as FROM pupil p WHERE p.id = {t}.pupil_id), {t}.pupil_id) AS pupil_id"
        self.pupils = desk.vault.rows("SELECT * FROM pupil WHERE same_as IS NULL")
        self.stays = _by_pupil(desk, f"SELECT {kept.format(t='e')}, e.status, e.start_date, e.end_date FROM enrolment e")
        self.words = _by_pupil(
            desk, "SELECT * FROM choice WHERE id NOT IN (SELECT choice_id FROM choice_reversal) AND \"on\" <= '2026-11-24'"
        )
        self.steps = _by_pupil(desk, "SELECT * FROM wish_step WHERE step = 'settled'")
        self.notices = _by_pupil(
            desk, "SELECT * FROM notice_issue WHERE contact_id IS NOT NULL AND variant IN ('standard', 'large') AND \"on\" <= '2026-11-24'"
        )
        self.protected = _by_pupil(
            desk,
            "SELECT * FROM protection WHERE id NOT IN (SELECT protection_id FROM protection_lift) AND since <= '2026-11-24' AND coalesce(until, '9999') >= '2026-11-24'",
        )
        self.next = _by_pupil(desk, "SELECT * FROM destination")

    def stay(self, pupil_id: str) -> sqlite3.Row | None:
        on = [
            stay
            for stay in self.stays[pupil_id]
            if stay["status"] not in ("G", "F", "O")
            and not (stay["status"] == "P" and not stay["end_date"])
            and (stay["start_date"] or "") <= "2026-11-24" <= (stay["end_date"] or "9999")
        ]
        return max(on, key=lambda stay: stay["start_date"] or "", default=None)

    def level(self, pupil: sqlite3.Row, recipient: str) -> str:
        """Both units leave the cautions as they are at first."""
        born = date.fromisoformat(pupil["dob"])
        mine = [word for word in self.words[pupil["id"]] if word["recipient"] == recipient]
        least = "minimum" if recipient == "youth-support" else "none"
        if _turns(born, 13) > DAY and recipient == "youth-support":
            return "none"
        sixteen = _turns(born, 16)
        if sixteen <= DAY:
            own = [
                (word["on"], word["choice"] == "restrict")
                for word in mine
                if word["by"] == "pupil" and date.fromisoformat(word["on"]) >= sixteen
            ]
            return least if not own or max(own)[1] else "full"
        last: dict[str, tuple[str, bool]] = {}
        since = max((step["on"] for step in self.steps[pupil["id"]] if step["recipient"] == recipient), default="")
        for word in mine:
            if word["by"] == "parent" and word["on"] > since:
                giver = word["contact_id"] or (word["giver"] or "").lower()
                last[giver] = max(last.get(giver, ("", False)), (word["on"], word["choice"] == "restrict"))
        spoken = [restricts for _on, restricts in last.values()]
        spoken += [
            step["choice"] == "restrict" for step in self.steps[pupil["id"]] if step["recipient"] == recipient and step["on"] == since
        ]
        if spoken:
            return least if any(spoken) else "full"
        return "full" if recipient == "youth-support" and self.notices[pupil["id"]] else least

    def told(self, recipient: str) -> list[tuple[sqlite3.Row, str]]:
        on_roll = [pupil for pupil in self.pupils if self.stay(pupil["id"]) is not None]
        return [(p, level) for p in on_roll if (level := self.level(p, recipient)) != "none" and not self.protected[p["id"]]]


def _cells(selection: Selection, sheet: int = 0) -> list[tuple[str, ...]]:
    words = {True: "Y", False: "N", None: ""}
    return sorted(
        tuple(words[cell] if cell is None or isinstance(cell, bool) else str(cell) for cell in line) for line in selection.lines(sheet)
    )


def _words(row: sqlite3.Row, names: list[str]) -> list[str]:
    return [{None: "", 1: "Y", 0: "N"}[row[name]] if name == "looked_after" else row[name] or "" for name in names]


def test_youth_support(either: Desk) -> None:
    unit, expected, next_ones, guarantee = Unit(either), [], [], []
    for pupil, level in unit.told("youth-support"):
        stay = unit.stay(pupil["id"])
        assert stay is not None
        cells = [*_words(pupil, OF_PUPIL), stay["status"], stay["start_date"] or "", *_words(pupil, AFTER_STAY)]
        expected.append(tuple(cells if level == "full" else cells[:9] + [""] * 12))
        if level != "full":
            continue
        who = _words(pupil, ["surname", "forename", "dob", "upn"])
        next_ones += [
            (*who, *_words(one, ["kind", "activity", "provider", "start", "confirmed_on", "source"])) for one in unit.next[pupil["id"]]
        ]
        if pupil["year_group"] in ("11", "12"):
            good = any(one["kind"] in ("offer", "actual") and one["activity"] in SUITABLE for one in unit.next[pupil["id"]])
            guarantee.append((*who, pupil["year_group"], "2027-09-30", "Y" if good else "N"))
    plain = YOUTH_SUPPORT.select(either, Ask(day=DAY))
    book = YOUTH_SUPPORT.select(either, Ask(day=DAY, format=Format.XLSX))
    assert _cells(plain) == _cells(book) == sorted(expected)
    assert {bool(row[9]) or bool(row[11]) for row in expected} == {True, False}, "each unit has both levels"
    assert [(*row[:6], *row[7:]) for row in _cells(book, 1)] == sorted(next_ones)
    assert next_ones
    assert _cells(book, 2) == sorted(guarantee)
    assert guarantee


def test_post_16(either: Desk) -> None:
    unit = Unit(either)
    expected: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for pupil, _level in unit.told("post-16"):
        address = ", ".join(word for word in _words(pupil, OF_PUPIL[2:8]) if word)
        named = {
            one["provider"]
            for one in unit.next[pupil["id"]]
            if one["kind"] in ("intended", "offer") and one["activity"] in LEARNING and one["provider"]
        }
        for provider in named:
            expected[provider].append(
                (*_words(pupil, ["surname", "forename", "dob", "sex"]), address, *_words(pupil, ["phone", "email", "uln"]))
            )
    selection = POST_16.select(either, Ask(day=DAY))
    found = {
        str(told.recipient): _cells(Selection(selection.sheets, [one for one in selection.exported if one.recipient == told.recipient]))
        for told in selection.exported
    }
    assert found == {provider: sorted(rows) for provider, rows in expected.items()}
    assert found, "each unit has pupils of whom providers may be told"
    on_roll = {pupil["id"] for pupil in unit.pupils if unit.stay(pupil["id"]) is not None}
    told, left = {one.pupil.id for one in selection.exported}, {one.pupil.id for one in selection.left_out}
    assert told | left == on_roll
    assert not told & left
