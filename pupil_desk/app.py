"""The composition root: the one file that knows every room."""

from pathlib import Path
from typing import TYPE_CHECKING

from pupil_desk.basics.logs import keep_log
from pupil_desk.basics.places import home_of_preferences

if TYPE_CHECKING:
    from pupil_desk.services.desk import Desk


def start(argv: list[str]) -> int:
    """Open the window when there is no command, else run the command. Returns the exit status.

    The rooms are imported when they are needed: a command never loads Qt, and the window never waits for the commands.
    """
    if not argv or argv[0] == "--unit":
        from pupil_desk.ui.start import open_window

        keep_log(home_of_preferences() / "logs")
        return open_window(Path(argv[1]) if len(argv) > 1 else None)
    from pupil_desk import cli

    return cli.main(argv, draw_pages=_draw_pages)


def _draw_pages(desk: "Desk", folder: Path) -> list[Path]:
    from pupil_desk.ui.start import draw_pages

    return draw_pages(desk, folder)
