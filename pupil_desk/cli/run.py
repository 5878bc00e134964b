"""Running one command: its arguments read, the work done, and the exit status told."""

import sys
import unicodedata
from collections.abc import Callable, Iterable

from pupil_desk.basics.clock import SystemClock
from pupil_desk.basics.errors import Known, WrongUse
from pupil_desk.basics.words import _
from pupil_desk.cli.arguments import parser
from pupil_desk.cli.call import Call
from pupil_desk.cli.speaking import Speaker, in_utf_8
from pupil_desk.services.program.drawing import DrawPages


def main(argv: list[str], *, draw_pages: DrawPages | None = None) -> int:
    """Run the command that the arguments name; returns the exit status (``Known.status`` for what the world did).

    A bug is raised to the caller, which tells it and writes the report.
    """
    in_utf_8()
    try:
        args = parser().parse_args(argv)
        _refuse_what_is_no_text(vars(args).values())
        call = Call(args, Speaker(as_json=args.json), SystemClock(), draw_pages)
        return _work_of(args.command)(call)
    except Known as error:
        print(error.message, file=sys.stderr)
        return error.status
    except KeyboardInterrupt:
        print(_("Stopped. Nothing half-done was left behind."), file=sys.stderr)
        return 1
    except SystemExit as leaving:  # the parser has shown its help or the version
        return leaving.code if isinstance(leaving.code, int) else 0


def _refuse_what_is_no_text(values: Iterable[object]) -> None:
    """Bytes that the system could not read as text come as lone surrogates; a path may hold them, a name or reason may not."""
    for value in values:
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and any(unicodedata.category(letter) == "Cs" for letter in text):
                raise WrongUse(_("One of the words given is no text. Type the command again."))


def _work_of(command: str) -> Callable[[Call], int]:
    """The function that does a command's work. Each brings only what it needs, so that a small command starts at once."""
    match command:
        case "new" | "users" | "check" | "log":
            from pupil_desk.cli import unit_file

            return {"new": unit_file.new, "users": unit_file.users, "check": unit_file.check, "log": unit_file.log}[command]
        case "template" | "import":
            from pupil_desk.cli import importing

            return {"template": importing.template, "import": importing.import_file}[command]
        case "pupils" | "show" | "preview" | "retention":
            from pupil_desk.cli import looking

            return {"pupils": looking.pupils, "show": looking.show, "preview": looking.preview, "retention": looking.retention}[command]
        case "attendance" | "evacuation":
            from pupil_desk.cli import register

            return {"attendance": register.attendance, "evacuation": register.evacuation}[command]
        case "exports" | "export":
            from pupil_desk.cli import exporting

            return {"exports": exporting.exports, "export": exporting.export}[command]
        case "notice" | "form" | "read-forms" | "statement":
            from pupil_desk.cli import papers

            return {"notice": papers.notice, "form": papers.form, "read-forms": papers.read_forms, "statement": papers.statement}[command]
        case "access-request":
            from pupil_desk.cli import copies

            return copies.access_request
        case "backup" | "verify" | "restore":
            from pupil_desk.cli import backing_up

            return {"backup": backing_up.backup, "verify": backing_up.verify, "restore": backing_up.restore}[command]
        case _:
            from pupil_desk.cli import training

            return {"demo": training.demo, "self-test": training.self_test, "guides": training.guides}[command]
