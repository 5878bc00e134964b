"""Counting marks for all pupils at once: one pass over the original entries, put right by the few that were amended."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.domain.enrolment import on_roll
from pupil_desk.store.enrolments import of_pupils
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


_ON_ROLL = """EXISTS (SELECT 1 FROM enrolment e WHERE e.pupil_id = m.pupil_id AND e.status NOT IN ('G', 'F', 'O')
  AND NOT (e.status = 'P' AND e.end_date IS NULL)
  AND (e.start_date IS NULL OR e.start_date <= m.day) AND (e.end_date IS NULL OR e.end_date >= m.day))"""


def by_code(vault: Vault, since: date, until: date) -> dict[str, dict[str, int]]:
    """Every pupil's sessions in these days by code, those alone of days on which the pupil was on the roll; a session taken back is none."""
    days = (since.isoformat(), until.isoformat())
    found: dict[str, dict[str, int]] = {}
    for pupil_id, code, number in vault.rows(
        f"SELECT pupil_id, code, count(*) FROM mark m WHERE day BETWEEN ? AND ? AND {_ON_ROLL} GROUP BY pupil_id, code", days
    ):
        found.setdefault(pupil_id, {})[code] = number
    for pupil_id, was, now, number in vault.rows(
        f"SELECT pupil_id, first_code, code, count(*) FROM amended_mark m WHERE day BETWEEN ? AND ? AND {_ON_ROLL} GROUP BY 1, 2, 3", days
    ):
        found[pupil_id][was] -= number
        found[pupil_id][now] = found[pupil_id].get(now, 0) + number
    for pupil_id, records in _merged(vault).items():
        if [found.pop(record) for record in records if record in found]:
            stays = of_pupils(vault, (pupil_id,))[pupil_id]
            marks = of_pupil(vault, pupil_id, since, until)
            found[pupil_id] = Counter(row["code"] for row in marks if on_roll(stays, date.fromisoformat(row["day"])))
    return {pupil_id: {code: number for code, number in codes.items() if code and number} for pupil_id, codes in found.items()}


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
