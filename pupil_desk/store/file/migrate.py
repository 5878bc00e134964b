"""The shape of the file, as numbered history: ``scripts/NNNN_*.sql``, never edited once shipped.

All the scripts a file still needs run in one transaction, and ``user_version`` is set last in it; so a kill leaves
the old shape or the new one. ``executescript`` would commit by itself, hence the splitting.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlcipher3 import dbapi2 as driver

from pupil_desk.basics.errors import NewerVersion
from pupil_desk.basics.words import _
from pupil_desk.store.file.engine import Connection, pragma
from pupil_desk.store.file.errors import StoreFault, translated

SCRIPTS = Path(__file__).parents[1] / "scripts"


@dataclass(frozen=True, slots=True)
class Script:
    """One step of the history. Its text is read when it is asked for: a file that is up to date needs none."""

    number: int
    file: Path

    @property
    def name(self) -> str:
        """The file's name."""
        return self.file.name

    @property
    def text(self) -> str:
        """Its statements."""
        return self.file.read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What was done when a newer program first opened the file: the two versions, and where the backup lies."""

    before: str
    now: str
    backup: Path

    @property
    def sentence(self) -> str:
        """For the person who signed in."""
        return _("Pupil Desk was upgraded to {version}. A backup of how things were is at {place}.").format(
            version=self.now, place=self.backup
        )


def scripts(folder: Path | None = None) -> tuple[Script, ...]:
    """All steps in order, numbered from 1 without a gap. Raises StoreFault if one is missing or twice."""
    all_scripts = [Script(int(file.name[:4]), file) for file in sorted((folder or SCRIPTS).glob("[0-9]*.sql"))]
    if [script.number for script in all_scripts] != list(range(1, len(all_scripts) + 1)) or not all_scripts:
        raise StoreFault("the numbered scripts have a gap")
    return tuple(all_scripts)


def statements(text: str) -> list[str]:
    """A script's statements, one by one; a trigger's body is one statement. Raises StoreFault for an unfinished one."""
    complete: list[str] = []
    pending = ""
    *pieces, last = text.split(";")
    for piece in pieces:
        pending += piece + ";"
        if driver.complete_statement(pending):
            complete.append(pending.strip())
            pending = ""
    remainder = "\n".join(line for line in (pending + last).splitlines() if not line.strip().startswith("--"))
    if remainder.strip():
        raise StoreFault("a script ends in the middle of a statement")
    return complete


def steps_needed(con: Connection, path: Path, history: tuple[Script, ...]) -> tuple[Script, ...]:
    """The steps that the file still lacks. Raises NewerVersion, with nothing written, if it has more than we know."""
    with translated(path):
        version = pragma(con, "user_version")
    if version > len(history):
        raise NewerVersion(
            _(
                "{file} was written by a newer version of Pupil Desk (its form is {theirs}, this version knows {ours}). "
                "Install that version on this PC; nothing has been changed."
            ).format(file=path.name, theirs=version, ours=len(history))
        )
    return history[version:]


def apply(con: Connection, path: Path, steps: tuple[Script, ...]) -> None:
    """Run the steps in one transaction. Raises Known, or StoreFault for a script that breaks a reference."""
    if not steps:
        return
    with rebuilding(con, path):
        try:
            con.execute("BEGIN IMMEDIATE")
            run(con, steps)
            con.execute("COMMIT")
        except BaseException:
            if con.in_transaction:
                con.execute("ROLLBACK")
            raise


@contextlib.contextmanager
def rebuilding(con: Connection, path: Path) -> Iterator[None]:
    """The transaction inside may rebuild tables: one is rebuilt by dropping it, which must not reach its children.

    Nor are views looked into that name it while it is gone: without the second setting the engine refuses the new one its name.
    """
    with translated(path):
        con.execute("PRAGMA foreign_keys = OFF")
        con.execute("PRAGMA legacy_alter_table = ON")
        try:
            yield
        finally:
            con.execute("PRAGMA legacy_alter_table = OFF")
            con.execute("PRAGMA foreign_keys = ON")


def run(con: Connection, steps: tuple[Script, ...]) -> None:
    """Run the steps inside the caller's transaction, ``user_version`` last. Raises StoreFault for a broken reference."""
    for step in steps:
        for statement in statements(step.text):
            con.execute(statement)
    if steps:
        _check_references(con, steps[-1].name)
        con.execute(f"PRAGMA user_version = {steps[-1].number:d}")


def _check_references(con: Connection, script: str) -> None:
    if con.execute("PRAGMA foreign_key_check").fetchall():
        raise StoreFault(f"{script} leaves rows that refer to nothing")
