"""Training units, each made once in a whole run by whichever process asks first, and copied: to make one takes two or three seconds, however few its pupils."""

import shutil
import tempfile
from pathlib import Path

from pupil_desk.basics.clock import Clock
from pupil_desk.basics.places import UNIT_FILE
from pupil_desk.services.demo.unit import OFFICER, PASSWORD, USERS, Training, make_training_unit
from pupil_desk.services.desk import Desk
from pupil_desk.services.notes import second_key
from pupil_desk.services.rules.loading import open_rules
from pupil_desk.store.file import opening
from pupil_desk.store.file.second_key import items
from pupil_desk.store.tables import staff
from tests import once


def training_unit(path: Path, *, number: int = 60, seed: int = 1, clock: Clock) -> Training:
    """What ``make_training_unit`` would make there, its data officer at the desk.

    Those of the same pupils and moment have the same number, keys and recovery code too: no two of them may meet. ``path`` has the name of a
    unit's file; what else is in its folder stays.
    """
    assert path.name == UNIT_FILE
    pattern = once.FOR_ALL[0] / f"training-{number}-{seed}-{clock.now():%Y%m%d%H%M%S}"
    if not pattern.exists():
        _make(pattern, number=number, seed=seed, clock=clock)
    shutil.copytree(pattern / "unit", path.parent, dirs_exist_ok=True)
    opened = opening.unlock(path, name=OFFICER, password=PASSWORD, clock=clock)
    officer = staff.get(opened.vault, opened.user_id)
    assert officer
    open_rules(opened.vault)
    return Training(Desk(opened.vault, officer, clock), (pattern / "code").read_text(encoding="ascii"), USERS)


def hold_key_of_notes(desk: Desk) -> None:
    """As if somebody of a training unit who holds the key of restricted notes had signed in, who then hands it over to whoever is named."""
    vault = desk.vault
    slot = next(slot for slot in vault.keys.slots if slot.user in (second_key.holders(vault) or ()))
    opened = vault.keys.unwrap(slot, PASSWORD)
    assert opened is not None
    vault.held.keys.update(items.opened(slot, opened.private, vault.vault_id))


def _make(pattern: Path, *, number: int, seed: int, clock: Clock) -> None:
    folder = Path(tempfile.mkdtemp(dir=pattern.parent))
    (folder / "unit").mkdir()
    made = make_training_unit(folder / "unit" / UNIT_FILE, number=number, seed=seed, clock=clock)
    made.desk.vault.close()
    (folder / "code").write_text(made.recovery_code, encoding="ascii")
    try:
        folder.rename(pattern)
    except OSError:  # another process has made it meanwhile
        shutil.rmtree(folder)
