"""The last card of Home: how many lines there are to check in the records, looked for once the page itself is drawn."""

from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame

from pupil_desk.basics.words import _
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.jobs import Job
from pupil_desk.ui.kit.linkline import LinkLine
from pupil_desk.ui.kit.watch.presses import once_calm
from pupil_desk.ui.kit.words import column_in
from pupil_desk.ui.style import tokens


class ToCheck(QFrame):
    """Hidden until something is found. ``summary_changed`` comes when it is, or is no more."""

    summary_changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._context = context
        self.line: LinkLine | None = None
        self._looking = self._repeat = False
        self._looked_on: date | None = None  # the day of what is shown; None once something has changed
        self._column = column_in(self, left=tokens.L, top=tokens.M, right=tokens.L, bottom=tokens.M)
        self._soon = QTimer(self, singleShot=True)  # once the page itself has been drawn
        self._soon.timeout.connect(self._look)
        self._words = ""
        self.hide()

    def refresh(self, *, changed: bool = False) -> None:
        """Look through the records as soon as the page is drawn, if anything was changed since, or another day has come."""
        if changed:
            self._looked_on = None
        if self._looked_on != self._context.desk.today:
            self._soon.start(0)

    def _look(self) -> None:
        page = self.parentWidget()
        if page is None or not page.isVisible():
            return
        if self._looking:
            self._repeat = True
            return
        self._looking, desk = True, self._context.desk
        self._looked_on = desk.today

        def work(job: Job) -> str:
            from pupil_desk.services.quality.looking import findings, summary

            return summary(findings(desk, job.step))

        self._context.jobs.run(self, work, self._tell, title=_("Checking the records"), after=self._on_looked)

    def _tell(self, words: str) -> None:
        """Say it; where somebody pressed just now, once that is over: it may take room from what stands anywhere on Home."""
        self._words = words
        once_calm(self, self._show)

    def _show(self) -> None:
        words = self._words
        if words and self.line is not None:
            self.line.say(words, "check")
        elif self.line is not None:
            self._column.removeWidget(self.line)
            self.line.hide()
            self.line.deleteLater()
            self.line = None
        elif words:
            self.line = LinkLine(words, lambda: self._context.go("quality", None), "check")
            self._column.addWidget(self.line)
        self.setVisible(bool(words))
        self.summary_changed.emit()

    def _on_looked(self) -> None:
        self._looking = False
        if self._repeat:
            self._repeat = False
            self.refresh(changed=True)
