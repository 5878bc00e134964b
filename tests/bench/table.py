"""The one table that is printed."""

import platform
from collections.abc import Sequence
from datetime import datetime

from bench.measuring import Cell, Row

_HEADINGS = ("work", "size", "floor", "ours", "ratio", "target", "met")
_MET = {True: "yes", False: "NO", None: "–"}


def printed(rows: Sequence[Row], seconds: float) -> str:
    """All rows, what is not met at the end, and where it was measured, in so many seconds."""
    lines = [_HEADINGS, *(line for row in rows for line in _lines(row))]
    widths = [max(len(line[place]) for line in lines) for place in range(len(_HEADINGS))]
    table = [_aligned(lines[0], widths), "  ".join("-" * width for width in widths), *(_aligned(line, widths) for line in lines[1:])]
    notes = [f"  {row.name}: {row.note}" for row in rows if row.note]
    missed = [row.name for row in rows if row.met is False]
    failed = [f"  {row.name}: {row.failed}" for row in rows if row.failed]
    return "\n".join(
        [
            *_head(seconds),
            "",
            *table,
            "",
            *(["Notes", *notes, ""] if notes else []),
            *(["Not measured", *failed, ""] if failed else []),
            "Not met: " + ("; ".join(missed) if missed else "none") + ".",
        ]
    )


def _head(seconds: float) -> list[str]:
    machine = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return [
        f"Measured on {datetime.now():%d %B %Y at %H:%M}, {machine}.",
        "Floor and ours by turns, medians; milliseconds unless told.",
        f"It took {seconds / 60:.1f} minutes.",
    ]


def _lines(row: Row) -> list[tuple[str, ...]]:
    lines = [_line(row, cell, first=place == 0) for place, cell in enumerate(row.cells)]
    if row.exponent is not None:
        lines.append(("", "growth", "", f"{row.exponent:.2f}", "", "", _MET[row.grows_as_asked]))
    return lines or [(row.name, "", "", "", "", row.target, "failed" if row.failed else "–")]


def _line(row: Row, cell: Cell, *, first: bool) -> tuple[str, ...]:
    unit = "" if row.unit == "ms" else f" {row.unit}"
    return (
        row.name if first else "",
        f"{cell.size:,}" if cell.size else "",
        "" if cell.floor is None else f"{_number(cell.floor)}{unit}",
        f"{_number(cell.ours)}{unit}",
        "" if cell.ratio is None else f"{cell.ratio:.2f}×",
        row.target if first else "",
        _MET[row.cell_is_met(cell)],
    )


def _number(value: float) -> str:
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _aligned(line: Sequence[str], widths: Sequence[int]) -> str:
    left = (0, 5, 6)
    return "  ".join(
        text.ljust(w) if place in left else text.rjust(w) for place, (text, w) in enumerate(zip(line, widths, strict=True))
    ).rstrip()
