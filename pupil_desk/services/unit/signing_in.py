"""Signing in, and out: while the password is worked on, which takes half a second, what comes after it is read."""

import contextlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from pupil_desk.basics.clock import Clock
from pupil_desk.basics.pc.placement_check import require_good as require_good_place
from pupil_desk.basics.text import tidy
from pupil_desk.store.file import opening
from pupil_desk.store.file.vault import Vault

if TYPE_CHECKING:
    from pupil_desk.services.desk import Desk


def sign_in(path: Path, *, name: str, password: str, clock: Clock, read_only: bool = False, going_on: str = "") -> "Desk":
    """Open a unit's file; ``read_only``, to look at it alone, whatever is wrong with it.

    ``going_on`` is a data officer's reason why a file goes on whose last changes are missing, for the log. Raises what
    ``opening.unlock`` raises, and NotAllowed for a user who has been disabled.
    """
    require_good_place(path)
    going_on = tidy(going_on)

    def ask(vault: Vault, user_id: str, missing: str) -> None:
        from pupil_desk.services.unit import arriving

        if not (going_on and arriving.may_go_on(vault, user_id)):
            opening.refuse_older(vault, user_id, missing)

    with ThreadPoolExecutor(1) as beside:
        beside.submit(_read_what_follows)
        unlocked = opening.unlock(path, name=name, password=password, clock=clock, read_only=read_only, on_older=ask)
    with _closing_on_failure(unlocked.vault):
        from pupil_desk.services.unit import arriving

        return arriving.at_desk(unlocked, clock, read_only=read_only, going_on=going_on)


def _read_what_follows() -> None:
    import pupil_desk.services.unit.arriving  # noqa: F401 - so that it is there already


@contextlib.contextmanager
def _closing_on_failure(vault: Vault) -> Iterator[None]:
    """Whatever goes wrong before somebody is at the desk, the file is closed: the next try finds it free."""
    try:
        yield
    except BaseException:
        vault.close()
        raise


def sign_out(desk: "Desk", *, locked: bool = False) -> None:
    """Log that the person left, and close the file."""
    if not desk.vault.read_only and not desk.vault.is_closed:  # as it may be after work on its key
        with desk.vault.transaction():
            desk.append(desk.clock.now(), "lock" if locked else "sign-out", "staff", desk.user.id, "")
    desk.vault.close()
