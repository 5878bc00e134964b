"""How far the printing is, once that takes longer than a second, with a way to stop it."""

from time import monotonic

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QProgressBar, QWidget

from pupil_desk.basics.words import _
from pupil_desk.ui.kit.jobs import Stopped
from pupil_desk.ui.kit.layout import column_in
from pupil_desk.ui.kit.talk.announce import announce
from pupil_desk.ui.kit.words import button, label
from pupil_desk.ui.style import tokens

SHOWN_AFTER = 1.0  # seconds


class Sending(QDialog):
    """Stands over the window while pages go to the printer: a printer is drawn on where the window is drawn, on one thread."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._owner = parent
        self._began = monotonic()
        self._is_stopped = False
        self.setWindowTitle(_("Printing"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.words = label("", wraps=False)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Progress"))
        self.cancel = button(_("&Stop printing"), self.reject)
        column = column_in(self, tokens.M, left=tokens.XL, top=tokens.XL, right=tokens.XL, bottom=tokens.L)
        column.addWidget(label(_("Sending to the printer"), "subhead"))
        for part in (self.words, self.bar):
            column.addWidget(part)
        column.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignRight)
        self.setMinimumWidth(tokens.FIELD)

    def step(self, number: int, total: int) -> None:
        """This page of so many is next. Raises Stopped once the person has asked to stop, or the window has been locked."""
        if not self.isVisible():
            if monotonic() - self._began < SHOWN_AFTER:
                return
            self.show()
            announce(self, _("Sending to the printer"))
        self.bar.setRange(0, total)
        self.bar.setValue(number)
        self.words.setText(_("Page {number} of {total}").format(number=f"{number:,}", total=f"{total:,}"))
        self.let_in()
        if not shiboken6.isValid(self) or not shiboken6.isValid(self._owner) or not self._owner.isVisible() or self._is_stopped:
            raise Stopped

    def let_in(self) -> None:
        """Let the screen be painted, and the person stop it."""
        QApplication.processEvents()

    def reject(self) -> None:
        """Esc, closing, and the button: stop at the next page."""
        self._is_stopped = True
        self.cancel.setEnabled(False)
        self.words.setText(_("Stopping…"))
