"""Counting marks for all pupils at once: one pass over the original entries, put right by the few that were amended."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.tables.enrolments import RollDays, is_held, roll_days
from pupil_desk.store.tables.register import of_several


@dataclass(slots=True)
class Counted:
    """A pupil's sessions: all that are marked, and those of each group of codes."""

    rows: int
    groups: list[int]


def count_sessions(
    vault: Vault, since: date, until: date, groups: Sequence[Collection[str]], ids: Collection[str] | None = None
) -> dict[str, Counted]:
    """Every pupil's sessions in these days, those alone of days on the roll, counted by at most three groups of codes, of which no code is in two; with
    ``ids`` of these alone."""
    roll, counts_by_pupil = _roll(vault, since, until, ids), dict[str, Counted]()
    for pupil_id, sums in _of_spans(vault, roll, f"count(*) || ' ' || sum({weight_of(groups)})"):
        number, weight = map(int, sums.split(" "))
        counted = counts_by_pupil.setdefault(pupil_id, Counted(0, [0] * len(groups)))
        counted.rows += number
        counted.groups = [sum_so_far + weight // _STEP**place % _STEP for place, sum_so_far in enumerate(counted.groups)]
    for pupil_id, was, now, number in _amended(vault, roll):
        counted = counts_by_pupil[pupil_id]
        for place, codes in enumerate(groups):
            counted.groups[place] += number * ((now in codes) - (was in codes))
        if not now:  # taken back: the session has no mark
            counted.rows -= number
    for pupil_id, numbers in _of_several_records(vault, roll, since, until).items():
        counts_by_pupil[pupil_id] = Counted(numbers.total(), [sum(numbers[code] for code in codes) for codes in groups])
    return {pupil_id: counted for pupil_id, counted in counts_by_pupil.items() if counted.rows}


def by_code(vault: Vault, since: date, until: date, ids: Collection[str] | None = None) -> dict[str, dict[str, int]]:
    """The same by code. A session taken back is none."""
    roll, counts_by_pupil = _roll(vault, since, until, ids), defaultdict[str, Counter[str]](Counter)
    for pupil_id, codes in _of_spans(vault, roll, "group_concat(m.code, ' ')"):  # to group by the code takes the engine twice as long
        counts_by_pupil[pupil_id].update(codes.split(" "))
    for pupil_id, was, now, number in _amended(vault, roll):
        counts_by_pupil[pupil_id][was] -= number
        counts_by_pupil[pupil_id][now] += number
    counts_by_pupil |= _of_several_records(vault, roll, since, until)
    return {pupil_id: {code: number for code, number in codes.items() if code and number} for pupil_id, codes in counts_by_pupil.items()}


@dataclass(frozen=True, slots=True)
class _Roll:
    """When pupils were on the roll. ``spans``, as JSON: the pupil, the first and the last day of each time, none of which meet, of those with one record;
    ``same_as``: of the others each record that stands for another, with the one kept."""

    stays: Mapping[str, RollDays]
    spans: str
    same_as: Mapping[str, str]


def _roll(vault: Vault, since: date, until: date, ids: Collection[str] | None) -> _Roll:
    stays = roll_days(vault, ids)
    same_as = {
        record: kept_id
        for record, kept_id in vault.rows("SELECT id, same_as FROM pupil INDEXED BY pupil_merged WHERE same_as IS NOT NULL")
        if kept_id in stays
    }
    several, first, last = {*same_as, *same_as.values()}, since.isoformat(), until.isoformat()
    spans = [(pupil_id, *span) for pupil_id, days in stays.items() if pupil_id not in several for span in _apart(days, first, last)]
    return _Roll(stays, json.dumps(spans), same_as)


def _apart(stays: RollDays, first: str, last: str) -> Iterator[tuple[str, str]]:
    """The days of these that stays hold, each once where two stays hold it."""
    free = first  # the first day that no stay before held
    for start, end in sorted(stays):
        since, until = max(start, free), min(end, last)
        if since <= until:
            yield since, until
            free = (date.fromisoformat(until) + timedelta(days=1)).isoformat()


_SPANS = "WITH s (pupil_id, first, last) AS MATERIALIZED (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?))"


def _of_spans(vault: Vault, roll: _Roll, sums: str) -> list[tuple[str, str]]:
    """What ``sums`` says of the marks ``m`` of each span that has one: nothing else of the file is read."""
    of_marks = f"(SELECT {sums} FROM mark m WHERE m.pupil_id = s.pupil_id AND m.day BETWEEN s.first AND s.last)"
    rows = vault.rows(f"{_SPANS} SELECT s.pupil_id, {of_marks} FROM s", (roll.spans,))
    return [(pupil_id, text) for pupil_id, text in rows if text is not None and not text.startswith("0 ")]


def _amended(vault: Vault, roll: _Roll) -> list[Row]:
    """Of each pupil how many sessions of the spans were amended from one code to another."""
    return vault.rows(
        f"""{_SPANS} SELECT a.pupil_id, a.first_code, a.code, count(*) FROM s CROSS JOIN amended_mark a
            WHERE a.pupil_id = s.pupil_id AND a.day BETWEEN s.first AND s.last GROUP BY 1, 2, 3""",
        (roll.spans,),
    )


def _of_several_records(vault: Vault, roll: _Roll, since: date, until: date) -> dict[str, Counter[str]]:
    """By code the sessions of those who have several records."""
    return {
        pupil_id: Counter(row["code"] for row in marks if is_held(roll.stays[pupil_id], row["day"]))
        for pupil_id, marks in of_several(vault, {}, roll.same_as, since, until).items()
    }


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
