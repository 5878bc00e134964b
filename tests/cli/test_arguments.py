"""The help page of the command line says what the parser takes, and the columns that an export has."""

import argparse
import functools
import re
from pathlib import Path

import pytest

from pupil_desk.basics.places import resource
from pupil_desk.cli.arguments import COMMANDS, IMPORT_KINDS, Syntax, parser
from pupil_desk.cli.parsing import Parser
from pupil_desk.cli.reading import READING
from pupil_desk.cli.run import work_of
from pupil_desk.domain.sharing.sharing import Rules
from pupil_desk.services.exports import EXPORTS, post_16, register
from pupil_desk.services.exports.export import Option
from pupil_desk.services.exports.youth_support import columns

HELP = resource("help", "90-command-line.md").read_text(encoding="utf-8")


@functools.cache
def _commands() -> dict[str, Parser]:
    (commands,) = (action for action in parser()._actions if isinstance(action, argparse._SubParsersAction))
    return dict(commands.choices)


@functools.cache
def _told() -> dict[str, str]:
    """What the help says of each command: the line that begins with it, and what follows before the next line of its kind."""
    found = re.split(r"^(?:#.*|- (?:`([a-z-]+)[ `])?)", HELP, flags=re.MULTILINE)
    return {name: words for name, words in zip(found[1::2], found[2::2], strict=True) if name in _commands()}


def _options(name: str) -> set[str]:
    return {option for action in _commands()[name]._actions for option in action.option_strings if option.startswith("--")}


def test_the_help_of_a_command_names_its_options_and_no_others() -> None:
    everywhere = {"--help", "--json", "--user"}
    assert _told().keys() == _commands().keys()
    for name, words in _told().items():
        day = set() if "`--on" in words or name == "evacuation" else {"--on"}  # told once for all that have it
        assert set(re.findall(r"(?<![\w-])--[a-z-]+", words)) - everywhere == _options(name) - everywhere - day, name


def test_the_help_names_each_command_that_is_judged_on_a_day() -> None:
    general = HELP.partition("## Signing in")[2].partition("##")[0]
    told = re.search(r"`--on DATE` .* judged on, for ([^.]+)\.", general)
    assert told is not None
    assert set(re.findall(r"`([a-z-]+)`", told[1])) == {name for name in _commands() if "--on" in _options(name)} - {"evacuation"}


def test_the_help_of_a_command_names_what_can_be_chosen() -> None:
    """But for the usual, and a format that one export has alone and in no other way."""
    for name, command in _commands().items():
        choices = {str(choice) for action in command._actions for choice in action.choices or ()}
        assert {choice for choice in choices - {"standard", "refuse", "xml"} if choice not in _told()[name].lower()} == set(), name


def test_the_help_names_each_kind_of_import() -> None:
    kinds = set(re.findall(r"`([a-z-]+)`", _told()["template"] + _told()["import"]))
    assert set(IMPORT_KINDS) - kinds == set()


def test_the_help_names_the_commands_that_only_look() -> None:
    told = re.search(r"They are ([^;]+);", _told()["read"])
    assert told is not None
    assert re.findall(r"`([a-z ]+)`", told[1]) == [f"{name} {act}".strip() for name, act in READING.items()]


def test_the_help_says_which_exports_tell_of_a_period_and_which_of_pupils_by_name() -> None:
    of_period = re.search(r"names them\. ([^.]+) tell of a period", _told()["export"])
    by_name = re.search(r"forms to sign; .*? ([^.]+) can be asked so too", _told()["export"])
    assert of_period is not None
    assert by_name is not None
    assert set(re.findall(r"`([a-z-]+)`", of_period[1])) == {export.name for export in EXPORTS if Option.PERIOD in export.options}
    assert {"la-new-pupil", "la-leaver", *re.findall(r"`([a-z]+(?:-[a-z]+)*)`", by_name[1].rpartition("not. ")[2])} == {
        export.name for export in EXPORTS if Option.PUPILS in export.options
    }


@pytest.mark.parametrize("syntax", COMMANDS, ids=lambda syntax: syntax.name)
def test_every_command_has_its_work(syntax: Syntax) -> None:
    work = work_of(syntax)
    assert f"{work.__module__}.{work.__name__}" == f"pupil_desk.cli.{syntax.work}"


def test_the_columns_are_those_of_the_file_in_their_order() -> None:
    plain = [column.heading for column in columns(Rules())]
    with_parent = [column.heading for column in columns(Rules(with_parent=True))]
    assert f"The columns of `youth-support`, in this order: {', '.join(plain)}." in HELP
    for name, told in (("register", register._COLUMNS), ("post-16", post_16.COLUMNS)):
        assert f"The columns of `{name}`, in this order: {', '.join(column.heading for column in told)}." in HELP
    assert f"these follow: {', '.join(with_parent[len(plain) :])}." in HELP


def test_no_secret_is_ever_an_argument() -> None:
    said = [option for command in _commands().values() for action in command._actions for option in action.option_strings]
    assert [option for option in said if any(word in option for word in ("password", "code", "key", "secret"))] == []


def test_a_day_is_iso_and_a_path_is_a_path() -> None:
    args = parser().parse_args(["preview", "u.pupildesk", "youth-support", "--user", "Dee", "--on", "2026-11-24"])
    assert (args.file, args.on.isoformat(), args.json) == (Path("u.pupildesk"), "2026-11-24", False)
