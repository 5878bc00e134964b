"""What the strong-room's tests are made of: a unit's file and its ways in, rows to put in it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pupil_desk import __version__
from pupil_desk.store.file import anchor, audit, engine, opening
from pupil_desk.store.file.vault import Vault

NAME, USER, PASSWORD = "Jo Bright", "11111111-1111-4111-8111-111111111111", "slow green kettle by the window"
AT = datetime(2026, 11, 24, 9, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Unit:
    """A closed unit's file and the ways in."""

    path: Path
    recovery_code: str
    name: str = NAME
    user: str = USER
    password: str = PASSWORD

    def unlock(self) -> Vault:
        return opening.unlock(self.path, name=self.name, password=self.password).vault

    def raw_key(self) -> bytes:
        """What a holder of a password can take out of the running program: the key of the encrypted file."""
        with self.unlock() as opened:
            return opened.key("db")


def write_log(vault: Vault, count: int = 1, action: str = "view") -> None:
    """Log rows, each in a transaction of its own."""
    for _each in range(count):
        with vault.transaction():
            audit.append(
                vault, moment=AT, user_id=USER, role="office", action=action, kind="pupil", object_id="p-1", app_version=__version__
            )


def add_pupil(vault: Vault, number: int, surname: str = "Marker-Zeta") -> None:
    """One pupil's row and its log row, as a service would save it."""
    with vault.transaction():
        vault.execute(
            "INSERT INTO pupil (id, ref, surname, forename, dob, sort_key) VALUES (?, ?, ?, ?, ?, ?)",
            (f"pupil-{number}", f"R{number}", surname, "Ada", "2011-03-04", surname),
        )
        audit.append(
            vault,
            moment=AT,
            user_id=USER,
            role="office",
            action="pupil-add",
            kind="pupil",
            object_id=f"pupil-{number}",
            app_version=__version__,
        )


def from_outside(unit: Unit, *statements: str) -> None:
    """Change a closed unit's file by SQL with the raw key, past our guards and triggers: what a skilled insider could.

    The triggers are put back as they were: that some are missing would be seen by itself. So would be that the file was touched at all,
    so the note of how it was left is taken away.
    """
    con = engine.connect(unit.path, unit.raw_key())
    con.execute("BEGIN")  # one flush to the disk for all of it
    triggers = con.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for trigger in triggers:
        con.execute(f'DROP TRIGGER "{trigger[0]}"')
    for statement in statements:
        con.execute(statement)
    for trigger in triggers:
        con.execute(trigger[1])
    con.execute("COMMIT")
    con.close()
    anchor.begin(unit.path)
