"""What this PC remembers of the window between two runs: sizes, columns, the last folder. Never a word about a pupil."""

import json
import logging
from pathlib import Path
from typing import Any

from pupil_desk.basics.errors import CannotWrite
from pupil_desk.basics.files import write_whole
from pupil_desk.basics.places import home_of_preferences

_log = logging.getLogger(__name__)


class Memory:
    """Small values under short keys, in one JSON file. What cannot be read or kept is forgotten without a word."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path if path is not None else home_of_preferences() / "window.json"
        self._values = self._read()

    def _read(self) -> dict[str, Any]:
        try:
            values = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return values if isinstance(values, dict) else {}

    def get(self, key: str, default: Any = None) -> Any:
        """What is kept under a key."""
        return self._values.get(key, default)

    def keep(self, key: str, value: str | float | bool | list[int] | None) -> None:
        """Keep a value under a key; None forgets it."""
        if self._values.get(key) == value:
            return
        self._values[key] = value
        if value is None:
            del self._values[key]
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._path, json.dumps(self._values, indent=1).encode(), replace=True)
        except (OSError, CannotWrite):
            _log.info("preferences not kept: %d values", len(self._values))
