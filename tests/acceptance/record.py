"""The last full run of each number: kept in ``record.toml``, and shown as a table in the help."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.acceptance.outcome import Outcome
from tests.acceptance.table import NUMBERS, ROOT

PLACE = Path(__file__).with_name("record.toml")
HELP = ROOT / "resources" / "help" / "tried.md"
_HEAD = "| No. | What must hold | Tried | Lost | On |\n|---|---|---|---|---|\n"


@dataclass(frozen=True)
class Run:
    """How often a number was tried, what was lost, how long it took, and when that was."""

    tried: int
    lost: str
    seconds: int
    on: date


def kept() -> dict[int, Run]:
    """What the record says, by number."""
    told = tomllib.loads(PLACE.read_text(encoding="utf-8")) if PLACE.exists() else {}
    return {int(number): Run(**run) for number, run in told.items()}


def keep(number: int, outcome: Outcome, on: date) -> None:
    """Put a run in the place of the number's last one, and write the help's table anew."""
    runs = {**kept(), number: Run(outcome.tried, outcome.lost, round(outcome.seconds), on)}
    lines = [
        f'[{number}]\ntried = {run.tried}\nlost = "{run.lost}"\nseconds = {run.seconds}\non = {run.on}\n'
        for number, run in sorted(runs.items())
    ]
    PLACE.write_text("\n".join(lines), encoding="utf-8")
    write_help()


def table() -> str:
    """The help's table: every number that has been tried in full, those that need Windows, and those not tried, which it says."""
    runs = kept()
    return _HEAD + "".join(_row(number, runs.get(number)) for number in sorted(NUMBERS))


def _row(number: int, run: Run | None) -> str:
    says = NUMBERS[number].says
    if run is None:
        return f"| {number} | {says} | {NUMBERS[number].windows or 'not yet in full'} | | |\n"
    return f"| {number} | {says} | {run.tried:,} | {run.lost} | {run.on.day} {run.on:%B %Y} |\n"


def write_help() -> None:
    """The table in the page, in the place of the one that was there."""
    page = HELP.read_text(encoding="utf-8")
    before, _table, after = page.partition(_HEAD)
    rest = after.partition("\n\n")[2]
    HELP.write_text(before + table() + ("\n" + rest if rest else ""), encoding="utf-8")
