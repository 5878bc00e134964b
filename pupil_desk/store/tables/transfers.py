"""Transfer files sent: the numbers they were given, and of whom one went when. Plain SQL."""

import json
from collections.abc import Collection, Mapping

from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.rows import insert_row
from pupil_desk.store.rows.same import as_kept


def last_numbers(vault: Vault, sender: str) -> dict[str, int]:
    """The last number that a sender gave, by destination."""
    rows = vault.rows("SELECT destination, max(number) AS number FROM ctf_serial WHERE sender = ? GROUP BY destination", (sender,))
    return {row["destination"]: row["number"] for row in rows}


def add_numbers(vault: Vault, values: Mapping[str, str], numbers: list[tuple[str, int]]) -> None:
    """Keep numbers given, each by its destination; ``values`` are the sender and the export, the same for all."""
    for destination, number in numbers:
        insert_row(vault, "ctf_serial", {**values, "destination": destination, "number": number})


def last_told(vault: Vault, export: str, ids: Collection[str] | None = None) -> dict[str, str]:
    """The last day (ISO) on which each pupil was told of by an export of that name; with ``ids`` of these alone."""
    return {pupil_id: row["last"] for pupil_id, row in last_disclosures(vault, export, ids).items()}


def last_disclosures(vault: Vault, export: str, ids: Collection[str] | None = None) -> dict[str, Row]:
    """As ``last_told``, with the moment in which the last was made: ``last`` and ``at``."""
    # ``same.among`` would have the engine go through all that was ever told, for these few
    condition = (
        ""
        if ids is None
        else "AND pupil_id IN (SELECT id FROM pupil WHERE id IN (SELECT value FROM json_each(?2)) OR same_as IN (SELECT value FROM json_each(?2)))"
    )
    rows = vault.rows(
        f"""SELECT {as_kept()} AS pupil_id, max("on") AS last, max(at) AS at FROM disclosure
           WHERE what = ?1 AND way = 'export' {condition} GROUP BY 1""",
        (export,) if ids is None else (export, json.dumps(list(ids))),
    )
    return {row["pupil_id"]: row for row in rows}
