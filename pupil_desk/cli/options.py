"""Options that several commands share."""

import argparse
from pathlib import Path

from pupil_desk.basics.words import _
from pupil_desk.cli.parsing import Parser, day_of


def folder_option(command: Parser) -> None:
    """Where to write."""
    command.add_argument("--to", metavar="DIR", type=Path, required=True, help=_("the folder or stick to write to"))


def period(command: Parser, *, required: bool = False) -> None:
    """The days from which to which."""
    command.add_argument("--since", metavar="DATE", type=day_of, required=required, help=_("the first day of the period"))
    command.add_argument("--until", metavar="DATE", type=day_of, required=required, help=_("the last day of the period"))


def for_pupils(command: Parser | argparse._MutuallyExclusiveGroup, words: str, *, required: bool = False) -> None:
    """For which pupils."""
    command.add_argument("--for", dest="pupils", metavar="PUPIL", nargs="+", action="extend", required=required, help=words)


def of_backup(command: Parser) -> None:
    """On a backup, with a sign-in or without."""
    command.add_argument("backup", metavar="BACKUP", type=Path, help=_("the backup"))
    command.add_argument("--user", metavar="NAME", help=_("who signs in to the backup; else the recovery code in PUPIL_DESK_RECOVERY_CODE"))


def new_file(command: Parser) -> None:
    """Where to restore to."""
    command.add_argument("new_file", metavar="NEWFILE", type=Path, help=_("the file to make"))


def reading(command: Parser) -> None:
    """A backup, and a command as it would be given of a file."""
    command.add_argument("backup", metavar="BACKUP", type=Path, help=_("the backup"))
    command.add_argument(
        "words",
        metavar="COMMAND …",
        nargs=argparse.REMAINDER,
        help=_("a command that only looks, such as “pupils --user NAME”, without a file"),
    )


def backup_to_try(command: Parser) -> None:
    """Which backup, and where the certificate goes."""
    command.add_argument("backup", metavar="BACKUP", type=Path, help=_("the backup to restore for a try"))
    folder_option(command)
