"""The help page of the command line says what the parser takes, and the columns that an export has."""

import argparse
from pathlib import Path

import pytest

from pupil_desk.basics.places import resource
from pupil_desk.cli.arguments import COMMANDS, Syntax, parser
from pupil_desk.cli.parsing import Parser
from pupil_desk.cli.run import work_of
from pupil_desk.domain.sharing.sharing import Rules
from pupil_desk.services.exports.youth_support import columns

HELP = resource("help", "90-command-line.md").read_text(encoding="utf-8")


def _commands() -> dict[str, Parser]:
    (commands,) = (action for action in parser()._actions if isinstance(action, argparse._SubParsersAction))
    return dict(commands.choices)


@pytest.mark.parametrize("name", _commands())
def test_every_command_and_option_is_in_the_help(name: str) -> None:
    assert f"- `{name} " in HELP or f"- `{name}`" in HELP
    options = {option for action in _commands()[name]._actions for option in action.option_strings if option.startswith("--")}
    assert {option for option in options - {"--help"} if option not in HELP} == set()


@pytest.mark.parametrize("syntax", COMMANDS, ids=lambda syntax: syntax.name)
def test_every_command_has_its_work(syntax: Syntax) -> None:
    work = work_of(syntax)
    assert f"{work.__module__}.{work.__name__}" == f"pupil_desk.cli.{syntax.work}"


def test_the_columns_are_those_of_the_file_in_their_order() -> None:
    plain = [column.heading for column in columns(Rules())]
    with_parent = [column.heading for column in columns(Rules(with_parent=True))]
    assert f"in this order: {', '.join(plain)}." in HELP
    assert f"these follow: {', '.join(with_parent[len(plain) :])}." in HELP


def test_no_secret_is_ever_an_argument() -> None:
    said = [option for command in _commands().values() for action in command._actions for option in action.option_strings]
    assert [option for option in said if any(word in option for word in ("password", "code", "key", "secret"))] == []


def test_a_day_is_iso_and_a_path_is_a_path() -> None:
    args = parser().parse_args(["preview", "u.pupildesk", "youth-support", "--user", "Dee", "--on", "2026-11-24"])
    assert (args.file, args.on.isoformat(), args.json) == (Path("u.pupildesk"), "2026-11-24", False)
