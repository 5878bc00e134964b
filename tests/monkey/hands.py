"""Presses keys and clicks through the display, many a second: one process that is told each."""

import subprocess
from collections.abc import Mapping
from typing import Self


class Hands:
    """Use as a context manager, on a display."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(["xdotool", "-"], stdin=subprocess.PIPE, env=dict(env), text=True, bufsize=1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait(10)

    def _tell(self, words: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{words}\nsleep 0\n")  # what it sends goes out with the command after it
        self._process.stdin.flush()

    def key(self, *keys: str) -> None:
        """Press keys, such as ctrl+s or Return, in the names of X."""
        self._tell("key --delay 0 " + " ".join(keys))

    def click(self, x: int, y: int, times: int = 1) -> None:
        """Go there and click."""
        self._tell(f"mousemove {x} {y} click --repeat {times} --delay 20 1")
