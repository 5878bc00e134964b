"""Exports: see who would receive what, make the file, and read the receipts of those made."""

from PySide6.QtWidgets import QApplication, QStackedWidget, QTabWidget, QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.services.exports.export import ExportMade
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.ask import Choice
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.heading import Heading
from pupil_desk.ui.kit.page import Page
from pupil_desk.ui.pages.exports.making import Making
from pupil_desk.ui.pages.exports.past import Past
from pupil_desk.ui.pages.exports.result import Result

_CONCERNING = frozenset({"pupil", "contact", "enrolment", "protection", "notice", "settings", "choice"})


class ExportsPage(Page):
    """Tasks: see who would receive what; take the file away on a stick; read an old receipt; check a file against it."""

    name = "exports"
    title = _("Exports")
    icon = "export"
    group = "files"
    action = Action.LIST_EXPORTS

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        text = _("What leaves the unit. Each export is judged pupil by pupil, and leaves a receipt.")
        self.heading = Heading(_("Exports"), text=text)
        self.making, self.result, self.past = Making(context), Result(), Past(context)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.making)
        self.stack.addWidget(self.result)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(self.title)
        self.tabs.tabBar().setAccessibleName(self.title)
        self.tabs.addTab(self.stack, _("Make an &export"))
        self.tabs.addTab(self.past, _("E&xports made"))
        self.column.addWidget(self.heading)
        self.column.addWidget(self.tabs, 1)
        self.making.made.connect(self._made)
        self.result.done.connect(self._done)

    def shown(self, object_id: str | None = None) -> None:
        """The exports and the preview as they are now; of an export made, its line."""
        self.refresh()
        if object_id and self.past.go_to(object_id):
            self.tabs.setCurrentWidget(self.past)
            return
        now = QApplication.focusWidget()
        if now in (None, self):
            self._begin()

    def _begin(self) -> None:
        """The cursor to where the work on the view begins."""
        making = self.tabs.currentWidget() is self.stack and self.stack.currentWidget() is self.making
        one = making and len(self.making.offers.rows) == 1  # nothing to choose between
        (self.making.reason if one else self.panes()[0]).setFocus()

    def refresh(self) -> None:
        """Look again, for sticks too."""
        if self.stack.currentWidget() is self.making:
            self.making.look_again()
        self.past.look_again()

    def heard(self, changed: Changed) -> None:
        """Something changed that may change who receives what."""
        if "export" in changed.kinds:
            self.past.look_again()
        if changed.kinds & _CONCERNING and self.isVisible():
            self.making.look()

    def panes(self) -> list[QWidget]:
        """The list of exports, the preview, the choices; or what was made."""
        if self.tabs.currentWidget() is self.past:
            return self.past.panes()
        if self.stack.currentWidget() is self.result:
            return [self.result]
        return [self.making.offers, self.making.table, self.making.reason]

    def leave(self) -> bool:
        """Ask before a password goes that is kept nowhere."""
        if not self.result.showing_password:
            return True
        text = _("The password is shown only now. Without it nobody can open the file.")
        choices = (Choice("leave", _("I have noted it"), "primary"), Choice("stay", _("Stay here")))
        if self.context.ask.choose(_("Have you noted the password?"), text, choices, safe="stay") == "stay":
            return False
        self._put_away()
        return True

    def _made(self, made: ExportMade) -> None:
        self.making.place.remember()
        self.result.show_made(made, on_stick=self.making.place.on_stick)
        self.stack.setCurrentWidget(self.result)
        self.context.news.tell(Changed.of("export"))
        self.context.banner.success(_("The export is made and was read back whole."))

    def _done(self) -> None:
        if self.leave():
            self._put_away()
            self.making.look_again()

    def _put_away(self) -> None:
        self.result.forget()
        self.making.clear()
        self.stack.setCurrentWidget(self.making)
