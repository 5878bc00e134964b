"""The technical log of this PC: ids, counts and durations, never a name or a value."""

import logging
import logging.handlers
from pathlib import Path

_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


def keep_log(folder: Path) -> None:
    """Write the program's log into a folder, at most 5 files of 200 kB."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(
        folder / "pupil-desk.log", maxBytes=200_000, backupCount=4, encoding="utf-8"
    )
    handler.setFormatter(logging.Formatter(_FORMAT))
    root = logging.getLogger("pupil_desk")
    root.addHandler(handler)
    root.setLevel(logging.INFO)
