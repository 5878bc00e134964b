"""Registers to be marked by hand: a page for a group and a day or a week, with as many pupils as fit; the rest go on further pages."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import day_and_month, show_date
from pupil_desk.basics.errors import Known
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import CodedPages
from pupil_desk.documents.papers.day import register_sheet as layout_of_sheet
from pupil_desk.documents.papers.day.register_sheet import RegisterPage, SheetBoxWords, SheetRowWords
from pupil_desk.documents.pdf.coded_pages import PageLayout, layout
from pupil_desk.documents.typography.fonts import named_with_boxes
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.register.attendance import CODES, PRESENT_AM, Session
from pupil_desk.domain.register.paper_marks import SheetBox, SheetSpan, boxes_of
from pupil_desk.services import register
from pupil_desk.services.desk import Desk
from pupil_desk.services.guard import Guard, guard
from pupil_desk.services.paper_forms.printing import DIGITS, as_text
from pupil_desk.services.pupils import namesakes
from pupil_desk.services.register.groups import groups_of, in_group, route_of
from pupil_desk.services.register.looking import RegisterRow
from pupil_desk.services.roles import Action
from pupil_desk.services.transport.route_sheet import RouteSheet, keep_names_told, told_of_route
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import register_sheets as store

KIND = "register_sheet"
KEPT_FOR = timedelta(days=180)
"""After the last day of a page, how long it can still come back; then who stood on it is forgotten. Our own choice: half a year is past any half-term."""
_MOST_ROWS = 26  # pupils on one page of a day: what the page is tall enough for
_DAYS = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
_HALVES = {Session.AM: _("morning"), Session.PM: _("afternoon")}


@dataclass(frozen=True, slots=True)
class NumberedSheet:
    """One page with its identity and number. ``pupil_ids`` are those of its rows, in their order."""

    id: str
    title: str
    first: date
    last: date
    page: CodedPages
    page_layout: PageLayout
    pupil_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetBatch:
    """Pages ready to be printed, with the guard of those whom they name. ``route_sheet`` is, of those for a driver, what may be told of the route,
    and ``left_out`` who of the group is not named to them, in a sentence."""

    sheets: tuple[NumberedSheet, ...]
    guard: Guard
    title: str
    route_sheet: RouteSheet | None = None
    left_out: str = ""

    def print_file(self) -> bytes:
        """All in one file. Raises CannotPrint."""
        from pupil_desk.documents.pdf.page import Document, build_print_file

        document = Document([sheet.page for sheet in self.sheets], self.title, stamp=self.guard.stamp)
        return build_print_file([document], title=self.title, two_sided=False)  # one document, so that a page that is missing is seen


def make_sheets(desk: Desk, span: SheetSpan, day: date, group_key: str = "") -> SheetBatch:
    """The pages of a group for a day, or for the week of it; without a group of all. They are on file only once ``record_printed`` has kept them.

    Those of a route go to whoever drives: they name whom that person may be told of, and none where the notice does not name them.
    Raises NotAllowed; Known where the unit is closed, or nobody of the group is on the register; of a route as ``route_sheet.sheet``.
    """
    desk.require(Action.PRINT_FORM)
    first = day if span is SheetSpan.DAY else day - timedelta(days=day.weekday())
    view = register.view(desk, first, first if span is SheetSpan.DAY else first + timedelta(days=4))
    days = [open_day for open_day in view.days if open_day not in view.closed]
    rows = [row for row in view.rows if in_group(row, group_key) and row.on_register & set(days)]
    if not days:
        raise Known(_("The unit is closed on {day}. Choose another day.").format(day=show_date(day)))
    if not rows:
        raise Known(_("Nobody of this group is on the register then. Choose another group, or another day."))
    route_sheet = told_of_route(desk, route) if (route := route_of(group_key)) else None
    left_out = ""
    if route_sheet is not None:
        left_out = _left_out(rows, route_sheet)
        rows = [
            replace(row, year_group=None) for row in rows if row.pupil_id in route_sheet.items_by_pupil
        ]  # a driver is not told the year group
        if not rows:
            raise Known(left_out)
    alike = namesakes.told_apart_shortly(desk).keys()  # by our number: the page has no day of birth
    rows = [replace(row, name=f"{row.name} ({row.ref})") if row.pupil_id in alike else row for row in rows]
    group = dict(groups_of(view.rows)).get(group_key, _("all pupils"))
    sheets: list[NumberedSheet] = []
    while rows:
        sheet = _fullest(desk, span, days, rows, group)
        sheets.append(sheet)
        rows = rows[len(sheet.pupil_ids) :]
    title = _("Register, {group}, {when}").format(group=group, when=_when(days))
    pupil_ids = {pupil_id for sheet in sheets for pupil_id in sheet.pupil_ids}
    pages_guard = guard(desk, pupil_ids, "register", is_handed_out=route_sheet is not None)
    return SheetBatch(tuple(sheets), pages_guard, title, route_sheet, left_out)


def _left_out(rows: Sequence[RegisterRow], route_sheet: RouteSheet) -> str:
    """Who of a route is not on the page, since the driver may not be told of them, or not yet; empty where everybody is."""
    names = [row.name for row in rows if row.pupil_id not in route_sheet.items_by_pupil]
    words = _("Not on the page, since today’s transport sheet does not name them to whoever drives: {who}. Make that sheet to see why.")
    return words.format(who="; ".join(names)) if names else ""


def _fullest(desk: Desk, span: SheetSpan, days: Sequence[date], rows: Sequence[RegisterRow], group: str) -> NumberedSheet:
    """A page with as many of these pupils as it holds."""
    number = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    count = min(len(rows), _MOST_ROWS if span is SheetSpan.DAY else _MOST_ROWS // 2)
    while True:
        page = layout_of_sheet.coded(_page(desk, span, days, rows[:count], group), number)
        pages = _layout(page)
        if len(pages) == 1 or count == 1:
            return NumberedSheet(
                new_id(), group, days[0], days[-1], page, page_layout=pages[0], pupil_ids=tuple(row.pupil_id for row in rows[:count])
            )
        count -= 1


def _layout(page: CodedPages) -> tuple[PageLayout, ...]:
    """Where all stands, with a second number in case it goes on to another page."""
    return layout(CodedPages((*page.codes, *page.codes), page.blocks, page.base, page.overleaf_words))


def _page(desk: Desk, span: SheetSpan, days: Sequence[date], rows: Sequence[RegisterRow], group: str) -> RegisterPage:
    day_words = [_("{day} {date}").format(day=_DAYS[day.weekday()], date=day_and_month(day)) for day in days]
    labels = codelist(CODES)
    columns = [_HALVES[session] for session in Session] if span is SheetSpan.DAY else day_words
    return RegisterPage(
        group=group,
        when=_when(days),
        unit=desk.settings.name,
        groups=columns,
        codes=[code for _column in columns for code in span.codes],
        meanings=[(code, _("present") if code == PRESENT_AM else begun_small(labels.label_of(code))) for code in span.codes],
        rows=[row_words for place, row in enumerate(rows) for row_words in _rows_of(span, days, place, row)],
    )


def _rows_of(span: SheetSpan, days: Sequence[date], place: int, row: RegisterRow) -> list[SheetRowWords]:
    """Of a day one row with both sessions; of a week one for the mornings and one for the afternoons."""
    year = codelist("year_group").label_of(row.year_group) if row.year_group else ""
    name = ", ".join(filter(None, (named_with_boxes(row.name, row.ref), year)))
    boxes = boxes_of(place, days, span)
    words = [_box_words(row, box) for box in boxes]
    if span is SheetSpan.DAY:
        return [SheetRowWords(name, words)]
    halves = {session: [of_box for box, of_box in zip(boxes, words, strict=True) if box.session is session] for session in Session}
    return [SheetRowWords(_("{pupil}, morning").format(pupil=name), halves[Session.AM]), SheetRowWords(_("afternoon"), halves[Session.PM])]


def _box_words(row: RegisterRow, box: SheetBox) -> SheetBoxWords:
    if box.day not in row.on_register:
        return SheetBoxWords("", "")
    words = _("{pupil}, {day}, {half}: {code}").format(
        pupil=row.name, day=show_date(box.day), half=_HALVES[box.session], code=begun_small(codelist(CODES).label_of(box.code))
    )
    return SheetBoxWords(box.key, words)


def _when(days: Sequence[date]) -> str:
    return show_date(days[0]) if len(days) == 1 else _("{first} to {last}").format(first=show_date(days[0]), last=show_date(days[-1]))


def record_printed(desk: Desk, batch: SheetBatch) -> Changed:
    """Keep that pages were printed: from now on they can come back. One transaction, logged; pages long past are forgotten in it.

    What is on file already, and was printed once more, stays as it is.
    """
    on_file = store.some(desk.vault, {sheet.id for sheet in batch.sheets})
    new_sheets = [sheet for sheet in batch.sheets if sheet.id not in on_file]
    with desk.act(Action.PRINT_FORM, KIND, batch.sheets[0].id, f"{len(batch.sheets)} pages") as work:
        store.remove_before(desk.vault, (desk.today - KEPT_FOR).isoformat())
        store.add(
            desk.vault,
            [
                {
                    "id": sheet.id,
                    "code": sheet.page_layout.code,
                    "title": sheet.title,
                    "first": sheet.first.isoformat(),
                    "last": sheet.last.isoformat(),
                    "layout": as_text(sheet.page_layout),
                    "at": work.stamp,
                    "printed_by": work.actor,
                }
                for sheet in new_sheets
            ],
        )
        if batch.route_sheet is not None and new_sheets:
            keep_names_told(work, batch.route_sheet, [pupil_id for sheet in new_sheets for pupil_id in sheet.pupil_ids], batch.title)
        store.add_rows(
            desk.vault,
            [
                {"sheet_id": sheet.id, "place": place, "pupil_id": pupil_id}
                for sheet in new_sheets
                for place, pupil_id in enumerate(sheet.pupil_ids)
            ],
        )
    return Changed.of(KIND)
