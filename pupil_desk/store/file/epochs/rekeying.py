"""A copy of a unit's file given another data key, with all that it then must say of itself."""

from collections.abc import Callable
from pathlib import Path

from pupil_desk.basics.errors import Damaged
from pupil_desk.basics.files import cannot_write
from pupil_desk.store.file import audit, engine, schema, staging
from pupil_desk.store.file.epochs import sealing_keys
from pupil_desk.store.file.errors import translated
from pupil_desk.store.file.keyring import KeyRing
from pupil_desk.store.file.vault import Vault


def give_key(copy: Path, old_ring: KeyRing, new_ring: KeyRing, *, moment: str, note: Callable[[Vault], object] = lambda _new: None) -> None:
    """Have the copy encrypted anew, keep in it by which keys the past is proved, and name the new slots in it.

    ``note`` writes further rows in the same transaction. Raises Damaged if the log's chain is not whole afterwards, CannotWrite.
    """
    try:
        with translated(copy):
            _give(copy, old_ring, new_ring, moment, note)
        with open(copy, "rb+") as file:
            staging.flush(file)
    except OSError as error:
        raise cannot_write(error, copy.parent) from error


def _give(copy: Path, old_ring: KeyRing, new_ring: KeyRing, moment: str, note: Callable[[Vault], object]) -> None:
    con = engine.connect(copy, old_ring.key("db"))
    try:
        engine.rekey(con, new_ring.file_key)
        new = Vault(copy, con, new_ring.of_copy(copy), note_head=lambda _new: None)
    except BaseException:
        con.close()
        raise
    with new:
        with new.transaction():
            sealing_keys.end(new, old_ring, moment=moment)
            note(new)
        new.note_keys()
        schema.seal(new, con)
        broken = audit.first_break(new)
    if broken is not None:
        raise Damaged(broken.message)
