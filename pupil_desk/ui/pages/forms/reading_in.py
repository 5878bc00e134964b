"""A scan is dropped or chosen here; the pages that could not be filed stand beneath, with their picture, until a person has dealt with them."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _, count_of, some_of
from pupil_desk.services.paper_forms import aside, waiting
from pupil_desk.services.paper_forms.aside import Filing, SetAside
from pupil_desk.services.paper_forms.reading import ScanResult
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.page import Body
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.papers.pdfview import PdfView
from pupil_desk.ui.kit.talk.ask import Choice
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import allow, button, card, column_in, column_of, fill, flow_of, growing, label
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

_MOST_CHOICES = 12
_LEAST_LIST = 110  # height at 100 %
_WITH_WHOSE, _WITH_DAY = 400, 620  # widths at 100 % of the list from which there is room for them


class ReadingIn(QWidget):
    """``files_chosen`` carries the files that are to be read; ``filing`` a page for which a form is to be chosen."""

    files_chosen = Signal(object)
    filing = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.setAcceptDrops(True)
        self.words = label("")
        self.result = label("", "subhead")
        self.empty = EmptyState(
            "check-circle", _("No page is set aside"), _("A page that cannot be filed by itself comes here, with its picture.")
        )
        self.table: Table[SetAside] = Table(
            _columns(),
            name=_("Pages set aside"),
            several=True,
            empty=self.empty,
            memory=context.memory,
            memory_key="scans-aside",
            stands_on_first=False,
        )
        self.view = PdfView(_("The page as it was scanned"))
        self.none_chosen = EmptyState("file", _("Choose a page to see it"))
        self.body = Body(self.none_chosen, self.view)
        self.file_button = button(_("&File it by hand…"), self._file, icon_name="folder")
        self.away_button = button(_("&Throw away…"), self.throw_away, icon_name="trash")
        self.turn_button = button(_("Tu&rn it"), self._turn, icon_name="arrow-clockwise")
        self._quarters = 0
        self._build()
        self.table.selectionModel().selectionChanged.connect(lambda *_args: self._selection_changed())
        self.table.current_changed.connect(lambda _row: self._selection_changed())
        self.table.opened.connect(lambda _row: self._file())

    def _build(self) -> None:
        self.words.setText(
            _(
                "Scan the stack in grey at 200 dots to the inch, in any order. Choose the file, or drop it here: a PDF, or pictures. Nothing on a form counts until you have confirmed it."
            )
        )
        top = card()
        top_column = QVBoxLayout(top)
        fill(top_column, self.words, self.result)
        self.result.hide()
        left = column_of(
            label(_("Set aside"), "subhead"), growing(self.table), flow_of(self.file_button, self.turn_button, self.away_button)
        )
        self.table.setMinimumHeight(sized(_LEAST_LIST))
        self.panes_ = Panes(left, self.body, shares=(3, 2), memory=self._context.memory, key="scans-aside")
        column_in(self, tokens.M, top, growing(self.panes_), top=tokens.M)
        self.table.always_give_way({"whose": _WITH_WHOSE, "read": _WITH_DAY})

    def refresh(self) -> None:
        """Ask which pages are set aside."""
        self.table.show_rows(aside.set_aside(self._context.desk))
        self._selection_changed()

    def say(self, came: ScanResult) -> None:
        """What came of the stack that was read last."""
        parts = [_("{filed} of {pages} filed to their form.").format(filed=came.filed, pages=count_of(came.pages, _("page"), _("pages")))]
        if came.set_aside:
            parts.append(_("{count} set aside: look at them below.").format(count=came.set_aside))
        if came.blank:
            parts.append(_("{backs} left out.").format(backs=count_of(came.blank, _("empty back was"), _("empty backs were"))))
        if came.marked:
            words = _(
                "{pages} in another language left out: nothing is ticked there. Look at the paper, in case somebody has written on it."
            )
            parts.append(words.format(pages=count_of(came.marked, _("page"), _("pages"))))
        parts += [_("Not read: {name}. {why}").format(name=file.name, why=file.message) for file in came.unread]
        self.result.setText(" ".join(parts))
        self.result.show()

    def _selection_changed(self) -> None:
        """The page that one is on, as a picture."""
        self._quarters = 0
        pages = self.table.selected()
        for push_button in (self.file_button, self.turn_button):
            allow(push_button, len(pages) == 1, _("Choose one page first"))
        allow(self.away_button, bool(pages), _("Choose a page first"))
        if len(pages) != 1:
            self.view.clear()
            self.none_chosen.setVisible(bool(self.table.rows))  # of an empty list its own words say what comes here
            self.body.setCurrentWidget(self.none_chosen)
            return
        self._show_page(pages[0])

    def _show_page(self, page: SetAside) -> None:
        data = self._context.attempt(lambda: waiting.picture(self._context.desk, page.id))
        self.body.setCurrentWidget(self.view)
        if data:
            self.view.show_pdf(paper_of(data, quarters=self._quarters))
        else:
            self.view.clear()

    def _turn(self) -> None:
        pages = self.table.selected()
        if len(pages) == 1:
            self._quarters = (self._quarters + 1) % 4
            self._show_page(pages[0])

    def _file(self) -> None:
        pages = self.table.selected()
        if len(pages) == 1:
            self.filing.emit(pages[0])

    def throw_away(self) -> None:
        """Throw the pages chosen away, with the reason."""
        pages = self.table.selected()
        if not pages:
            return
        title = _("Throw this page away?") if len(pages) == 1 else _("Throw {count} pages away?").format(count=len(pages))
        text = _("{pages}. The picture goes for good. Why it was not needed stays in the log.").format(
            pages=some_of([_page_words(page) for page in pages])
        )
        usual = _("Came back already") if all(page.reason.value == "double" for page in pages) else ""
        reason = self._context.ask.text(title, text, _("Why it is not needed"), value=usual, verb=_("Throw away"), stay=_("Keep it"))
        if reason is not None:
            ids = [page.id for page in pages]
            self._context.keep(lambda: aside.throw_away(self._context.desk, ids, reason), _("Thrown away."))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        if _files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        files = _files(event)
        if files:
            event.acceptProposedAction()
            self.files_chosen.emit(files)


def _page_words(page: SetAside) -> str:
    """A page in a question: whose, where that is known, which page of the stack, and when it was read in."""
    owner = page.pupil.full_name if page.pupil else _("A page of nobody known")
    return _("{whose} (page {place}, read in on {day}: {why})").format(
        whose=owner, place=page.place, day=show_date(page.read_on), why=page.reason.words
    )


def _files(event: QDropEvent) -> list[Path]:
    places = event.mimeData().urls()
    return [Path(place.toLocalFile()) for place in places] if places and all(place.isLocalFile() for place in places) else []


def paper_of(*pictures: bytes, quarters: int = 0) -> bytes:
    """Scanned pages as a document to be shown, turned to the right by quarters."""
    from pupil_desk.documents.pdf.picture_page import jpeg_pages
    from pupil_desk.documents.scans.reading import turned_picture

    pages = list(pictures)
    for _quarter in range(quarters):
        pages = [turned_picture(picture) for picture in pages]
    return jpeg_pages(pages)


def _columns() -> tuple[Column[SetAside], ...]:
    return (
        Column("place", _("Page"), lambda page: str(page.place), width=8),
        Column(
            "why",
            _("Why"),
            lambda page: page.reason.words,
            stretch=True,
            width=26,
            tip=lambda page: page.reason.words,
            icon=lambda _page: "warning",
        ),
        Column("whose", _("Whose"), lambda page: page.pupil.surname_first if page.pupil else "", width=20),
        Column("read", _("Read in on"), lambda page: show_date(page.read_on), width=18),
    )


def choose_filing(context: Context, filings: Sequence[Filing]) -> Filing | None:
    """Ask whose form a page is: by a few letters of the name, then among those that fit. None when the person leaves it."""
    if not filings:
        context.ask.tell(
            _("No form is out"), _("Every form that was printed is back. Print the form anew if this page is one of an older file.")
        )
        return None
    text = _("Look at the page, and type some letters of the pupil’s surname.")
    entry = context.ask.text(
        _("Whose form is it?"), text, _("Surname"), verb=_("Next"), check=lambda name: "" if _fitting(filings, name) else _no_match_words()
    )
    if entry is None:
        return None
    fitting = _fitting(filings, entry)[:_MOST_CHOICES]
    choices = [Choice(filing.id, _filing_words(filing)) for filing in fitting]
    key = context.ask.choose(
        _("Which form is it?"), _("The forms that are out for a pupil of that name."), [*choices, Choice("none", _("Cancel"))], safe="none"
    )
    return next((filing for filing in fitting if filing.id == key), None)


def _fitting(filings: Sequence[Filing], entry: str) -> list[Filing]:
    beginning = entry.strip().casefold()
    return [filing for filing in filings if beginning and filing.pupil.surname_first.casefold().startswith(beginning)]


def _no_match_words() -> str:
    return _("No form is out for a pupil whose surname begins like that.")


def _filing_words(filing: Filing) -> str:
    words = _("{pupil}: {form}").format(pupil=filing.pupil.surname_first, form=filing.form.title)
    return _("{form}, page {page} of {pages}").format(form=words, page=filing.page, pages=filing.pages) if filing.pages > 1 else words
