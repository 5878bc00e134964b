"""Exports: see who would receive what, make the file, and read the receipts of those made."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.exports.made import ExportMade
from pupil_desk.services.exports.offers import ExportOffer
from pupil_desk.services.exports.previewing import Preview, PupilPreview
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.groups import LEAVING
from pupil_desk.ui.kit.heading import Heading
from pupil_desk.ui.kit.page import Body, Page
from pupil_desk.ui.kit.papers.paper import Paper
from pupil_desk.ui.kit.tabs import Tabs
from pupil_desk.ui.kit.talk.shown_again import say_of_hidden
from pupil_desk.ui.kit.words import fill, growing, made
from pupil_desk.ui.pages.exports import papers
from pupil_desk.ui.pages.exports.choosing import ExportChooser
from pupil_desk.ui.pages.exports.making import ExportMaking
from pupil_desk.ui.pages.exports.own import OwnExports
from pupil_desk.ui.pages.exports.past import PastExports
from pupil_desk.ui.pages.exports.receiving import ReceivingView
from pupil_desk.ui.pages.exports.result import ExportResult

_CONCERNING = frozenset(
    {"pupil", "contact", "enrolment", "protection", "notice", "settings", "choice", "register", "consent", "destination", "own-export"}
)
ALL_MADE = "made"  # in place of the id of an export: the list of those made
_ABOUT = _("What leaves the unit. Each export is judged pupil by pupil, and leaves a receipt.")


class ExportsPage(Page):
    """Tasks: see what is due; see who would receive what; take the file away on a stick; what every recipient would get of one pupil; read an old receipt."""

    name = "exports"
    title = _("Exports")
    icon = "export"
    group = LEAVING
    action = Action.LIST_EXPORTS

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.heading = Heading(self.title, text=_ABOUT)
        self.choosing = ExportChooser(context)
        self.choosing.export_chosen.connect(self.prepare)
        self.tabs = Tabs(self.title)
        self.tabs.addTab(self.choosing, _("Make an &export"))
        self.tabs.add_later("receiving", lambda: self.receiving, _("One pu&pil"))
        self.tabs.add_later("own_exports", lambda: self.own_exports, _("Our o&wn exports"))
        self.tabs.add_later("past", lambda: self.past, _("E&xports made"))
        self.body = Body(self.tabs)  # an export that is being made stands in place of the tabs until it is done
        self._under_paper: QWidget = self.tabs
        fill(self.column, self.heading, growing(self.body))
        self.tabs.currentChanged.connect(lambda _place: self._on_tab_changed())
        self.body.currentChanged.connect(lambda _place: self._head())

    @cached_property
    def receiving(self) -> ReceivingView:
        """What every recipient would get of one pupil."""
        receiving = ReceivingView(self.context)
        receiving.print_wanted.connect(self._print_pupil)
        return self.tabs.put("receiving", receiving)

    @cached_property
    def own_exports(self) -> OwnExports:
        """The unit's own exports."""
        own_exports = OwnExports(self.context)
        own_exports.edited.connect(self.edited)
        own_exports.export_wanted.connect(self.on_show)
        return self.tabs.put("own_exports", own_exports)

    @cached_property
    def past(self) -> PastExports:
        """The exports made."""
        past = PastExports(self.context)
        past.export_wanted.connect(lambda: self.tabs.setCurrentIndex(0))
        past.written_again.connect(self._on_written_again)
        return self.tabs.put("past", past)

    @cached_property
    def making(self) -> ExportMaking:
        """The export that is being made."""
        making = ExportMaking(self.context)
        making.back.connect(self._back)
        making.export_made.connect(self._on_export_made)
        making.opened.connect(self._show_pupil)
        making.print_wanted.connect(self._print_preview)
        return self.body.put(making)

    @cached_property
    def result(self) -> ExportResult:
        """What was made."""
        result = ExportResult(self.context)
        result.closed.connect(self.secrets_noted)
        result.receipt_wanted.connect(self._print_receipt)
        result.sheet_wanted.connect(self._print_sheet)
        result.delivery_wanted.connect(self.on_show)
        return self.body.put(result)

    @cached_property
    def paper(self) -> Paper:
        """The paper in view."""
        paper = Paper(self.context, _("The paper as it will be printed"))
        paper.closed.connect(self._close_paper)
        return self.body.put(paper)

    # coming and going

    def on_show(self, object_id: str | None = None) -> None:
        """The exports as they are now; by its name one to prepare; an export made, or ``made`` for all of them; or what every recipient would get of a pupil."""
        if object_id and self.secrets_noted():
            self._show(object_id)
            return
        self.refresh()
        if QApplication.focusWidget() in (None, self):
            self.panes()[0].setFocus()

    @property
    def view(self) -> QWidget:
        """What one sees: a tab, an export that is being made, what was made, or a paper."""
        current = self.body.currentWidget()
        return (self.tabs.currentWidget() if current is self.tabs else current) or self.choosing

    def refresh(self) -> None:
        """Look again at what is in view; the rest is looked at when it comes into view."""
        view = self.view
        if isinstance(view, ExportChooser | ReceivingView | OwnExports | PastExports):
            view.refresh()
        elif isinstance(view, ExportMaking):
            view.look()

    def on_change(self, changed: Changed) -> None:
        """Something changed that may change who receives what."""
        if self.isVisible() and (changed.kinds & _CONCERNING or isinstance(self.view, PastExports)):
            self.refresh()

    def search(self) -> None:
        """To find a pupil, or an item of an own export."""
        if isinstance(self.view, OwnExports):
            self.view.search()
            return
        self._turn_to(self.receiving)
        self.receiving.search()

    def print_(self) -> None:
        """What is in view, seen first."""
        view = self.view
        if isinstance(view, Paper | ReceivingView | ExportMaking):
            view.print_()

    def panes(self) -> list[QWidget]:
        """The list of exports; or the preview and the choices; or what was made."""
        view = self.view
        if isinstance(view, PastExports | OwnExports):
            return view.panes()
        if isinstance(view, ReceivingView):
            return [view.find_box, view.table]
        if isinstance(view, ExportMaking):
            return [view.table, view.choices.reason]
        return [self.choosing.table] if view is self.choosing else [view]

    def secrets_noted(self) -> bool:
        """Asks before a password goes that is not noted; then what was made is put away with it."""
        if not super().secrets_noted():
            return False
        if made(self, "past"):
            self.past.put_away()
        if self._is_result_shown:
            self._put_away()
        return True

    def _head(self) -> None:
        """At the top which export is being made."""
        view = self.body.currentWidget()
        if isinstance(view, ExportMaking | ExportResult):
            self.heading.set_title(*self.making.title_and_basis)
        elif view is self.tabs:
            self.heading.set_title(self.title, _ABOUT)

    # an own export that is typed

    @property
    def dirty(self) -> bool:
        """Whether an own export is typed and not kept."""
        return made(self, "own_exports") and self.own_exports.dirty

    def save(self) -> bool:
        """Keep the own export as a draft."""
        return self.own_exports.save() if made(self, "own_exports") else True

    def discard(self) -> None:
        """Put the own export back as it was."""
        if made(self, "own_exports"):
            self.own_exports.discard()

    def draft(self) -> dict[str, Any] | None:
        """What is typed of an own export."""
        return self.own_exports.draft() if made(self, "own_exports") else None

    def take_draft(self, draft: dict[str, Any]) -> None:
        self._turn_to(self.own_exports)
        self.own_exports.refresh()
        self.own_exports.take_draft(draft)

    @property
    def _is_result_shown(self) -> bool:
        return made(self, "result") and bool(self.result.shown_of)

    def _turn_to(self, tab: QWidget) -> None:
        """A tab, whatever stands in its place; what is being made waits under the first of them."""
        self.tabs.setCurrentWidget(tab)
        self.body.setCurrentWidget(self.tabs)

    def _on_tab_changed(self) -> None:
        is_making = made(self, "making") and self.making.offer is not None
        under_way = self.result if self._is_result_shown else self.making if is_making else self.tabs
        self.body.setCurrentWidget(under_way if self.tabs.currentWidget() is self.choosing else self.tabs)
        self.refresh()
        if made(self, "making") and self.view is self.making:
            self.making.focus_first()  # no longer the list that is hidden
        elif made(self, "result") and self.view is self.result:
            self.result.focus_first()

    # making

    def prepare(self, offer: ExportOffer) -> None:
        """Who would receive what of an export, and the choices."""
        with self.context.making.of(self) as pause:
            making = self.making
            pause()
            making.begin(offer)
            self.tabs.turn_silently(self.tabs.indexOf(self.choosing))
            pause()
            self.body.setCurrentWidget(making)
            self._head()
        making.focus_first()

    def _back(self) -> None:
        if made(self, "paper"):
            self.paper.clear()
        self.making.offer = None
        self._turn_to(self.choosing)
        self.choosing.refresh()
        self.choosing.table.setFocus()

    def _on_export_made(self, export_made: ExportMade) -> None:
        place = self.making.choices.place
        place.remember()
        self.making.choices.reason.clear()  # it was for this one
        with self.context.making.of(self) as pause:
            self.result.show_made(export_made, on_stick=place.on_stick)
            pause()
            self.body.setCurrentWidget(self.result)
        self.context.news.tell(Changed.of("export"))
        if self.isVisible():
            self.context.banner.dismiss()
        self.context.banner.quietly(self.result.title.text())
        words = _("{export} is made. Its password is shown under Exports, to be noted.")
        say_of_hidden(self.context, self.result.password, words.format(export=self.making.title_and_basis[0]), self._go_to_result)

    def _go_to_result(self) -> bool:
        if not self.context.go(self.name):
            return False
        self.tabs.turn_silently(self.tabs.indexOf(self.choosing))
        self.body.setCurrentWidget(self.result)
        self.result.password.secret.setFocus()
        return True

    def _on_written_again(self) -> None:
        words = _("The files are written again. Their password is shown under Exports, to be noted.")
        say_of_hidden(self.context, self.past.reread.password, words, self._go_to_written_again)

    def _go_to_written_again(self) -> bool:
        if not self.context.go(self.name):
            return False
        self._turn_to(self.past)
        self.past.reread.password.secret.setFocus()
        return True

    def _put_away(self) -> None:
        self.result.forget()
        self._back()

    def _show(self, object_id: str) -> None:
        self.choosing.refresh()
        offer = self.choosing.select(object_id)
        if offer is not None:
            self.prepare(offer)
            return
        self.past.refresh()
        if object_id == ALL_MADE or self.past.go_to(object_id):
            self._turn_to(self.past)
        else:
            self._show_pupil(object_id)

    def _show_pupil(self, pupil_id: str) -> None:
        self._turn_to(self.receiving)
        self.receiving.open(pupil_id)

    # papers

    def _print_preview(self, preview: Preview) -> None:
        self._make_paper(lambda: papers.of_preview(self.context.desk, preview))

    def _print_pupil(self, pupil: Pupil, previews: list[PupilPreview]) -> None:
        self._make_paper(lambda: papers.of_pupil(self.context.desk, pupil, previews))

    def _print_receipt(self, export_id: str) -> None:
        self._make_paper(lambda: papers.of_receipt(self.context.desk, export_id))

    def _print_sheet(self, export_id: str) -> None:
        self._make_paper(lambda: papers.of_sheet(self.context.desk, export_id))

    def _make_paper(self, work: Callable[[], papers.ExportPaper]) -> None:
        self.context.jobs.run(self, lambda _job: work(), self._show_paper, title=_("Making the paper"))

    def _show_paper(self, paper: papers.ExportPaper) -> None:
        if not isinstance(self.view, Paper):  # asked for twice, a paper comes over itself
            self._under_paper = self.body.currentWidget() or self.tabs
        with self.context.making.of(self.body):
            self.body.setCurrentWidget(self.paper)
        self.paper.show_pdf(paper.title, paper.data, on_printed=paper.on_printed, guard=paper.guard)

    def _close_paper(self) -> None:
        self.paper.clear()
        self.body.setCurrentWidget(self._under_paper)
        self.panes()[-1].setFocus()
