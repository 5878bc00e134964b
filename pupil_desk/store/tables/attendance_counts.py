"""Counting marks for all pupils at once: one pass over the original entries, put right by the few that were amended."""

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.domain.pupils.enrolment import Enrolment, on_roll
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows import stay_days
from pupil_desk.store.rows.same import among, id_list
from pupil_desk.store.tables.register import of_several


@dataclass(slots=True)
class Counted:
    """A pupil's sessions: all that are marked, and those of each group of codes."""

    rows: int
    groups: list[int]


_OF_THE_DAYS = "pupil p CROSS JOIN mark m ON m.pupil_id = p.id AND m.day BETWEEN ?1 AND ?2"
"""Of each pupil the marks of some days: where the file holds many years, those of the others are not read."""


def count_sessions(
    vault: Vault, since: date, until: date, groups: Sequence[Collection[str]], ids: Collection[str] | None = None
) -> dict[str, Counted]:
    """Every pupil's sessions in these days, counted by at most three groups of codes, of which no code is in two; with ``ids`` of these alone."""
    params = (since.isoformat(), until.isoformat(), id_list(ids))
    counts_by_pupil: dict[str, Counted] = {}
    same_as: dict[str, str] = {}
    for record, kept_id, number, weight in vault.rows(
        f"SELECT p.id, p.same_as, count(*), sum({weight_of(groups)}) FROM {_OF_THE_DAYS} WHERE {among('p.id', 3)} GROUP BY p.id", params
    ):
        counts_by_pupil[record] = Counted(number, [weight // _STEP**place % _STEP for place in range(len(groups))])
        if kept_id is not None:
            same_as[record] = kept_id
    for pupil_id, was, now, number in vault.rows(
        f"SELECT pupil_id, first_code, code, count(*) FROM amended_mark WHERE day BETWEEN ?1 AND ?2 AND {among('pupil_id', 3)} GROUP BY 1, 2, 3",
        params,
    ):
        for place, codes in enumerate(groups):
            counts_by_pupil[pupil_id].groups[place] += number * ((now in codes) - (was in codes))
        if not now:  # taken back: the session has no mark
            counts_by_pupil[pupil_id].rows -= number
    for pupil_id, marks in of_several(vault, counts_by_pupil, same_as, since, until).items():
        counts_by_pupil[pupil_id] = Counted(len(marks), [sum(row["code"] in group for row in marks) for group in groups])
    return {pupil_id: counts for pupil_id, counts in counts_by_pupil.items() if counts.rows}


def by_code(
    vault: Vault, since: date, until: date, stays: Mapping[str, Sequence[Enrolment]], ids: Collection[str] | None = None
) -> dict[str, dict[str, int]]:
    """Every pupil's sessions in these days by code, those alone of days on which the pupil was on the roll; with ``ids`` of these alone; ``stays`` are each pupil's.

    A session taken back is none. To ask of each mark whether its day is within a stay costs three times as much as to count it: so all are
    counted, with their first and last day, and counted again for the few for whom no one stay holds both.
    """
    days, ids_json = (since.isoformat(), until.isoformat()), id_list(ids)
    counts_by_pupil: dict[str, dict[str, int]] = {}
    same_as: dict[str, str] = {}
    partly = []
    for record, kept_id, codes, first, last in vault.rows(  # to group by the code as well takes the engine twice as long
        f"SELECT p.id, p.same_as, group_concat(m.code, ' '), min(m.day), max(m.day) FROM {_OF_THE_DAYS} WHERE {among('p.id', 3)} GROUP BY p.id",
        (*days, ids_json),
    ):
        counts_by_pupil[record] = Counter(codes.split(" "))
        if kept_id is not None:
            same_as[record] = kept_id
        if not _held_by_one(stays.get(record, ()), first, last):
            partly.append(record)
    on_roll_then = f"""m.pupil_id IN (SELECT value FROM json_each(?))
      AND EXISTS (SELECT 1 FROM enrolment e WHERE e.pupil_id = m.pupil_id AND {stay_days.on_roll("m.day")})"""
    amended = "SELECT pupil_id, first_code, code, count(*) FROM amended_mark m WHERE day BETWEEN ?1 AND ?2"
    changed = vault.rows(f"{amended} AND {among('pupil_id', 3)} GROUP BY 1, 2, 3", (*days, ids_json))
    if partly:
        params = (*days, json.dumps(partly))
        counts_by_pupil |= {pupil_id: {} for pupil_id in partly}
        for pupil_id, code, number in vault.rows(
            f"SELECT pupil_id, code, count(*) FROM mark m WHERE day BETWEEN ? AND ? AND {on_roll_then} GROUP BY 1, 2", params
        ):
            counts_by_pupil[pupil_id][code] = number
        recounted = set(partly)
        changed = [row for row in changed if row["pupil_id"] not in recounted] + vault.rows(
            f"{amended} AND {on_roll_then} GROUP BY 1, 2, 3", params
        )
    for pupil_id, was, now, number in changed:
        counts_by_pupil[pupil_id][was] -= number
        counts_by_pupil[pupil_id][now] = counts_by_pupil[pupil_id].get(now, 0) + number
    for pupil_id, marks in of_several(vault, counts_by_pupil, same_as, since, until).items():
        counts_by_pupil[pupil_id] = Counter(
            row["code"] for row in marks if on_roll(stays.get(pupil_id, ()), date.fromisoformat(row["day"]))
        )
    return {pupil_id: {code: number for code, number in codes.items() if code and number} for pupil_id, codes in counts_by_pupil.items()}


def _held_by_one(stays: Sequence[Enrolment], first: str, last: str) -> bool:
    since, until = date.fromisoformat(first), date.fromisoformat(last)
    return any(stay.on_roll(since) and stay.on_roll(until) for stay in stays)


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


def sessions_of(vault: Vault, code: str, since: date, until: date) -> dict[str, int]:
    """How many sessions of these days stand with a code, by pupil; none where there are none."""
    return {pupil_id: counts.groups[0] for pupil_id, counts in count_sessions(vault, since, until, ((code,),)).items() if counts.groups[0]}
