"""Counting marks for all pupils at once: one pass over the original entries, put right by the few that were amended."""

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.domain.enrolment import Enrolment, on_roll
from pupil_desk.store.register import of_pupil
from pupil_desk.store.vault import Vault


@dataclass(slots=True)
class Counted:
    """A pupil's sessions: all that are marked, and those of each group of codes."""

    rows: int
    groups: list[int]


def counted(vault: Vault, since: date, until: date, groups: Sequence[Collection[str]]) -> dict[str, Counted]:
    """Every pupil's sessions in these days, counted by at most three groups of codes, of which no code is in two."""
    days = (since.isoformat(), until.isoformat())
    found = {
        pupil_id: Counted(number, _parts(weight, len(groups)))
        for pupil_id, number, weight in vault.rows(
            f"SELECT pupil_id, count(*), sum({weight_of(groups)}) FROM mark WHERE day BETWEEN ? AND ? GROUP BY pupil_id", days
        )
    }
    for pupil_id, was, now, number in vault.rows(
        "SELECT pupil_id, first_code, code, count(*) FROM amended_mark WHERE day BETWEEN ? AND ? GROUP BY 1, 2, 3", days
    ):
        for place, codes in enumerate(groups):
            found[pupil_id].groups[place] += number * ((now in codes) - (was in codes))
        if not now:  # taken back: the session has no mark
            found[pupil_id].rows -= number
    _put_together(vault, found, since, until, groups)
    return {pupil_id: one for pupil_id, one in found.items() if one.rows}


def by_code(vault: Vault, since: date, until: date, stays: Mapping[str, Sequence[Enrolment]]) -> dict[str, dict[str, int]]:
    """Every pupil's sessions in these days by code, those alone of days on which the pupil was on the roll; ``stays`` are each pupil's.

    A session taken back is none. To ask of each mark whether its day is within a stay costs three times as much as to count it: so all are
    counted, with their first and last day, and counted again for the few for whom no one stay holds both.
    """
    days = (since.isoformat(), until.isoformat())
    found: dict[str, dict[str, int]] = {}
    ends: dict[str, tuple[str, str]] = {}
    for pupil_id, code, number, first, last in vault.rows(
        "SELECT pupil_id, code, count(*), min(day), max(day) FROM mark WHERE day BETWEEN ? AND ? GROUP BY pupil_id, code", days
    ):
        found.setdefault(pupil_id, {})[code] = number
        before = ends.get(pupil_id, (first, last))
        ends[pupil_id] = (min(first, before[0]), max(last, before[1]))
    partly = [pupil_id for pupil_id, span in ends.items() if not _held_by_one(stays.get(pupil_id, ()), span)]
    on_roll_then = """m.pupil_id IN (SELECT value FROM json_each(?)) AND EXISTS (SELECT 1 FROM enrolment e WHERE e.pupil_id = m.pupil_id
      AND e.status NOT IN ('G', 'F', 'O') AND NOT (e.status = 'P' AND e.end_date IS NULL)
      AND (e.start_date IS NULL OR e.start_date <= m.day) AND (e.end_date IS NULL OR e.end_date >= m.day))"""
    amended = "SELECT pupil_id, first_code, code, count(*) FROM amended_mark m WHERE day BETWEEN ? AND ?"
    changed = vault.rows(f"{amended} GROUP BY 1, 2, 3", days)
    if partly:
        wanted = (*days, json.dumps(partly))
        found |= {pupil_id: {} for pupil_id in partly}
        for pupil_id, code, number in vault.rows(
            f"SELECT pupil_id, code, count(*) FROM mark m WHERE day BETWEEN ? AND ? AND {on_roll_then} GROUP BY 1, 2", wanted
        ):
            found[pupil_id][code] = number
        again = set(partly)
        changed = [row for row in changed if row["pupil_id"] not in again] + vault.rows(f"{amended} AND {on_roll_then} GROUP BY 1, 2, 3", wanted)
    for pupil_id, was, now, number in changed:
        found[pupil_id][was] -= number
        found[pupil_id][now] = found[pupil_id].get(now, 0) + number
    for pupil_id, records in _merged(vault).items():
        if [found.pop(record) for record in records if record in found]:
            marks = of_pupil(vault, pupil_id, since, until)
            found[pupil_id] = Counter(row["code"] for row in marks if on_roll(stays.get(pupil_id, ()), date.fromisoformat(row["day"])))
    return {pupil_id: {code: number for code, number in codes.items() if code and number} for pupil_id, codes in found.items()}


def _held_by_one(stays: Sequence[Enrolment], span: tuple[str, str]) -> bool:
    first, last = date.fromisoformat(span[0]), date.fromisoformat(span[1])
    return any(stay.on_roll(first) and stay.on_roll(last) for stay in stays)


def _merged(vault: Vault) -> dict[str, set[str]]:
    """The records of each person who has several, by the one kept; few at most."""
    merged: dict[str, set[str]] = {}
    for row in vault.rows("SELECT id, same_as FROM pupil INDEXED BY pupil_kept WHERE same_as IS NOT NULL"):
        merged.setdefault(row["same_as"], {row["same_as"]}).add(row["id"])
    return merged


def _put_together(
    vault: Vault, found: dict[str, Counted], since: date, until: date, groups: Sequence[Collection[str]]
) -> None:
    """Those of whom there is another record, which are few, are counted again, session by session, by the marks of both."""
    for pupil_id, records in _merged(vault).items():
        marked = [found.pop(record) for record in records if record in found]
        if marked:
            codes = [row["code"] for row in of_pupil(vault, pupil_id, since, until)]
            found[pupil_id] = Counted(len(codes), [sum(code in group for code in codes) for group in groups])


_STEP = 10**6  # more sessions than a pupil has in any period; the third group still fits the engine's whole numbers


def weight_of(groups: Sequence[Collection[str]]) -> str:
    """A code as a number, each group in decimal places of its own: one sum counts all groups, three times as fast as a sum for each."""
    assert len(groups) <= 3, "the engine's whole numbers hold three"
    whens = [
        f"WHEN '{code.replace(chr(39), chr(39) * 2)}' THEN {_STEP**place}"
        for place, codes in enumerate(groups)
        for code in sorted(codes, key=lambda code: (code.isalnum(), code))  # the signs for present, by far the most, first
    ]
    return f"CASE code {' '.join(whens)} ELSE 0 END"


def _parts(weight: int, number: int) -> list[int]:
    return [weight // _STEP**place % _STEP for place in range(number)]


def sessions_of(vault: Vault, code: str, since: date, until: date) -> dict[str, int]:
    """How many sessions of these days stand with a code, by pupil; none where there are none."""
    return {
        pupil_id: found.groups[0]
        for pupil_id, found in counted(vault, since, until, ((code,),)).items()
        if found.groups[0]
    }
