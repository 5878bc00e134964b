"""The composition root: the one file that knows every room."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pupil_desk.basics.words import _

if TYPE_CHECKING:
    from pupil_desk.services.desk import Desk


def start(argv: list[str]) -> int:
    """Open the window when there is no command, else run the command. Returns the exit status.

    The rooms are imported when they are needed: a command never loads Qt, and the window never waits for the commands.
    """
    if not argv or argv[0] == "--unit":
        if _no_screen():
            print(
                _("There is no screen here to open the window on. Start it at a desk, or give a command: pupil-desk --help"),
                file=sys.stderr,
            )
            return 2
        return _open_window(Path(argv[1]) if len(argv) > 1 else None)
    from pupil_desk import cli

    try:
        return cli.main(argv, draw_pages=_draw_pages)
    except Exception as error:  # noqa: BLE001 - the one bug handler of the command line: never a traceback to a person
        from pupil_desk.basics.bugs import report_of

        print(
            _("Something went wrong in the program. What was saved before is safe. Tell whoever looks after it:"),
            file=sys.stderr,
        )
        print(report_of(type(error), error.__traceback__), file=sys.stderr)
        return 1


def _no_screen() -> bool:
    """Whether Qt would find no display, which it does not survive. Only Linux tells it by the environment."""
    if not sys.platform.startswith("linux"):
        return False
    return not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _open_window(path: Path | None) -> int:
    from pupil_desk.basics.logs import keep_log
    from pupil_desk.basics.places import home_of_preferences
    from pupil_desk.ui.start import open_window

    keep_log(home_of_preferences() / "logs")
    return open_window(path)


def _draw_pages(desk: "Desk", folder: Path) -> list[Path]:
    from pupil_desk.ui.start import draw_pages

    return draw_pages(desk, folder)
