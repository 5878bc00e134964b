"""What every command is handed: its arguments, a way to speak, the time, and the function that draws the pages."""

import argparse
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.clock import Clock
from pupil_desk.cli.speaking import Speaker
from pupil_desk.services.program.drawing import DrawPages


@dataclass(frozen=True, slots=True)
class Call:
    """One run of one command."""

    args: argparse.Namespace
    speaker: Speaker
    clock: Clock
    draw_pages: DrawPages | None

    @property
    def day(self) -> date:
        """The day that rules are judged on: ``--on``, else today."""
        day: date | None = self.args.on
        return day or self.clock.today()
