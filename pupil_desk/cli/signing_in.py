"""Signing in from the command line: the password from the environment, else typed at a terminal. Never an argument."""

import contextlib
import getpass
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pupil_desk.basics.errors import Known, WrongPassword, WrongUse
from pupil_desk.basics.places import own_unit_file
from pupil_desk.basics.words import _
from pupil_desk.cli.call import Call
from pupil_desk.services.unit import signing_in

if TYPE_CHECKING:
    from pupil_desk.services.desk import Desk

PASSWORD, NEW_PASSWORD, RECOVERY_CODE = "PUPIL_DESK_PASSWORD", "PUPIL_DESK_NEW_PASSWORD", "PUPIL_DESK_RECOVERY_CODE"


@contextlib.contextmanager
def signed_in(call: Call) -> "Iterator[Desk]":
    """The unit's file, or the backup that is read, with the named user at the desk, who is signed out again whatever happens.

    Raises what ``signing_in.sign_in`` and ``backups.open_to_look`` raise, and WrongPassword if there is no password to try.
    """
    name, password = call.args.user, password_for(call.args.user)
    if call.args.reads_backup:
        from pupil_desk.services.backup import backups  # with it comes whatever erases and exports, a third of the time of a short command

        desk = backups.open_to_look(call.args.file, call.clock, name=name, password=password, live=own_unit_file())
    else:
        desk = signing_in.sign_in(call.args.file, name=name, password=password, clock=call.clock)
    for remark in desk.vault.remarks:
        call.speaker.aside(remark)
    try:
        yield desk
    except BaseException:
        try:
            with contextlib.suppress(Known):  # the first failure is the one to tell
                signing_in.sign_out(desk)
        finally:
            desk.vault.close()
        raise
    signing_in.sign_out(desk)


def password_for(name: str) -> str:
    """The password of the person who signs in. Raises WrongPassword if there is none."""
    password = secret(PASSWORD, _("Password of {name}: ").format(name=name))
    if password is None:
        raise WrongPassword(
            _("No password was given. Put it in the environment variable {variable}, or run the command at a terminal.").format(
                variable=PASSWORD
            )
        )
    return password


def secret(variable: str, prompt: str) -> str | None:
    """From the environment, else typed at a terminal without being shown; None if there is neither.

    Raises WrongUse for a variable with bytes that are no text, or with a line break.
    """
    if value := os.environ.get(variable):
        if not value.isprintable():
            raise WrongUse(_("What {variable} holds is no text. Set it again.").format(variable=variable))
        return value
    if sys.stdin is None or not sys.stdin.isatty():
        return None
    try:
        return getpass.getpass(prompt) or None
    except EOFError:
        return None


def new_secret(variable: str, prompt: str) -> str:
    """A new password, typed twice at a terminal. Raises WrongUse if the two differ, or there is none to be had."""
    password = secret(variable, prompt)
    if password is None:
        raise WrongUse(
            _("No new password was given. Put it in the environment variable {variable}, or run the command at a terminal.").format(
                variable=variable
            )
        )
    if not os.environ.get(variable) and secret(variable, _("The same again: ")) != password:
        raise WrongUse(_("The two passwords differ. Start again."))
    return password


@dataclass(frozen=True, slots=True)
class Credentials:
    """What opens a backup: a name and a password, or the recovery code; or nothing."""

    name: str | None = None
    password: str | None = field(default=None, repr=False)
    recovery_code: str | None = field(default=None, repr=False)

    @property
    def is_given(self) -> bool:
        """Whether there is anything to try."""
        return self.password is not None or self.recovery_code is not None


def credentials(call: Call) -> Credentials:
    """A backup's own sign-in: ``--user`` and the password, else the recovery code of the environment, else nothing."""
    if call.args.user:
        return Credentials(name=call.args.user, password=password_for(call.args.user))
    return Credentials(recovery_code=os.environ.get(RECOVERY_CODE) or None)
