"""That our register was compared with the school system's: of which days, and what came of it. Only ever added."""

from datetime import date

from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.rows import insert_row


def add(
    vault: Vault, first: date, last: date, *, compared: int, differences: int, as_theirs: int, as_ours: int, moment: str, actor: str
) -> None:
    """Keep how a comparison stands; a later row of the same days takes its place."""
    insert_row(
        vault,
        "register_comparison",
        first_day=first.isoformat(),
        last_day=last.isoformat(),
        compared=compared,
        differences=differences,
        theirs=as_theirs,
        ours=as_ours,
        at=moment,
        recorded_by=actor,
    )


def latest(vault: Vault, first: date, last: date) -> Row | None:
    """The last one that has all days between two, with who kept it; None where there is none."""
    return vault.first_row(
        """SELECT c.*, s.name AS by FROM register_comparison c LEFT JOIN staff s ON s.id = c.recorded_by
           WHERE c.first_day <= ? AND c.last_day >= ? ORDER BY c.seq DESC LIMIT 1""",
        (first.isoformat(), last.isoformat()),
    )
