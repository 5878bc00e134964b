"""A unit's file: making one, signing in, signing out, and getting in again by the recovery code."""

from dataclasses import dataclass
from pathlib import Path

from pupil_desk import __version__
from pupil_desk.basics.clock import Clock, stamp
from pupil_desk.basics.pc.placement_check import require_good as require_good_place
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import problems_of, refuse
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.domain.unit.staff import Role, StaffMember, checked_name
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.notes import second_key
from pupil_desk.services.rules.loading import open_rules, rules_of
from pupil_desk.services.unit import arriving, data_key, drafts, standings
from pupil_desk.services.unit.signing_in import sign_in, sign_out
from pupil_desk.services.unit.staff import NewSecret
from pupil_desk.store.file import anchor, opening, passwords, staging, tries
from pupil_desk.store.file.keyslots import Cost, calibrate
from pupil_desk.store.file.tries import Tries
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import settings as settings_store
from pupil_desk.store.tables import staff as staff_store

__all__ = [
    "CODE_USED",
    "Recovered",
    "calibrated",
    "copy_as_it_is",
    "create_unit",
    "is_training",
    "open_with_recovery_code",
    "sign_in",
    "sign_out",
    "weakness",
]

CODE_USED = "recovery-code-used"  # as it stands in the log; a new code comes with it


def create_unit(
    path: Path, settings: UnitSettings, *, user: str, password: str, clock: Clock, training: bool = False, cost: Cost | None = None
) -> tuple[Desk, str]:
    """Make a unit's file, its first user a data officer; returns the desk, signed in, and the recovery code, shown once.

    Raises Refused for wrong details, WrongUse for a weak password, a file that is there or a place where no live file
    may be, CannotWrite.
    """
    from pupil_desk.services.unit.calendars import first_calendar  # for a new unit alone: a sign-in does without
    from pupil_desk.services.unit.settings import check_settings

    require_good_place(path, new=True)
    refuse(problems_of(settings, clock.today()))
    refuse(check_settings(settings))
    name = checked_name(user)
    passwords.require_good(password, of=(settings.name, name))
    officer = StaffMember(id=new_id(), name=name, role=Role.DATA_OFFICER)

    def fill(vault: Vault) -> None:
        with vault.transaction():
            staff_store.add(vault, officer)
            Desk(vault, officer, clock).append(clock.now(), standings.NEW_UNIT, "unit", vault.vault_id, "")
            first_calendar(vault)
            settings_store.add_version(vault, settings, moment=stamp(clock.now()), actor=officer.id)

    vault, code = opening.create(
        path,
        name=name,
        user_id=officer.id,
        password=password,
        cost=cost,
        app_version=__version__,
        training=training,
        clock=clock,
        fill=fill,
    )
    open_rules(vault)  # nothing of a unit that was open before
    return Desk(vault, officer, clock), code


@dataclass(frozen=True, slots=True)
class Recovered:
    """A file opened by its recovery code: the users, of whom one is to get a new password."""

    vault: Vault
    clock: Clock
    wrong_before: Tries = Tries()
    going_on: str = ""

    def users(self) -> list[StaffMember]:
        """The users who may sign in."""
        return [member for member in standings.users(self.vault) if member.active]

    @property
    def unit_name(self) -> str:
        """The unit's name, which no password may be."""
        return settings_store.current(self.vault).name

    def new_password(self, member: StaffMember, password: str) -> NewSecret[Desk]:
        """A new code for the sheet. Once it is put in force the user has that password, and the code used is dead.

        Both hold at once, or neither; then the file is given a new key, if that can be at once. It gives the desk, signed in. Raises
        WrongUse for a weak password, FileClosed if the file was closed for good, and both hold.
        """
        passwords.require_good(password, of=(self.unit_name, member.name))
        second_key.keep_with_new_password(self.vault, member)
        desk, rules = Desk(self.vault, member, self.clock), rules_of(self.vault)  # read before: nothing may fail once both are in force

        def keep(code: str) -> Desk:
            missing = anchor.missing(self.vault)
            with self.vault.transaction():
                arriving.log_wrong_tries(self.vault, self.wrong_before)
                desk.append(self.clock.now(), CODE_USED, "staff", member.id, "")
                arriving.log_older(desk, missing, self.going_on)
                arriving.put_users_right(desk)
                drafts.lose(Work(desk, self.clock.now(), member.id), member.id)
                self.vault.add_slot(member.id, member.name, password)
                second_key.recovered(self.vault, member, stamp(self.clock.now()))
                self.vault.set_recovery_code(code)
                desk.append(self.clock.now(), data_key.DUE, "unit", self.vault.vault_id, "the recovery code was used")
            tries.forget(tries.place(self.vault.path))
            arriving.go_on(desk, missing)
            data_key.make_if_nobody_waits(desk)
            open_rules(self.vault, rules)
            return desk

        unchanged = _("Nothing has changed: the code that opened the file still does. The new password and the new code open nothing.")
        return NewSecret(passwords.new_code(), unchanged, keep)

    def close(self) -> None:
        """Leave everything as it was."""
        self.vault.close()


def open_with_recovery_code(path: Path, code: str, clock: Clock, *, going_on: str = "") -> Recovered:
    """Open a file by its recovery code. Raises WrongPassword; a mistyped character is named before anything is tried.

    ``going_on`` is the reason why a file goes on whose last changes are missing: the code counts as a data officer.
    """
    require_good_place(path)
    going_on = tidy(going_on)

    def ask(vault: Vault, user_id: str, missing: str) -> None:
        if not going_on:
            opening.refuse_older(vault, user_id, missing)

    unlocked = opening.unlock(path, recovery_code=code, opened_by=_("recovery code"), clock=clock, on_older=ask)
    return Recovered(unlocked.vault, clock, unlocked.wrong_before, going_on)


def copy_as_it_is(path: Path, folder: Path) -> Path:
    """Copy a closed file with all that belongs to it into a new folder in ``folder``, for somebody who can look into it; returns that folder.

    Nothing is opened: it stays as encrypted, and as damaged, as it is. Raises CannotWrite.
    """
    return staging.copy_as_it_is(path, folder)


def is_training(desk: Desk) -> bool:
    """Whether every pupil in the file is invented."""
    return settings_store.is_training(desk.vault)


def weakness(password: str, *names: str) -> str:
    """Why a password is not good enough, in a sentence for the person who chooses it; empty if it is. ``names``: the unit's, the person's."""
    return passwords.weakness(password, of=names) or ""


def calibrated() -> Cost:
    """The cost of a password on this PC: what it pays within a second, never below the floor."""
    return calibrate()
