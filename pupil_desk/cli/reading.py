"""read: a command that only looks, on a backup in the place of the unit's file. What writes is refused by name."""

import argparse

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _, join_words
from pupil_desk.cli.arguments import COMMANDS, parser

READING = {
    **dict.fromkeys(("pupils", "show", "preview", "retention", "attendance", "plans"), ""),
    "incident": "list",
    **dict.fromkeys(("exports", "check", "log"), ""),
    "rules": "list",
}
"""The commands that change nothing and write no file, of those with several acts the one that only looks; ``tests/cli/test_reading.py`` tries each, and
that each other is refused."""
_ALL = {command.name for command in COMMANDS}
_NAMES = [f"{name} {act}".strip() for name, act in READING.items()]


def of_backup(args: argparse.Namespace) -> argparse.Namespace:
    """The arguments of the command that stands after ``read``, with the backup as its file. Raises WrongUse."""
    options, words = _options_first(args.words)
    if not words:
        raise WrongUse(_("Name a command that only looks: {commands}.").format(commands=join_words(_NAMES)))
    name, *rest = words
    if name not in _ALL:
        raise WrongUse(_("There is no command “{name}”. “pupil-desk --help” says more.").format(name=name))
    if name not in READING:
        raise _not_done(name)
    inner = parser().parse_args([name, str(args.backup.absolute()), *options, *rest])
    if READING[name] and inner.act != READING[name]:
        raise _not_done(f"{name} {inner.act}")
    inner.json = inner.json or args.json
    inner.reads_backup = True
    return inner


def _not_done(name: str) -> WrongUse:
    words = _("“{name}” is not done on a backup. There one can only look: {commands}.")
    return WrongUse(words.format(name=name, commands=join_words(_NAMES)))


def _options_first(words: list[str]) -> tuple[list[str], list[str]]:
    """What stands before the name of the command, such as ``--json`` and ``--user NAME``, and the rest."""
    beginning = [place for place, word in enumerate(words) if not word.startswith("-") and words[place - 1 : place] != ["--user"]]
    named = next((place for place in beginning if words[place] in _ALL), None)
    count = named if named is not None else next(iter(beginning), len(words))
    return words[:count], words[count:]
