"""A register of the training unit that was marked by hand and scanned, and waits to be confirmed: read by the same reader as a real scan."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from pupil_desk.documents.blocks import Block, TickGrid, TickRow
from pupil_desk.domain.register.attendance import PRESENT_AM, Session
from pupil_desk.domain.register.paper_marks import SheetBox, SheetSpan
from pupil_desk.services import register
from pupil_desk.services.demo.notices import scan_of
from pupil_desk.services.desk import Desk, unwatched
from pupil_desk.services.paper_forms import reading
from pupil_desk.services.register.groups import in_group
from pupil_desk.services.register.sheets import printing
from pupil_desk.services.unit.calendars import school_calendar

_WEEKS = 10  # in which a school day is found, whatever the holidays
_GROUP = "tutor:10h"
_LEAST_PUPILS = 2
_LATE = "L"


def scan_a_register(desk: Desk) -> None:
    """Print the register of a tutor group for the last school day, today among them, mark its morning and read it back.

    One pupil has two marks, so that there is something to decide; each other what the register says of the morning already, or present.
    """
    days = school_calendar(desk.vault).school_days(desk.today - timedelta(weeks=_WEEKS), desk.today)
    rows = [row for row in register.view(desk, days[-1], days[-1]).rows if in_group(row, _GROUP)] if days else []
    if len(rows) < _LEAST_PUPILS or any(days[-1] not in row.on_register for row in rows):
        return
    batch = printing.make_sheets(desk, SheetSpan.DAY, days[-1], _GROUP)
    printing.record_printed(desk, batch)
    sheet, morning = batch.sheets[0], (days[-1], Session.AM)
    standing = {row.pupil_id: cell.code for row in rows if (cell := row.cells.get(morning)) is not None and cell.code}
    codes = {place: standing.get(pupil_id, PRESENT_AM) for place, pupil_id in enumerate(sheet.pupil_ids)}
    marked = replace(sheet.page, blocks=[_marked(block, codes) for block in sheet.page.blocks])
    reading.read_scan(desk, scan_of([marked]), unwatched)


def _marked(block: Block, codes: Mapping[int, str]) -> Block:
    """The same block with marks in print, which stand for a pen."""
    if not isinstance(block, TickGrid):
        return block
    return replace(block, rows=[(words, [_crossed(box, codes) for box in boxes]) for words, boxes in block.rows])


def _crossed(tick: TickRow, codes: Mapping[int, str]) -> TickRow:
    if not tick.key:
        return tick
    box = SheetBox.of_key(tick.key)
    wanted = {codes[box.place]} | ({PRESENT_AM, _LATE} if box.place == 0 else set())
    return replace(tick, ticked=box.session is Session.AM and box.code in wanted)
