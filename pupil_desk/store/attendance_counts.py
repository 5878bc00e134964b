"""Counting marks for all pupils at once: one pass over the original entries, put right by the few that were amended."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.store.vault import Vault


@dataclass(slots=True)
class Counted:
    """A pupil's sessions: all that are marked, and those of each group of codes."""

    rows: int
    groups: list[int]


def counted(vault: Vault, since: date, until: date, groups: Sequence[Collection[str]]) -> dict[str, Counted]:
    """Every pupil's sessions in these days, counted by groups of codes."""
    days = (since.isoformat(), until.isoformat())
    found = {
        row[0]: Counted(row[1], list(row[2:]))
        for row in vault.rows(
            f"SELECT pupil_id, count(*), {', '.join(map(_counting, groups))} FROM mark WHERE day BETWEEN ? AND ? GROUP BY pupil_id",
            days,
        )
    }
    for pupil_id, was, now, number in vault.rows(
        "SELECT pupil_id, first_code, code, count(*) FROM amended_mark WHERE day BETWEEN ? AND ? GROUP BY 1, 2, 3", days
    ):
        for place, codes in enumerate(groups):
            found[pupil_id].groups[place] += number * ((now in codes) - (was in codes))
    return found


def _counting(codes: Collection[str]) -> str:
    """A sum for a group of codes, which are ours and not from outside."""
    quoted = ", ".join("'" + code.replace("'", "''") + "'" for code in sorted(codes))
    return f"sum(code IN ({quoted}))"


def sessions_of(vault: Vault, code: str, since: date, until: date) -> dict[str, int]:
    """How many sessions of these days stand with a code, by pupil; none where there are none."""
    return {
        pupil_id: found.groups[0]
        for pupil_id, found in counted(vault, since, until, ((code,),)).items()
        if found.groups[0]
    }
