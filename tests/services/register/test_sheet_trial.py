"""The reader of registers on paper, tried: marks of a simulated hurried pen, scanned badly, each manner of marking bounded by itself."""

import inspect
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import cycle, islice
from random import Random
from typing import Any

import pytest
from PIL import Image

from pupil_desk.basics.clock import FixedClock
from pupil_desk.documents.pdf.coded_pages import PageLayout
from pupil_desk.documents.scans import boxes as box_reader
from pupil_desk.documents.scans.reading import read_page
from pupil_desk.domain.register import paper_marks
from pupil_desk.domain.register.paper_marks import BoxInk, BoxInks, ReadMark, SheetBox, SheetSpan, read_marks
from pupil_desk.services.desk import Desk
from pupil_desk.services.register.sheets import printing
from tests import registers
from tests.registers import MOST_MISSED, MOST_WRONG, MOST_WRONG_BESIDE, SPOILED, Key, Manner, Meant, Tally
from tests.services.exports.made import new_unit

DAY = date(2026, 11, 24)
ORDINARY = {Manner.ONE: 50, Manner.NONE: 8} | dict.fromkeys(SPOILED, 8)
EVEN = dict.fromkeys(Manner, 1)
MOST_ASKED = 0.03
"""Of a hundred sessions as tutors mark them: what the issue asks."""
AS_TUTORS_MARK = {
    Manner.ONE: 0.944,
    Manner.NONE: 0.04,
    Manner.CORRECTED: 0.006,
    Manner.BLACKED: 0.003,
    Manner.TWO: 0.002,
    Manner.FAINT: 0.003,
    Manner.BESIDE: 0.002,
}

type Reader = Callable[[BoxInks], Mapping[Key, ReadMark]]
type Paper = tuple[PageLayout, Image.Image]


def papers_of_a_class(tmp_path_factory: pytest.TempPathFactory, count: int) -> list[Paper]:
    """A day and a week of so many pupils, the first page of each as it comes out of the printer, its number always the same."""
    unit = new_unit(tmp_path_factory.mktemp("papers") / "unit" / "unit.pupildesk")
    for place in range(count):
        unit.pupil(f"Ash{chr(97 + place)}", "Una", date(2012, 5, 6), year_group="9")
    desk = Desk(unit.desk.vault, unit.desk.user, FixedClock(datetime(2026, 11, 24, 13, 30, tzinfo=UTC)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(printing.secrets, "randbelow", Random(count).randrange)
        batches = [printing.make_sheets(desk, span, DAY) for span in SheetSpan]
    unit.desk.vault.close()
    return [(batch.sheets[0].page_layout, registers.drawn(batch.print_file())[0]) for batch in batches]


@dataclass
class MeasuredPage:
    """One page as it was meant, as it was scanned, and the ink in its boxes."""

    meant: Mapping[Key, Meant]
    page: PageLayout
    scan: Image.Image
    inks: BoxInks


def measured(page: PageLayout, scan: Image.Image) -> BoxInks:
    """The ink in each box of a scanned page."""
    read = read_page(scan, {page.code: page}.get)
    assert read.ink is not None, f"the page is lost: {read.aside}"
    return {SheetBox.of_key(key): BoxInk(ink.share, ink.middle, ink.beyond) if ink.is_certain else None for key, ink in read.ink.items()}


def measured_pages(papers: list[Paper], shares: Mapping[Manner, int], seed: int) -> Iterator[MeasuredPage]:
    """Pages without end, marked and scanned."""
    random = Random(seed)
    manners = registers.manners(shares, random)
    for page, picture in cycle(papers):
        filled, meant = registers.marked(picture, page, manners, random)
        scan = registers.scanned(filled, random)
        yield MeasuredPage(meant, page, scan, measured(page, scan))


def tally_of(pages: list[MeasuredPage], reader: Reader = read_marks) -> Tally:
    tally = Tally()
    for number, page in enumerate(pages, 1):
        tally.add(page.meant, reader(page.inks), f"page {number}")
    return tally


def faults_of(tally: Tally) -> dict[Manner, str]:
    """Where a trial came to more than it may, by manner; of few sessions one may be asked, or missed."""
    faults = {}
    for manner in Manner:
        count = tally.sessions[manner]
        wrong = len(tally.wrong[manner])
        if wrong > (MOST_WRONG_BESIDE if manner is Manner.BESIDE else MOST_WRONG) * count:
            faults[manner] = f"wrong: {tally.wrong[manner]}"
        elif tally.missed[manner] + wrong > max(1, MOST_MISSED * count):
            faults[manner] = f"{tally.missed[manner]} of {count} missed"
        elif manner in (Manner.ONE, Manner.NONE) and tally.asked[manner] > max(1, MOST_ASKED * count):
            faults[manner] = f"{tally.asked[manner]} of {count} asked"
    return faults


def asked_of_a_hundred(tally: Tally) -> float:
    return sum(share * tally.asked[manner] / tally.sessions[manner] for manner, share in AS_TUTORS_MARK.items())


def unasked_of_a_hundred(tally: Tally) -> float:
    """Of sessions as tutors mark them, which share is read otherwise than was meant and not asked."""
    faults = {manner: tally.missed[manner] + len(tally.wrong[manner]) for manner in Manner}
    return sum(share * faults[manner] / tally.sessions[manner] for manner, share in AS_TUTORS_MARK.items())


@pytest.fixture(scope="module")
def few_pages(tmp_path_factory: pytest.TempPathFactory) -> list[MeasuredPage]:
    """A day and a full week, every manner as often as any other."""
    return list(islice(measured_pages(papers_of_a_class(tmp_path_factory, 11), EVEN, 3), 2))


def test_few_marks_of_every_manner_are_read_asked_or_left(few_pages: list[MeasuredPage]) -> None:
    tally = tally_of(few_pages)
    assert min(tally.sessions[manner] for manner in Manner) >= 15
    assert not faults_of(tally), tally.words()


@pytest.mark.parametrize(
    ("manner", "rule", "broken"),
    [
        (Manner.ONE, "MARKED_FROM = 0.065", "MARKED_FROM = 0.3"),
        (Manner.NONE, "TRACE_FROM = 0.02", "TRACE_FROM = 0.0"),
        (Manner.TWO, "share - crease >= tail", "share - crease >= 1"),
        (Manner.BESIDE, "return ReadMark(doubt=Doubt.BESIDE)", "return ReadMark()"),
        (Manner.FAINT, "return ReadMark(doubt=Doubt.FAINT)", "return ReadMark()"),
        (Manner.CORRECTED, "return ReadMark(doubt=Doubt.BLACKED)", "return ReadMark(max(certain, key=lambda pair: pair[1].share)[0])"),
        (Manner.BLACKED, "BLACKED_FROM = 0.62", "BLACKED_FROM = 2.0"),
    ],
)
def test_each_rule_of_reading_guards_its_manner(few_pages: list[MeasuredPage], manner: Manner, rule: str, broken: str) -> None:
    source = inspect.getsource(paper_marks)
    assert source.count(rule) == 1
    names: dict[str, Any] = {"__name__": paper_marks.__name__}
    exec(source.replace(rule, broken), names)
    assert manner in faults_of(tally_of(few_pages, names["read_marks"]))


def test_frames_are_looked_for_where_the_paper_lies_otherwise(few_pages: list[MeasuredPage], monkeypatch: pytest.MonkeyPatch) -> None:
    day, _week = few_pages
    monkeypatch.setattr(box_reader, "_SHIFT", 0)
    tally = tally_of([replace(day, inks=measured(day.page, day.scan))])
    assert Manner.ONE in faults_of(tally), tally.words()


@pytest.mark.torture
def test_five_thousand_marks(tmp_path_factory: pytest.TempPathFactory) -> None:
    """5,000 sessions with one mark, and of every other manner some hundreds, on full pages; those left empty are not among the 5,000."""
    tally = Tally()
    for number, page in enumerate(measured_pages(papers_of_a_class(tmp_path_factory, 21), ORDINARY, 11), 1):
        tally.add(page.meant, read_marks(page.inks), f"page {number}")
        if tally.sessions[Manner.ONE] >= 5000:
            break
    if place := os.environ.get("PUPIL_DESK_NUMBERS"):
        with open(place, "a", encoding="utf-8") as file:
            file.write(
                f"register on paper: {tally.words()}; {asked_of_a_hundred(tally):.2%} asked as tutors mark, {unasked_of_a_hundred(tally):.3%} wrong\n"
            )
    assert not faults_of(tally), tally.words()
    assert unasked_of_a_hundred(tally) < MOST_WRONG, tally.words()
    assert asked_of_a_hundred(tally) < MOST_ASKED, tally.words()
    assert min(tally.sessions[manner] for manner in Manner) >= 500
