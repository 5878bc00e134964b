"""Earlier addresses: plain SQL over the table ``former_address``, which only grows."""

from collections import defaultdict
from collections.abc import Iterable

from pupil_desk.domain.pupils.pupil import FormerAddress
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows import rows
from pupil_desk.store.rows.rows import columns, insert, read, record_of, reverse
from pupil_desk.store.rows.same import PERSON, among, as_kept, id_list, of_person

_COUNTS = "NOT EXISTS (SELECT 1 FROM former_address_reversal r WHERE r.address_id = former_address.id)"
_ORDER = "ORDER BY coalesce(moved_on, ''), at, id"


def add(vault: Vault, address: FormerAddress, *, moment: str, actor: str) -> None:
    """Record where a pupil lived before."""
    insert(vault, "former_address", address, at=moment, recorded_by=actor)


def take_back(vault: Vault, address: FormerAddress, *, reason: str, moment: str, actor: str, act: str) -> None:
    """Record that the pupil never lived there."""
    reverse(vault, "former_address_reversal", "address_id", address, reason=reason, moment=moment, actor=actor, act=act)


def of_pupil(vault: Vault, pupil_id: str) -> list[FormerAddress]:
    """A pupil's earlier addresses, the first one first; those taken back since are left out."""
    sql = f"SELECT {columns(FormerAddress)} FROM former_address WHERE {of_person()} AND {_COUNTS} {_ORDER}"
    return read(vault, FormerAddress, sql, (pupil_id,))


def taken_back(vault: Vault, pupil_id: str) -> list[tuple[FormerAddress, str]]:
    """The others of a pupil, each with why it was taken back."""
    found = vault.rows(
        f"""SELECT {columns(FormerAddress, "a")}, r.reason FROM former_address a JOIN former_address_reversal r ON r.address_id = a.id
            WHERE {of_person("a")} ORDER BY r.at, a.id""",
        (pupil_id,),
    )
    return [(record_of(FormerAddress, row), row["reason"]) for row in found]


def kept_at(vault: Vault, pupil_id: str, moment: str) -> list[FormerAddress]:
    """The earlier addresses of a pupil that were kept at that moment, and count still: one at most."""
    sql = f"SELECT {columns(FormerAddress)} FROM former_address WHERE {of_person()} AND at = ?2 AND {_COUNTS}"
    return read(vault, FormerAddress, sql, (pupil_id, moment))


def taken_back_at(vault: Vault, pupil_id: str, moment: str) -> list[FormerAddress]:
    """Those of a pupil that were taken back at that moment: one at most."""
    sql = f"""SELECT {columns(FormerAddress, "a")} FROM former_address a JOIN former_address_reversal r ON r.address_id = a.id
              WHERE {of_person("a")} AND r.at = ?2"""
    return read(vault, FormerAddress, sql, (pupil_id, moment))


def at_postcode(vault: Vault, postcode: str | None) -> set[str]:
    """The pupils who live at a postcode, or of whom a contact does; without one those of whom none is on file."""
    rows_found = vault.rows(
        f"""SELECT id FROM pupil WHERE postcode IS ?1 AND {PERSON}
            UNION SELECT {as_kept("c.pupil_id")} FROM contact c WHERE c.postcode IS ?1""",
        (postcode,),
    )
    return {row["id"] for row in rows_found}


def by_pupil(vault: Vault, ids: Iterable[str] | None = None) -> defaultdict[str, list[FormerAddress]]:
    """Every pupil's earlier addresses that count; with ``ids`` these pupils'."""
    sql = f"SELECT {columns(FormerAddress)} FROM former_address WHERE {among('pupil_id', 1)} AND {_COUNTS} {_ORDER}"
    return rows.by_pupil(vault, FormerAddress, sql, (id_list(ids),))
