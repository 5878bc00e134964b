"""Forms with their codes in one print file, and a scanned page read."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bench.made import Unit
from bench.measuring import Row, by_turns, timed
from bench.paper_floor import bare_pdf
from bench.records import signed_in
from pupil_desk.documents.blocks import Block, CodedPages, Columns, FactList, NoticeBox, Para, Story, TickRow, WritingLine
from pupil_desk.documents.pdf.coded_pages import PageLayout, Square
from pupil_desk.documents.scans.reading import read_page
from pupil_desk.documents.scans.scan_files import open_scan, pages_of
from pupil_desk.domain.register.paper_marks import BoxInk, SheetBox, SheetSpan, read_marks
from pupil_desk.services.desk import Desk
from pupil_desk.services.paper_forms import printing
from pupil_desk.services.pupils import pupils
from pupil_desk.services.register.sheets import printing as sheets
from pupil_desk.services.unit.calendars import school_calendar


def rows(unit: Unit, number: int, times: int) -> list[Row]:
    """So many forms about sharing, tagged and each with two codes, beside the same words by ReportLab without a code."""
    printed = Row(
        name="Forms with codes in one print file",
        most_ratio=2.5,
        target="≤ 2.5×",
        floor="bare untagged ReportLab, no code",
        note="Sizes are forms here, not pupils.",
    )
    read = Row(
        name="A scanned page read",
        most=400.0,
        target="≤ 400 ms",
        floor="the same page drawn",
        note="Ours draws it, reads it and keeps its picture.",
    )
    with signed_in(unit) as desk:
        people = pupils.on_roll(desk, desk.today)
        forms = printing.make_forms(desk, "sharing-choice", people).forms[:number]
        if not forms:
            raise ValueError("nobody in this unit is asked")
        stories = [list(_plain(form.page)) for form in forms]
        printed.cells.append(by_turns(timed(lambda: bare_pdf(stories)), timed(lambda: printing.print_file(forms)), times, len(forms)))
        data = printing.own_file(forms[0])
        read.cells.append(by_turns(lambda: _drawn(data), lambda: _read(data), times, 1))
        return [printed, read, _register(desk, times)]


def _register(desk: Desk, times: int) -> Row:
    """A page of the register of a class, read back: every session of every pupil on it."""
    row = Row(
        name="A scanned register read",
        most_ratio=10,
        target="≤ 10×",
        floor="the same page drawn",
        note="Sizes are pupils on the page. Ours draws it, reads it, keeps its picture and measures the ink of each box.",
    )
    day = school_calendar(desk.vault).school_days(desk.today, desk.today + timedelta(weeks=10))[0]
    batch = sheets.make_sheets(desk, SheetSpan.DAY, day)
    sheet, data = batch.sheets[0], replace(batch, sheets=batch.sheets[:1]).print_file()

    def ours() -> float:
        started = time.perf_counter()
        (picture,) = pages_of(open_scan(data))
        came = read_page(picture, {sheet.page_layout.code: sheet.page_layout}.get)
        assert came.ink is not None, came.aside
        inks = {SheetBox.of_key(key): BoxInk(ink.share, ink.middle, ink.beyond) for key, ink in came.ink.items()}
        assert not any(mark.code for mark in read_marks(inks).values()), "nobody marked it"
        return time.perf_counter() - started

    row.cells.append(by_turns(lambda: _drawn(data), ours, times, len(sheet.pupil_ids)))
    return row


def _plain(page: CodedPages) -> Iterator[Block]:
    """The same words in blocks that the floor knows."""
    return _words(page.blocks)


def _words(story: Story) -> Iterator[Block]:
    for block in story:
        match block:
            case FactList(facts=facts):
                yield from (Para([label, " ", *([value] if isinstance(value, str) else value)]) for label, value in facts)  # type: ignore[misc]
            case TickRow(label=label) | WritingLine(label=label):
                yield Para(label)
            case Columns(lines=lines):
                yield Para("   ".join(line.label for line in lines))
            case NoticeBox(blocks=blocks):
                yield from _words(blocks)
            case _:
                yield block


def _drawn(data: bytes) -> float:
    started = time.perf_counter()
    for _page in pages_of(open_scan(data)):
        pass
    return time.perf_counter() - started


def _read(data: bytes) -> float:
    nowhere = PageLayout("", Square(480, 730, 74), Square(40, 70, 74), {f"q/{at}": Square(68, 500 - 24 * at, 16.8) for at in range(4)})
    started = time.perf_counter()
    for page in pages_of(open_scan(data)):
        read_page(page, lambda code: PageLayout(code, nowhere.above, nowhere.below, nowhere.boxes))
    return time.perf_counter() - started
