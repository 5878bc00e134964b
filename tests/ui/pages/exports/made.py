"""Short ways to fill in the page of exports and to read what it made."""

import io
from pathlib import Path

from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from pupil_desk.basics.pc.drives import Drive
from pupil_desk.services.exports.locking import open_locked as unlocked
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.pages.exports import ExportsPage
from pupil_desk.ui.pages.exports.choices import ExportChoices
from pupil_desk.ui.pages.exports.place import ExportPlace

PRIYA = "M919110026002"
YOUTH = "youth-support"


def opened(qtbot: QtBot, context: Context, stick: Path | None, name: str = "") -> ExportsPage:
    """The page, with an export of that name being prepared."""
    made = ExportsPage(context)
    qtbot.addWidget(made)
    context.news.changed.connect(made.on_change)
    context.jobs.known_error.connect(context.banner.problem)
    plug(made.making.choices.place, *([Drive(stick, "REGISTER (E:)", 12_300_000_000, 16_000_000_000)] if stick else []))
    made.resize(1000, 700)
    made.show()
    made.on_show(name or None)
    return made


def plug(place: ExportPlace, *drives: Drive) -> None:
    """Let these sticks be plugged in, and no other."""
    place.drives = lambda: list(drives)
    place.watch.plugged = lambda: tuple((drive.path, drive.label, drive.kind, drive.read_only) for drive in drives)


def choices(page: ExportsPage) -> ExportChoices:
    return page.making.choices


def rows(page: ExportsPage) -> list[tuple[str, ...]]:
    table = page.making.table
    return [tuple(table.cell(n, key) for key in ("pupil", "level", "by")) for n in range(len(table.rows))]


def in_workbook(path: Path, password: str = "") -> list[list[str]]:
    """The first sheet of a workbook, its heading too."""
    data = path.read_bytes()
    if password:
        (data,) = unlocked(path.name, data, password).values()
    return [[str(cell) for cell in row] for row in CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()]


def make(page: ExportsPage, reason: str = "Autumn return") -> None:
    choices(page).reason.setText(reason)
    page.making.make_button.click()
