"""Running one command: its arguments read, the work done, and the exit status told."""

import sys
import unicodedata
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from pupil_desk.basics.clock import SystemClock
from pupil_desk.basics.errors import Known, WrongUse
from pupil_desk.basics.words import _
from pupil_desk.cli.arguments import Syntax, parser
from pupil_desk.cli.call import Call, Speaker, in_utf_8
from pupil_desk.cli.reading import of_backup

if TYPE_CHECKING:
    from pupil_desk.services.desk import DrawPages


def main(argv: list[str], *, draw_pages: "DrawPages | None" = None) -> int:
    """Run the command that the arguments name; returns the exit status (``Known.status`` for what the world did).

    A bug is raised to the caller, which tells it and writes the report.
    """
    in_utf_8()
    try:
        args = parser().parse_args(argv)
        _refuse_what_is_no_text(vars(args).values())
        call = Call(args, Speaker(as_json=args.json), SystemClock(), draw_pages)
        return work_of(args.syntax)(call)
    except Known as error:
        print(error.message, file=sys.stderr)
        return error.status
    except KeyboardInterrupt:
        print(_("Stopped. Nothing half-done was left behind."), file=sys.stderr)
        return 1
    except SystemExit as leaving:  # the parser has shown its help or the version
        return leaving.code if isinstance(leaving.code, int) else 0


def read(call: Call) -> int:
    """Run the command after ``read`` on its backup."""
    args = of_backup(call.args)
    return work_of(args.syntax)(Call(args, Speaker(as_json=args.json), call.clock, call.draw_pages))


def _refuse_what_is_no_text(values: Iterable[object]) -> None:
    """Bytes that the system could not read as text come as lone surrogates; a path may hold them, a name or reason may not."""
    for value in values:
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and any(unicodedata.category(letter) == "Cs" for letter in text):
                raise WrongUse(_("One of the words given is no text. Type the command again."))


def work_of(command: Syntax) -> Callable[[Call], int]:  # noqa: C901 - a list of names, a case each
    """The function that does a command's work. Each brings only what it needs, so that a small command starts at once."""
    module_name, _dot, name = command.work.partition(".")
    match module_name:
        case "unit_file":
            import pupil_desk.cli.unit_file
        case "importing":
            import pupil_desk.cli.importing
        case "looking":
            import pupil_desk.cli.looking
        case "register":
            import pupil_desk.cli.register
        case "statistics":
            import pupil_desk.cli.statistics
        case "incidents":
            import pupil_desk.cli.incidents
        case "plans":
            import pupil_desk.cli.plans
        case "schools":
            import pupil_desk.cli.schools
        case "exporting":
            import pupil_desk.cli.exporting
        case "papers":
            import pupil_desk.cli.papers
        case "proving":
            import pupil_desk.cli.proving
        case "copies":
            import pupil_desk.cli.copies
        case "backing_up" | "run":  # «read» is here
            import pupil_desk.cli.backing_up
        case "rules":
            import pupil_desk.cli.rules
        case "training":
            import pupil_desk.cli.training
        case _:
            raise LookupError(f"«{module_name}» of the command «{command.name}» is not brought: name it in work_of, pupil_desk/cli/run.py")
    work: Callable[[Call], int] = getattr(getattr(pupil_desk.cli, module_name), name)
    return work
