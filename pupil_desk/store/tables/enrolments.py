"""Stays: the table ``enrolment``."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from pupil_desk.basics.grouping import grouped
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows import several, stay_days
from pupil_desk.store.rows.same import among, as_kept, id_list

type RollDays = Sequence[tuple[str, str]]
"""The first and the last day of each stay on the roll, as ISO text."""


def of_pupil(vault: Vault, pupil_id: str) -> list[Enrolment]:
    """A pupil's stays, the earliest first."""
    return several.of_pupil(vault, Enrolment, pupil_id)


def by_pupil(vault: Vault, ids: Iterable[str] | None = None) -> defaultdict[str, list[Enrolment]]:
    """Every pupil's stays, the earliest first; with ``ids`` these pupils'."""
    return several.by_pupil(vault, Enrolment, ids)


def roll_days(vault: Vault, ids: Collection[str] | None = None) -> Mapping[str, RollDays]:
    """From when to when every pupil was on the roll; with ``ids`` these pupils alone."""
    rows = vault.rows(
        f"""SELECT {as_kept("e.pupil_id")}, coalesce(e.start_date, ''), coalesce(e.end_date, '9999-12-31') FROM enrolment e
            WHERE {stay_days.puts_on_roll()} AND {stay_days.is_dated()} AND {among("e.pupil_id", 1)}""",
        (id_list(ids),),
    )
    return grouped((pupil_id, (first, last)) for pupil_id, first, last in rows)


def is_held(stays: RollDays, day: str) -> bool:
    """Whether a stay holds a day."""
    return any(start <= day <= end for start, end in stays)
