"""The arguments of the commands that take something out: exports, papers, copies, receipts."""

from pathlib import Path

from pupil_desk.basics.words import _
from pupil_desk.cli.options import folder_option, for_pupils, period
from pupil_desk.cli.parsing import Parser, day_of, number_of


def export(command: Parser) -> None:
    command.add_argument("name", metavar="NAME", help=_("the export, as “exports” lists it"))
    folder_option(command)
    command.add_argument("--reason", metavar="TEXT", required=True, help=_("why it is made; it stands in the receipt and the log"))
    locking = command.add_mutually_exclusive_group()
    locking.add_argument("--plain", action="store_true", help=_("write the file open"))
    locking.add_argument("--lock", choices=["zip", "xlsx", "pdf"], help=_("how to lock it; what suits the file if not given"))
    command.add_argument("--format", choices=["csv", "xlsx", "xml", "pdf"], help=_("the kind of file; the export’s own if not given"))
    for_pupils(command, _("for these pupils alone, by UPN or reference"))
    command.add_argument("--provider", metavar="NAME", help=_("for this provider alone"))
    command.add_argument("--holder", metavar="NAME", help=_("who will hold it, for “whole-unit”: the organisation that takes it, by name"))
    period(command)
    _confirm(command)
    _as_it_stands(command)


def envelope(command: Parser) -> None:
    command.add_argument("--school", metavar="DFE_NUMBER", help=_("for this school alone, such as 919/4001; else a file for each"))
    command.add_argument("--week", metavar="DATE", type=day_of, required=True, help=_("a day of the week, from its Monday to its Sunday"))
    folder_option(command)
    command.add_argument("--reason", metavar="TEXT", help=_("why it is made; the week in words if not given"))
    command.add_argument("--plain", action="store_true", help=_("write the files open"))
    _confirm(command)
    _as_it_stands(command)


def statistics(command: Parser) -> None:
    command.add_argument(
        "--year", metavar="YEAR", type=number_of, required=True, help=_("the school year by the year in which it began, such as 2025")
    )
    folder_option(command)


def notice(command: Parser) -> None:
    group = command.add_mutually_exclusive_group(required=True)
    for_pupils(group, _("for one pupil, by UPN or reference"))
    group.add_argument("--due", action="store_true", help=_("for everyone who has not had the current edition"))
    group.add_argument("--all", action="store_true", help=_("for all pupils on roll"))
    group.add_argument(
        "--tables", action="store_true", help=_("the tables of the current edition alone, for the folder in the office: for nobody")
    )
    folder_option(command)
    command.add_argument("--format", choices=["pdf", "html"], default="pdf", help=_("pdf if not given; a web page always has the tables"))
    command.add_argument(
        "--no-pupil-side", action="store_true", help=_("leave out the side for the pupil, which goes with a family’s notice as PDF")
    )
    command.add_argument(
        "--variant",
        choices=["standard", "large", "easy", "pupil"],
        default="standard",
        help=_("large print, easy-read or for pupils; the last two go beside the whole notice, and do not stand for it"),
    )
    command.add_argument(
        "--language", metavar="CODE", default="en", help=_("a translation that somebody has checked, such as pl; en if not given")
    )
    command.add_argument("--slip", action="store_true", help=_("with a slip as last page, by which a family says that it has the notice"))
    command.add_argument("--issue", action="store_true", help=_("record that they were given"))
    command.add_argument("--channel", choices=["by-hand", "post", "email"], help=_("with --issue: how; by hand if not given"))


def form(command: Parser) -> None:
    command.add_argument(
        "form",
        metavar="FORM",
        help=_("sharing-choice, data-check, a consent type, or a trip by its words; an unknown one says which there are"),
    )
    group = command.add_mutually_exclusive_group(required=True)
    for_pupils(group, _("for these pupils, by UPN or reference"))
    group.add_argument("--all-unasked", action="store_true", help=_("for everyone who has not been asked yet"))
    command.add_argument(
        "--variant",
        choices=["standard", "large", "easy"],
        default="standard",
        help=_("in large print, or in easy words; standard if not given"),
    )
    folder_option(command)


def statement(command: Parser) -> None:
    for_pupils(command, _("of these pupils, by UPN or reference"), required=True)
    period(command, required=True)
    folder_option(command)


def access_request(command: Parser) -> None:
    command.add_argument("pupil", metavar="PUPIL", help=_("by UPN or reference"))
    folder_option(command)


def read_forms(command: Parser) -> None:
    command.add_argument("scans", metavar="SCAN", type=Path, nargs="+", help=_("a PDF of a stack, or pictures: PNG, JPEG, TIFF"))


def verify_receipt(command: Parser) -> None:
    command.add_argument("receipt", metavar="RECEIPT", type=Path, help=_("the receipt, which ends in -receipt.txt"))
    command.add_argument(
        "files", metavar="FILES", type=Path, nargs="*", help=_("the files to look at; without any, those of the receipt that lie beside it")
    )
    command.add_argument("--seal", metavar="SEAL", type=Path, help=_("the unit’s seal, a file that the unit gave"))
    command.add_argument("--unit", metavar="FILE", type=Path, dest="file", help=_("the unit’s file, to ask it as well; with --user"))
    command.add_argument("--user", metavar="NAME", help=_("who signs in to the unit’s file"))


def _confirm(command: Parser) -> None:
    command.add_argument(
        "--confirm",
        metavar="PUPIL",
        nargs="+",
        action="extend",
        default=[],
        help=_("protected pupils who are to go in, each by UPN or reference"),
    )


def _as_it_stands(command: Parser) -> None:
    command.add_argument(
        "--as-it-stands",
        action="store_true",
        help=_("make it although notes may name another pupil or family; without it such a file is refused, and the words are listed"),
    )
