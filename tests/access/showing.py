"""A process of its own, on a real display: opens every window and holds each still while another process reads it.

    python -m tests.access.showing UNIT [--of-each N] [--text PER_CENT]

Of the parts and acts the first so many of each of their groups are held still, and each page with a pupil or without; without it all.
Says the name of what it shows as a line of JSON, and goes on once it is told a line.
"""

import argparse
import json
import os
import sys
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSocketNotifier
from PySide6.QtWidgets import QWidget

from tests.ui.survey import Manner, Survey, settle


class Showing(Survey):
    """The round of every window, with a reader outside in place of the judge."""

    def judge(self, name: str, window: QWidget) -> None:
        settle()
        waiting = QEventLoop()
        told = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        told.activated.connect(waiting.quit)
        print(json.dumps(name), flush=True)
        waiting.exec()
        if not sys.stdin.readline():  # the reader has gone
            raise SystemExit(1)


def main(argv: list[str]) -> None:
    """The command."""
    parser = argparse.ArgumentParser()
    parser.add_argument("unit", type=Path)
    parser.add_argument("--of-each", type=int)
    parser.add_argument("--text", type=int, default=100)
    asked = parser.parse_args(argv)
    Showing(
        Manner(1, asked.text, demo=True, everywhere=True, both_ways=asked.of_each is None, scenes_of_each=asked.of_each), asked.unit, None
    ).run()
    sys.stdout.flush()
    os._exit(0)  # Qt is not taken apart here: the windows that were read are all still there


if __name__ == "__main__":
    main(sys.argv[1:])
