"""Earlier addresses: plain SQL over the table ``former_address``, which only grows."""

from collections import defaultdict
from collections.abc import Iterable

from pupil_desk.domain.pupils.pupil import FormerAddress
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows import rows
from pupil_desk.store.rows.rows import columns, insert, read
from pupil_desk.store.rows.same import PERSON, among, as_kept, id_list, of_person

_ORDER = "ORDER BY coalesce(moved_on, ''), at, id"


def add(vault: Vault, address: FormerAddress, *, moment: str, actor: str) -> None:
    """Record where a pupil lived before."""
    insert(vault, "former_address", address, at=moment, recorded_by=actor)


def of_pupil(vault: Vault, pupil_id: str) -> list[FormerAddress]:
    """A pupil's earlier addresses, the first one first."""
    return read(vault, FormerAddress, f"SELECT {columns(FormerAddress)} FROM former_address WHERE {of_person()} {_ORDER}", (pupil_id,))


def kept_at(vault: Vault, pupil_id: str, moment: str) -> bool:
    """Whether an earlier address of a pupil was kept at that moment."""
    return vault.first_row(f"SELECT 1 FROM former_address WHERE {of_person()} AND at = ?2", (pupil_id, moment)) is not None


def at_postcode(vault: Vault, postcode: str) -> set[str]:
    """The pupils who live at a postcode, or of whom a contact does."""
    rows_found = vault.rows(
        f"""SELECT id FROM pupil WHERE postcode = ?1 AND {PERSON}
            UNION SELECT {as_kept("c.pupil_id")} FROM contact c WHERE c.postcode = ?1""",
        (postcode,),
    )
    return {row["id"] for row in rows_found}


def by_pupil(vault: Vault, ids: Iterable[str] | None = None) -> defaultdict[str, list[FormerAddress]]:
    """Every pupil's earlier addresses; with ``ids`` these pupils'."""
    return rows.by_pupil(
        vault, FormerAddress, f"SELECT {columns(FormerAddress)} FROM former_address WHERE {among('pupil_id', 1)} {_ORDER}", (id_list(ids),)
    )
