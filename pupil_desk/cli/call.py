"""What every command is handed: its arguments, a way to speak, the time, and the function that draws the pages.

How a command speaks: its result on standard output, all else on standard error.
"""

import argparse
import io
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from pupil_desk.basics.clock import Clock
from pupil_desk.basics.errors import CannotWrite
from pupil_desk.basics.words import _

if TYPE_CHECKING:
    from pupil_desk.services.desk import DrawPages


class Speaker:
    """Says the result once: in plain English, or with ``--json`` as one document and nothing else."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self._shows_progress = bool(sys.stderr and sys.stderr.isatty())
        self._progress_shown = False

    def result(self, document: Any, *lines: str) -> None:
        """The result: the document with ``--json``, else the lines. Raises CannotWrite if standard output takes no more."""
        text = json.dumps(document, ensure_ascii=False, indent=1) if self.as_json else "\n".join(lines)
        try:
            print(text, flush=True)
        except OSError as error:
            _let_go_of_output()
            raise CannotWrite(_("The answer could not be written to its end: the place it goes to is full or was closed.")) from error

    def aside(self, text: str) -> None:
        """A warning or a remark."""
        self._end_progress()
        print(text, file=sys.stderr)

    def progress(self, finished: int, total: int, words: str) -> None:
        """How far long work has come, on one line of a terminal."""
        if not self._shows_progress:
            return
        print(f"\r{words}: {finished} / {total}\x1b[K", end="", file=sys.stderr, flush=True)
        self._progress_shown = True
        if finished >= total:
            self._end_progress()

    def step(self, finished: int, total: int, words: str) -> None:
        """How far long work has come, a line for each step, whoever reads it: the window, or the installer."""
        print(f"{finished}/{total} {words}", file=sys.stderr, flush=True)

    def _end_progress(self) -> None:
        if self._progress_shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
            self._progress_shown = False


def in_utf_8() -> None:
    """Write UTF-8 whatever the console or pipe was set to, and never fail over a letter."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _let_go_of_output() -> None:
    """So that the end of the program does not try the same output once more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def in_columns(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A table as lines, each column as wide as its widest cell; none at all if there are no rows."""
    if not rows:
        return []
    widths = [max(len(row[index]) for row in (header, *rows)) for index in range(len(header))]
    return ["  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in (header, *rows)]


@dataclass(frozen=True, slots=True)
class Call:
    """One run of one command."""

    args: argparse.Namespace
    speaker: Speaker
    clock: Clock
    draw_pages: "DrawPages | None"

    @property
    def day(self) -> date:
        """The day that rules are judged on: ``--on``, else today."""
        day: date | None = self.args.on
        return day or self.clock.today()
