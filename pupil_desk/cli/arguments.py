"""The words of the command line: every command with its arguments and its help."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pupil_desk import __version__
from pupil_desk.basics.words import _
from pupil_desk.cli import taking_out
from pupil_desk.cli.options import backup_to_try, folder_option, new_file, of_backup, period, reading
from pupil_desk.cli.parsing import Parser, day_of, moment_of, number_of

_STATUSES = _(
    "Exit status: 0 done; 1 done in part, or a check found something; 2 wrong use; 3 wrong password, or not allowed; "
    "4 the file is in use; 5 damaged, or not one of ours; 6 made by a newer version; 7 could not be written. "
    "The password is taken from the environment variable PUPIL_DESK_PASSWORD, else asked for at a terminal."
)

IMPORT_KINDS = (
    "pupils",
    "contacts",
    "choices",
    "attendance",
    "school-marks",
    "provider-returns",
    "suspensions",
    "leave-requests",
    "health",
    "medicines",
    "incidents",
    "accidents",
    "plans",
    "assessments",
    "learning",
    "placements",
    "providers",
    "school-places",
    "school-contacts",
    "journeys",
    "routes",
    "exam-entries",
    "exam-arrangements",
    "destinations",
    "ctf",
    "lrs-answer",
)
"""The kinds of import, named here so that help is shown without the services. ``tests/rules/test_places.py`` holds them to ``IMPORTS``."""
_NO_TABLES = ("ctf", "lrs-answer")  # read as they come: nobody types them, so they have no template

# -- the kinds of command


def _plain(command: Parser) -> None:
    """With nothing beside what all commands have."""


def _of_file(command: Parser) -> None:
    """On a unit’s file, which signs in."""
    command.add_argument("file", metavar="FILE", type=Path, help=_("the unit’s file"))
    command.add_argument("--user", metavar="NAME", required=True, help=_("who signs in"))


def _of_file_on_a_day(command: Parser) -> None:
    """On a unit’s file, judging a rule, and so of a day."""
    _of_file(command)
    command.add_argument("--on", metavar="DATE", type=day_of, help=_("the day to judge on, such as 2026-11-24; today if not given"))


# -- the unit's file


def _new(command: Parser) -> None:
    command.add_argument("file", metavar="FILE", type=Path, help=_("the file to make, such as unit.pupildesk"))
    command.add_argument("--unit", metavar="NAME", required=True, help=_("the unit’s name"))
    command.add_argument("--la", metavar="NUMBER", required=True, help=_("the authority’s number, 3 digits"))
    command.add_argument("--estab", metavar="NUMBER", required=True, help=_("the establishment’s number, 4 digits"))
    command.add_argument("--user", metavar="NAME", required=True, help=_("the first user"))


def _users(command: Parser) -> None:
    command.add_argument("act", metavar="add", choices=["add"], help=_("the word “add”"))
    command.add_argument("name", metavar="NAME", help=_("the name they will sign in by"))
    command.add_argument("--role", choices=["office", "assistant-head", "data-officer"], required=True, help=_("what they may do"))


def _rules(command: Parser) -> None:
    command.add_argument(
        "act",
        metavar="list|show|apply|undo",
        choices=["list", "show", "apply", "undo"],
        help=_("list the rules in force; show what a pack would change; apply it; undo the last one"),
    )
    command.add_argument("pack", metavar="PACK", type=Path, nargs="?", help=_("the signed pack of rules, for show and apply"))


def _log(command: Parser) -> None:
    command.add_argument("--pupil", metavar="PUPIL", help=_("only what concerns one pupil, by UPN or reference"))


# -- bringing in


def _template(command: Parser) -> None:
    command.add_argument("kind", metavar="KIND", help=", ".join(name for name in IMPORT_KINDS if name not in _NO_TABLES))


def _import(command: Parser) -> None:
    command.add_argument("kind", metavar="KIND", help=_("{kinds}, or auto").format(kinds=", ".join(IMPORT_KINDS)))
    command.add_argument("source", metavar="SOURCE", type=Path, help=_("the file to read"))
    command.add_argument("--dry-run", action="store_true", help=_("say what would be done, and do nothing"))
    command.add_argument("--strict", action="store_true", help=_("keep nothing if any row is refused"))
    command.add_argument(
        "--accept",
        choices=["theirs", "mine"],
        help=_("whose word to keep where a cell differs; without it theirs, and for a Common Transfer File mine"),
    )
    command.add_argument(
        "--same-name",
        choices=["update", "new"],
        default="",
        help=_(
            "what becomes of a row without a UPN that has the name and date of birth of a pupil with one: that pupil is meant, or a new one; without it nothing of the row is taken"
        ),
    )
    command.add_argument("--unknown-relationship", choices=["other", "refuse"], help=_("a contact whose relationship is not in the list"))
    command.add_argument("--sheet", metavar="NAME", help=_("which sheet of a workbook to read; without it the first that holds anything"))
    command.add_argument(
        "--map",
        metavar="HEADING=COLUMN",
        action="append",
        default=[],
        help=_("which column a heading means that is not known; nothing after the = leaves it out; may be given several times"),
    )


# -- looking


def _pupils(command: Parser) -> None:
    command.add_argument("--all", action="store_true", help=_("leavers too"))


def _show(command: Parser) -> None:
    command.add_argument("pupil", metavar="PUPIL", help=_("a UPN or our reference"))


def _preview(command: Parser) -> None:
    command.add_argument(
        "recipient",
        metavar="RECIPIENT",
        help=_("youth-support, post-16, or a kind of recipient that the settings name, such as main-school"),
    )


def _attendance(command: Parser) -> None:
    period(command, required=True)


def _evacuation(command: Parser) -> None:
    command.add_argument(
        "--on", metavar="DATETIME", type=moment_of, dest="moment", help=_("the moment, such as 2026-11-24T10:05; now if not given")
    )
    folder_option(command)


def _incident(command: Parser) -> None:
    command.add_argument(
        "act",
        metavar="add|list|report|letter",
        choices=["add", "list", "report", "letter"],
        help=_("enter an incident; list all; write the parents’ report about one, or the letter home to whose child was hurt or searched"),
    )
    command.add_argument(
        "what",
        metavar="JSON|REF",
        nargs="?",
        help=_("for add the incident as JSON, a file of it, or - for standard input; for report and letter its reference"),
    )
    command.add_argument("--to", metavar="DIR", type=Path, help=_("for report and letter, the folder to write to"))
    command.add_argument(
        "--accounts",
        metavar="JSON",
        help=_("of an incident of several pupils what each one’s report or letter says in place of the account: JSON, a file of it, or -"),
    )


def _plans(command: Parser) -> None:
    command.add_argument(
        "--due-by", metavar="DATE", type=day_of, help=_("only plans of which something is due by that day, such as 2026-12-31, or late")
    )


# -- training, and this installation


def _demo(command: Parser) -> None:
    command.add_argument("folder", metavar="DIR", type=Path, help=_("a new or empty folder"))
    command.add_argument("--pupils", metavar="N", type=number_of, default=60, help=_("how many; 60 if not given"))
    command.add_argument("--seed", metavar="N", type=number_of, default=1, help=_("another number makes other people"))


def _self_test(command: Parser) -> None:
    command.add_argument("--to", metavar="FILE", type=Path, help=_("also write the report as plain text to a new file"))
    command.add_argument("--steps", action="store_true", help=_("name each check on standard error as it begins"))


# -- all of them


@dataclass(frozen=True, slots=True)
class Syntax:
    """A command: its name, the function of this room that does its work, what it does in words, and its arguments: those of its kind, and its own."""

    name: str
    work: str
    summary: str
    kind: Callable[[Parser], None]
    own: Callable[[Parser], None] = _plain


COMMANDS = (
    Syntax(
        "new", "unit_file.new", _("make a unit’s file; the first user is a data officer, and the recovery code is shown once"), _plain, _new
    ),
    Syntax(
        "users", "unit_file.users", _("add a member of staff; their first password is taken from PUPIL_DESK_NEW_PASSWORD"), _of_file, _users
    ),
    Syntax("rotate-keys", "unit_file.rotate_keys", _("make a new key; list the backups that old passwords still open"), _of_file),
    Syntax("template", "importing.template", _("write the CSV header row of a kind of import; needs no file"), _plain, _template),
    Syntax("import", "importing.import_file", _("read a CSV or XLSX file, or a Common Transfer File, into the unit"), _of_file, _import),
    Syntax("pupils", "looking.pupils", _("list the pupils on roll"), _of_file_on_a_day, _pupils),
    Syntax("show", "looking.show", _("show all that is held on one pupil, with its history"), _of_file, _show),
    Syntax("preview", "looking.preview", _("show who would be told what, and why"), _of_file_on_a_day, _preview),
    Syntax(
        "retention", "looking.retention", _("list what is due to be erased by a day, by which sentence of the notice"), _of_file_on_a_day
    ),
    Syntax("attendance", "register.attendance", _("show each pupil’s sessions and percentages over a period"), _of_file, _attendance),
    Syntax(
        "evacuation", "register.evacuation", _("write the sheet of who is in, by the register, for the fire warden"), _of_file, _evacuation
    ),
    Syntax(
        "incident",
        "incidents.incident",
        _("enter an incident, list all with how they stand, or write the parents’ report or letter home"),
        _of_file,
        _incident,
    ),
    Syntax("plans", "plans.plans", _("list the plans of pupils that run, with their reviews"), _of_file, _plans),
    Syntax("exports", "exporting.exports", _("list the exports there are, whom each is for, and the law it rests on"), _of_file),
    Syntax(
        "export",
        "exporting.export",
        _("write an export and its receipt; locked with a password unless --plain"),
        _of_file_on_a_day,
        taking_out.export,
    ),
    Syntax(
        "envelope",
        "schools.envelope",
        _("write the week for each main and commissioning school, locked; list where the registers contradict each other"),
        _of_file,
        taking_out.envelope,
    ),
    Syntax(
        "statistics",
        "statistics.statistics",
        _("write the anonymous statistics of a school year: tables in which small numbers are hidden"),
        _of_file,
        taking_out.statistics,
    ),
    Syntax("notice", "papers.notice", _("write privacy notices for families"), _of_file_on_a_day, taking_out.notice),
    Syntax("form", "papers.form", _("write forms for families to sign"), _of_file_on_a_day, taking_out.form),
    Syntax(
        "statement", "papers.statement", _("write who was told what of a pupil, two sides for the family"), _of_file, taking_out.statement
    ),
    Syntax(
        "read-forms",
        "papers.read_forms",
        _("read scanned forms; they wait in the window until somebody confirms them"),
        _of_file,
        taking_out.read_forms,
    ),
    Syntax(
        "access-request",
        "copies.access_request",
        _("write the copy that answers a request for one pupil’s data, locked"),
        _of_file,
        taking_out.access_request,
    ),
    Syntax(
        "verify-receipt",
        "proving.verify_receipt",
        _("say whether a receipt is the unit’s, and whether files are the very files that it names"),
        _plain,
        taking_out.verify_receipt,
    ),
    Syntax("backup", "backing_up.backup", _("make a backup, and prove it by opening it"), _of_file, folder_option),
    Syntax("verify", "backing_up.verify", _("prove a backup; without a sign-in only its digests are compared"), of_backup),
    Syntax("restore", "backing_up.restore", _("make a new unit’s file from a backup; never over one that is there"), of_backup, new_file),
    Syntax(
        "read",
        "run.read",
        _("look something up in a backup: any command that only looks, with BACKUP in the place of FILE"),
        _plain,
        reading,
    ),
    Syntax(
        "drill", "backing_up.drill", _("restore a backup for a try, check and read it, and write a certificate"), _of_file, backup_to_try
    ),
    Syntax("check", "unit_file.check", _("check the file, the chain of its log, and the records"), _of_file),
    Syntax("log", "unit_file.log", _("show the log: a data officer sees all of it, others their own acts"), _of_file, _log),
    Syntax("rules", "rules.rules", _("show the rules in force; see, take or take back a signed pack of newer ones"), _of_file, _rules),
    Syntax("demo", "training.demo", _("make a training unit of invented pupils, and everything made from it"), _plain, _demo),
    Syntax("self-test", "training.self_test", _("check this installation; needs no file and leaves nothing"), _plain, _self_test),
    Syntax("guides", "training.guides", _("write the guides for installing as PDF; needs no file"), _plain, folder_option),
)
"""All commands, as the help lists them."""


def parser() -> Parser:
    """The parser of the whole command line."""
    top = Parser(
        prog="pupil-desk",
        description=_("Pupil Desk from the command line. Without a command it opens the window."),
        epilog=_STATUSES,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"Pupil Desk {__version__}")
    subparsers = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command in COMMANDS:
        subparser = subparsers.add_parser(command.name, help=command.summary, description=command.summary, allow_abbrev=False)
        subparser.add_argument("--json", action="store_true", help=_("answer with one JSON document"))
        subparser.set_defaults(on=None, reads_backup=False, syntax=command)
        command.kind(subparser)
        command.own(subparser)
    return top
