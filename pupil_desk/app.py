"""The composition root: the one file that knows every room."""

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pupil_desk.basics.apart import READ_APART
from pupil_desk.basics.pc import crashes
from pupil_desk.basics.words import _

if TYPE_CHECKING:
    from pupil_desk.services.desk import Desk


def start(argv: list[str]) -> int:
    """Open the window when there is no command, else run the command. Returns the exit status.

    ``--unit FILE``, or a unit's file alone, as a double click on one gives it, opens the window on that file. The rooms
    are imported when they are needed: a command never loads Qt, and the window never waits for the commands.
    """
    crashes.forbid_dumps()  # the window and each command alike: both hold the key
    if argv == [READ_APART]:
        from pupil_desk.basics.apart.child import serve
        from pupil_desk.documents.reading.apart_readers import READERS

        return serve(READERS)
    _give_streams()
    if not argv or argv[0] == "--unit" or _is_unit_file_alone(argv):
        if _no_screen():
            print(
                _("There is no screen here to open the window on. Start it at a desk, or give a command: pupil-desk --help"),
                file=sys.stderr,
            )
            return 2
        return _open_window(_file_in(argv))
    from pupil_desk import cli

    try:
        return cli.main(argv, draw_pages=_draw_pages)
    except Exception as error:  # noqa: BLE001 - the one bug handler of the command line: never a traceback to a person
        from pupil_desk.basics.logs import report_of

        print(_("Something went wrong in the program. What was saved before is safe. Tell whoever looks after it:"), file=sys.stderr)
        print(report_of(type(error), error.__traceback__), file=sys.stderr)
        return 1


def _give_streams() -> None:
    """A program made for windows alone has no standard streams on Windows: a command's words then go nowhere, its status counts."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - for as long as the program runs


def _is_unit_file_alone(argv: list[str]) -> bool:
    from pupil_desk.basics.places import ENDING

    return len(argv) == 1 and argv[0].lower().endswith(ENDING)


def _file_in(argv: list[str]) -> Path | None:
    """The file named by ``--unit FILE`` or by FILE alone, as a whole path; None if none is."""
    named = argv[-1:] if _is_unit_file_alone(argv) else argv[1:2]
    return Path(named[0]).absolute() if named and named[0] else None


def _no_screen() -> bool:
    """Whether Qt would find no display, which it does not survive. Only Linux tells it by the environment."""
    on_linux: bool = sys.platform.startswith("linux")
    return on_linux and not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _open_window(path: Path | None) -> int:
    from pupil_desk.basics.logs import keep_log
    from pupil_desk.basics.places import home_of_preferences
    from pupil_desk.ui.start import open_window

    logs = home_of_preferences() / "logs"
    with contextlib.suppress(OSError):  # a folder that takes no log is no reason not to work
        keep_log(logs)
    crashes.prepare(logs)
    return open_window(path)


def _draw_pages(desk: "Desk", folder: Path) -> list[Path]:
    from pupil_desk.ui.start import draw_pages

    return draw_pages(desk, folder)
