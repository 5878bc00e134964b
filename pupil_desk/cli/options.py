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
