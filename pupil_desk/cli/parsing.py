"""How what is typed on the command line is read: days, moments and numbers, and wrong use as one sentence."""

import argparse
import re
from datetime import date, datetime
from typing import NoReturn

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import capital
from pupil_desk.basics.words import _

_NO_SUCH_COMMAND = re.compile(r"argument COMMAND: invalid choice: '?([^' ]*)")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_ISO_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?")


class Parser(argparse.ArgumentParser):
    """Wrong use is one sentence like every other error, and no list of options."""

    def error(self, message: str) -> NoReturn:
        """Raises WrongUse."""
        if match := _NO_SUCH_COMMAND.match(message):
            reason = _("There is no command “{name}”").format(name=match[1])
        elif message.endswith(": COMMAND"):
            reason = _("Name a command")
        else:
            reason = capital(message)
        raise WrongUse(_("{what}. “{program} --help” says more.").format(what=reason, program=self.prog))


def day_of(text: str) -> date:
    """A day as the contract writes it. Raises ArgumentTypeError."""
    if _ISO.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise argparse.ArgumentTypeError(_("write the day as 2026-11-24"))


def moment_of(text: str) -> datetime:
    """A day and a time of the office's own clock. Raises ArgumentTypeError."""
    if _ISO_MOMENT.fullmatch(text):
        try:
            return datetime.fromisoformat(text).astimezone()
        except ValueError:
            pass
    raise argparse.ArgumentTypeError(_("write the day and the time as 2026-11-24T10:05"))


def number_of(text: str) -> int:
    """A whole number. Raises ArgumentTypeError."""
    if text.isascii() and text.isdigit() and len(text) < 10:
        return int(text)
    raise argparse.ArgumentTypeError(_("write a whole number"))
