"""The unit's settings, each saving a new version; its terms and closures."""

from pupil_desk.domain.unit.settings import Closure, Term, UnitSettings
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows.rows import columns, insert, read, record_of


def current(vault: Vault) -> UnitSettings:
    row = vault.first_row(f"SELECT {columns(UnitSettings)} FROM settings ORDER BY version DESC LIMIT 1")
    assert row is not None, "a unit's file has settings from the first transaction on"
    return record_of(UnitSettings, row)


def add_version(vault: Vault, settings: UnitSettings, *, moment: str, actor: str) -> None:
    """Keep a new version of the settings."""
    insert(vault, "settings", settings, set_at=moment, set_by=actor)


def terms(vault: Vault) -> list[Term]:
    """The terms, in order."""
    return read(vault, Term, f'SELECT {columns(Term)} FROM term ORDER BY "start"')


def closures(vault: Vault) -> list[Closure]:
    """The days the unit is closed in term, in order."""
    return read(vault, Closure, f"SELECT {columns(Closure)} FROM closure ORDER BY day")


def replace_calendar(vault: Vault, new_terms: list[Term], new_closures: list[Closure]) -> None:
    """Put a calendar in the place of the one there is."""
    vault.execute("DELETE FROM term")
    vault.execute("DELETE FROM closure")
    for term in new_terms:
        insert(vault, "term", term)
    for closure in new_closures:
        insert(vault, "closure", closure)


def calendar_confirmed(vault: Vault) -> bool:
    """Whether somebody has said that the school year on file is the unit's own."""
    return vault.first_row("SELECT 1 FROM calendar_confirmed LIMIT 1") is not None


def add_calendar_confirmed(vault: Vault, *, moment: str, actor: str, way: str) -> None:
    """Keep that somebody said so. ``way`` is «saved», with what was typed or read from a file, or «confirmed» as it stood."""
    vault.execute("INSERT INTO calendar_confirmed (at, by, how) VALUES (?, ?, ?)", (moment, actor, way))


def is_training(vault: Vault) -> bool:
    """Whether every pupil in the file is invented."""
    row = vault.first_row("SELECT training FROM identity")
    return bool(row and row["training"])
