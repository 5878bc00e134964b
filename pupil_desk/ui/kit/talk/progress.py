"""The strip that says what the program is busy with, once that takes longer than a moment."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from pupil_desk.basics.words import _
from pupil_desk.ui.kit.flow import turn
from pupil_desk.ui.kit.jobs import Job, Jobs
from pupil_desk.ui.kit.talk.announce import announce
from pupil_desk.ui.kit.watch.making import SHOWN_AFTER
from pupil_desk.ui.kit.words import STRETCH, Elided, button, column_layout, growing, row_in, set_look
from pupil_desk.ui.style import tokens


class ProgressStrip(QFrame):
    """Title, count, bar and Cancel of the work under way. ``shown`` says that there is something to show, or nothing any more."""

    shown = Signal()

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("progress")
        self._job: Job | None = None
        self.is_shown = False
        self.words = Elided()
        self.bar = QProgressBar(textVisible=False)
        self.bar.setAccessibleName(_("Progress"))
        self.cancel = button(_("Cancel"), self._stop)
        self._told = column_layout(STRETCH, self.words, self.bar, STRETCH)
        row_in(self, tokens.M, growing(self._told), self.cancel, left=tokens.S, right=tokens.S)
        self._delay = QTimer(self, singleShot=True, interval=SHOWN_AFTER)
        self._delay.timeout.connect(self._appear)
        jobs.started.connect(self._started)
        jobs.finished.connect(self._on_finished)

    def stand_low(self, *, is_low: bool) -> None:
        """In a low window all of it stands in one line."""
        turn(self._told, is_row=is_low)
        set_look(self.cancel, "line" if is_low else "")

    def _started(self, job: Job) -> None:
        job.stepped.connect(self._stepped)
        if self._job is None:
            self._take(job)

    def _take(self, job: Job) -> None:
        self._job = job
        self.words.setText(job.title)
        self.bar.setRange(0, 0)
        self.cancel.setEnabled(True)
        self._delay.start()

    def _stepped(self, job: Job, finished: int, total: int, words: str) -> None:
        if self._job is not job:
            self._take(job)
        self.bar.setRange(0, total)
        self.bar.setValue(finished)
        count = _("{done} of {total}").format(done=f"{finished:,}", total=f"{total:,}") if total else ""
        self.words.setText(" · ".join(part for part in (words or job.title, count) if part))

    def _on_finished(self, job: Job) -> None:
        if self._job is job:
            self._job = None
            self._delay.stop()
            self._appear(False)

    def _appear(self, there: bool = True) -> None:
        if self.is_shown != there:
            self.is_shown = there
            self.shown.emit()
            if there:
                announce(self, self.words.text())

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stop()
            self.cancel.setEnabled(False)
            self.words.setText(_("Stopping…"))
