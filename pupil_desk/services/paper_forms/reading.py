"""A scanned stack read in: each page goes to its form and pupil, or is set aside with its picture. Nothing read here is an answer yet."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.documents.pdf.coded_pages import PageLayout
from pupil_desk.documents.scans import reading, scan_files
from pupil_desk.documents.scans.boxes import Ink
from pupil_desk.documents.scans.reading import PageRead
from pupil_desk.documents.scans.scan_files import UnreadableScan
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.papers.paper_form import Aside, FormStep, PaperForm
from pupil_desk.services.desk import Desk, Progress
from pupil_desk.services.paper_forms.printing import page_of
from pupil_desk.services.roles import Action
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import paper_forms, register_sheets, scans

if TYPE_CHECKING:
    from PIL.Image import Image

KIND = "scan"
_AT_ONCE = 20  # pages kept by one transaction: what is in memory, and what a crash would lose
MOST_WAITING = 3000
"""Pages that wait in the file together: some half a gigabyte."""


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """A file of which no page was read: its name, and in a sentence why."""

    name: str
    message: str


@dataclass(frozen=True, slots=True)
class ScanResult:
    """What came of a stack: pages in all, those filed to their form, those set aside by reason, and empty backs and ``marked`` pages in another
    language beside a form, which are not kept.

    ``forms`` and ``sheets`` are the forms and the pages of registers that came. ``unread`` are files beside it that could not be read.
    """

    pages: int = 0
    filed: int = 0
    aside: tuple[tuple[Aside, int], ...] = ()
    blank: int = 0
    marked: int = 0
    forms: frozenset[str] = frozenset()
    sheets: frozenset[str] = frozenset()
    changed: Changed = Changed.of()
    unread: tuple[UnreadFile, ...] = ()

    @property
    def set_aside(self) -> int:
        """How many were set aside, for whatever reason."""
        return sum(count for _reason, count in self.aside)


def scan_at(path: Path) -> scan_files.Scan:
    """A file of scanned pages, looked into. Raises WrongUse when it cannot be read, UnreadableScan when it is none."""
    try:
        if not path.is_file():
            raise WrongUse(_("That is no file. Choose the scan: a PDF, or pictures."))
        if path.stat().st_size > scan_files.MOST_BYTES:
            raise UnreadableScan(_("This scan is too large. Scan a smaller stack, in grey, at 200 dots to the inch."))
        data = path.read_bytes()
    except OSError as error:
        raise WrongUse(_("The file cannot be read. Check that it is still there, and not open in another program.")) from error
    return scan_files.open_scan(data)


def read_files(desk: Desk, paths: Sequence[Path], step: Progress) -> ScanResult:
    """Read stacks in, page by page; every file is looked into before the first page is kept. ``step`` may raise to stop: what was read stays.

    A file that cannot be read is set aside, and told, where another can. Raises NotAllowed, WrongUse, UnreadableScan.
    """
    desk.require(Action.READ_SCANS)
    pages_by_path: dict[Path, int] = {}
    unread: list[UnreadFile] = []
    for path in paths:
        try:
            pages_by_path[path] = scan_at(path).pages
        except (WrongUse, UnreadableScan) as error:
            if len(paths) == 1:
                raise
            unread.append(UnreadFile(path.name, error.message))
    if not pages_by_path:
        raise UnreadableScan(_("None of the files can be read. {first}").format(first=unread[0].message))
    total = sum(pages_by_path.values())
    if len(scans.waiting(desk.vault)) + total > MOST_WAITING:
        raise WrongUse(_("Too many pages wait to be confirmed already. Confirm those first, or set them aside."))
    return replace(_Stack(desk, len(pages_by_path), total, step).read(_pages_at(pages_by_path)), unread=tuple(unread))


def read_scan(desk: Desk, scan: scan_files.Scan, step: Progress) -> ScanResult:
    """The same for one stack that is in memory."""
    desk.require(Action.READ_SCANS)
    return _Stack(desk, 1, scan.pages, step).read(scan_files.pages_of(scan))


def _pages_at(paths: Iterable[Path]) -> "Iterator[Image | None]":
    for path in paths:
        yield from scan_files.pages_of(scan_at(path))


class _Stack:
    """One stack under way."""

    def __init__(self, desk: Desk, files: int, total: int, step: Progress) -> None:
        self._desk, self._files, self._total, self._step = desk, files, total, step
        self._batch = new_id()
        self._pages = {row["code"]: row for row in paper_forms.pages(desk.vault)}
        self._forms: dict[str, PaperForm] = {form.id: form for form in paper_forms.everything(desk.vault)}
        self._back = {form_id for form_id, steps in paper_forms.steps(desk.vault).items() if FormStep.BACK in steps}
        self._filed = scans.filed(desk.vault)
        self._sheets = {row["code"]: row for row in register_sheets.pages(desk.vault)}
        self._sheets_back = {row["sheet_id"] for row in scans.of_sheets(desk.vault)}  # a week confirmed on Monday comes again on Friday
        self._rows: list[dict[str, object]] = []
        self._result = ScanResult()
        self._counts: dict[Aside, int] = {}

    def read(self, pictures: "Iterable[Image | None]") -> ScanResult:
        with self._desk.act(Action.READ_SCANS, KIND, self._batch, f"files {self._files}, pages {self._total}") as work:
            scans.add_batch(
                self._desk.vault, {"id": self._batch, "files": self._files, "pages": self._total, "at": work.stamp, "read_by": work.actor}
            )
        try:
            for place, picture in enumerate(pictures, 1):
                self._step(place - 1, self._total, _("Reading the scan"))
                self._take(place, reading.read_page(picture, self._layout))
                if len(self._rows) >= _AT_ONCE:
                    self._keep()
        finally:
            self._keep()
        self._step(self._total, self._total, _("Reading the scan"))
        ids = tuple({self._forms[form_id].pupil_id for form_id in self._result.forms})
        return replace(self._result, aside=tuple(sorted(self._counts.items())), changed=Changed.of(KIND, ids=ids))

    def _layout(self, code: str) -> PageLayout | None:
        row = self._pages.get(code) or self._sheets.get(code)
        return page_of(code, row["layout"]) if row is not None else None

    def _take(self, place: int, read: PageRead) -> None:
        tally = self._result = replace(self._result, pages=self._result.pages + 1)
        if read.blank:
            self._result = replace(tally, blank=tally.blank + 1)
            return
        if read.marked:
            self._result = replace(tally, marked=tally.marked + 1)
            return
        row: dict[str, object] = {
            "id": new_id(),
            "batch_id": self._batch,
            "place": place,
            "pupil_id": None,
            "form_id": None,
            "page": None,
            "sheet_id": None,
            "aside": None,
            "lie": None,
            "ink": None,
            "picture": read.picture,
        }
        page, sheet = self._pages.get(read.code), self._sheets.get(read.code)
        if page is not None:
            form = self._forms[page["form_id"]]
            row |= {"pupil_id": form.pupil_id, "form_id": form.id, "page": page["page"]}
            if not read.aside and (form.id in self._back or (form.id, page["page"]) in self._filed):
                read = replace(read, aside=Aside.DOUBLE)
        elif sheet is not None and not read.aside and sheet["id"] in self._sheets_back:
            read = replace(read, aside=Aside.DOUBLE)
        if read.aside:
            row["aside"] = read.aside
            reason = Aside(read.aside)
            self._counts[reason] = self._counts.get(reason, 0) + 1
        elif read.lie is not None and read.ink is not None:
            row["lie"] = json.dumps(read.lie.numbers)
            if page is not None:
                row["ink"] = json.dumps({key: round(ink.share, 3) if ink.is_certain else None for key, ink in read.ink.items()})
                self._filed.add((page["form_id"], page["page"]))
                self._result = replace(tally, filed=tally.filed + 1, forms=tally.forms | {page["form_id"]})
            elif sheet is not None:
                row |= {"sheet_id": sheet["id"], "ink": json.dumps({key: _of_mark(ink) for key, ink in read.ink.items()})}
                self._sheets_back.add(sheet["id"])
                self._result = replace(tally, filed=tally.filed + 1, sheets=tally.sheets | {sheet["id"]})
        self._rows.append(row)

    def _keep(self) -> None:
        if not self._rows:
            return
        rows, self._rows = self._rows, []
        aside = sum(row["aside"] is not None for row in rows)
        with self._desk.act(Action.READ_SCANS, KIND, self._batch, f"filed {len(rows) - aside}, set aside {aside}"):
            scans.add_pages(self._desk.vault, rows)


def _of_mark(ink: Ink) -> list[float] | None:
    """A box of a register as it is kept: its ink, how dark its middle is, and the white round it; None for one that was not seen."""
    return [round(ink.share, 3), round(ink.middle, 4), round(ink.beyond, 4)] if ink.is_certain else None
