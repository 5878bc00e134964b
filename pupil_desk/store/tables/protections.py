"""Protections: set and lifted, each an event."""

from collections import defaultdict
from datetime import date
from typing import Any

from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.rows import columns, insert, insert_row, read, read_first, record_of
from pupil_desk.store.rows.same import as_kept, of_person

_STANDING = "NOT EXISTS (SELECT 1 FROM protection_lift l WHERE l.protection_id = protection.id)"


def add(vault: Vault, protection: Protection, *, moment: str, actor: str, act: str = "") -> None:
    """Record that a protection is set."""
    insert(vault, "protection", protection, at=moment, set_by=actor, act=act)


def lift(vault: Vault, protection: Protection, *, reason: str, moment: str, actor: str) -> None:
    """Record that a protection is lifted."""
    insert_row(
        vault, "protection_lift", protection_id=protection.id, pupil_id=protection.pupil_id, reason=reason, at=moment, lifted_by=actor
    )


def get(vault: Vault, protection_id: str) -> Protection | None:
    """A protection that has not been lifted."""
    return read_first(vault, Protection, f"SELECT {columns(Protection)} FROM protection WHERE id = ? AND {_STANDING}", (protection_id,))


def of_act(vault: Vault, act: str) -> list[Protection]:
    """The protections that an act set and that have not been lifted."""
    return read(vault, Protection, f"SELECT {columns(Protection)} FROM protection WHERE act = ? AND {_STANDING} ORDER BY since, id", (act,))


def of_pupil(vault: Vault, pupil_id: str, *days: date) -> list[Protection]:
    """A pupil's protections in force on any of the days, those of the pupil's contacts among them."""
    rows = vault.rows(f"SELECT {columns(Protection)} FROM protection WHERE {of_person()} AND {_STANDING} ORDER BY since, id", (pupil_id,))
    return [protection for row in rows if any(map((protection := record_of(Protection, row)).in_force, days))]


def by_pupil(vault: Vault, *days: date) -> defaultdict[Any, list[Protection]]:
    """Every pupil's protections in force on any of the days."""
    protections_by_pupil: defaultdict[Any, list[Protection]] = defaultdict(list)
    for pupil_id, protections in standing(vault).items():
        if in_force := [protection for protection in protections if any(map(protection.in_force, days))]:
            protections_by_pupil[pupil_id] = in_force
    return protections_by_pupil


def standing(vault: Vault) -> dict[str, list[Protection]]:
    """Every pupil's protections that were not lifted, those to come and those that have ended among them."""
    protections_by_pupil: dict[str, list[Protection]] = {}
    for row in vault.rows(f"SELECT {columns(Protection)} FROM protection WHERE {_STANDING} ORDER BY since, id"):
        protection = record_of(Protection, row)
        protections_by_pupil.setdefault(protection.pupil_id, []).append(protection)
    return protections_by_pupil


def set_since(vault: Vault, moment: str) -> frozenset[str]:
    """The pupils of whom a protection was set after a moment (as it is kept), in force or not."""
    return frozenset(
        row["pupil_id"] for row in vault.rows(f"SELECT DISTINCT {as_kept()} AS pupil_id FROM protection WHERE at > ?", (moment,))
    )


def history(vault: Vault, pupil_id: str) -> list[Row]:
    """All that was ever set on a pupil, with who set and who lifted it, when and why."""
    return vault.rows(
        f"""SELECT p.id, {as_kept("p.contact_id", "contact")} AS contact_id, p.kind, p.reason, p.since, p."until", p.at, s.name AS set_by,
             l.reason AS lift_reason, l.at AS lifted_at, t.name AS lifted_by
           FROM protection p LEFT JOIN staff s ON s.id = p.set_by LEFT JOIN protection_lift l ON l.protection_id = p.id
             LEFT JOIN staff t ON t.id = l.lifted_by
           WHERE {of_person("p")} ORDER BY p.at, p.id""",
        (pupil_id,),
    )
